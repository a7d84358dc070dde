"""How form controls are written: the common ones in Python, the rest by Django's templates.

A form of forty fields is forty templates, each of which includes two more: half of the time of such a page.
The HTML is that of Django's templates, character for character (``tests/wiring/test_widgets.py``).
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Widget = Mapping[str, Any]
FOLDER = "django/forms/widgets/"
OF_INPUT = "text number email url search tel color password hidden date datetime time input checkbox"


def attributes(attrs: Mapping[str, object]) -> str:
    """`` name="value"`` of each; of what is True the name alone, of what is False nothing."""
    return "".join(
        f" {conditional_escape(name)}" if value is True else f' {conditional_escape(name)}="{_text(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def an_input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    kind, name = conditional_escape(widget["type"]), conditional_escape(widget["name"])
    return f'<input type="{kind}" name="{name}"{value}{attributes(widget["attrs"])}>'


def a_textarea(widget: Widget) -> str:
    value = conditional_escape(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{conditional_escape(widget["name"])}"{attributes(widget["attrs"])}>\n{value}</textarea>'


def a_select(widget: Widget) -> str:
    parts = [f'<select name="{conditional_escape(widget["name"])}"{attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'\n  <optgroup label="{conditional_escape(group)}">')
        parts += [f"\n  {an_option(option)}" for option in options]
        if group:
            parts.append("\n  </optgroup>")
    return "".join([*parts, "\n</select>"])


def an_option(option: Widget) -> str:
    value, words = _text(option["value"]), conditional_escape(option["label"])
    return f'<option value="{value}"{attributes(option["attrs"])}>{words}</option>\n'


def _text(value: object) -> str:
    """Of numbers as they are in Python: a control's value is not for reading."""
    return conditional_escape(value if isinstance(value, str) else str(value))


WRITTEN: dict[str, Callable[[Widget], str]] = {
    **{f"{FOLDER}{kind}.html": an_input for kind in OF_INPUT.split()},
    f"{FOLDER}textarea.html": a_textarea,
    f"{FOLDER}select.html": a_select,
}


class Renderer(TemplatesSetting):
    """Writes the common controls itself; everything else of a form is a template of the project or of Django."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        write = WRITTEN.get(template_name)
        if write is not None:
            return mark_safe(write(context["widget"]))
        return mark_safe(super().render(template_name, context, request))

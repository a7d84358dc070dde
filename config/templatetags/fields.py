"""One field of a form with its label, errors and help: the HTML of crispy's Bootstrap pack, made in Python.

``templates/bootstrap5/field.html`` calls it, so every form of the product is written by it: as a template a field
asks some eighty questions of its context, and a page has up to fifty fields.
"""

from typing import Any

from crispy_forms.templatetags.crispy_forms_field import CrispyFieldNode
from django import forms, template
from django.forms.boundfield import BoundField
from django.template import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

STAR = mark_safe('<span class="asteriskField">*</span>')
SEVERAL = (forms.CheckboxSelectMultiple, forms.RadioSelect)


@register.simple_tag(takes_context=True)
def form_field(context: Context) -> SafeString:
    """``{% form_field %}``: the context's ``field``, as ``wrapper_class`` and ``form_show_labels`` say."""
    field: BoundField = context["field"]
    if field.is_hidden:
        return mark_safe(str(field))
    widget = field.field.widget
    is_box = isinstance(widget, forms.CheckboxInput)
    labelled = context.get("form_show_labels")
    tag = context.get("tag") or "div"
    classes = ["form-check" if is_box and labelled else "mb-3", context.get("wrapper_class"), field.css_classes()]
    written = _labelled_box(context, field) if is_box and labelled else _labelled(context, field, labelled)
    inside = format_html(
        '<{0} id="div_{1}" class="{2}">{3}</{0}>',
        mark_safe(tag),
        field.auto_id,
        " ".join(str(one) for one in classes if one),
        written,
    )
    return format_html('<div class="mb-3">{}</div>', inside) if is_box and tag != "td" else inside


def _labelled_box(context: Context, field: BoundField) -> SafeString:
    """A single box: its words stand behind it."""
    label = format_html(
        '<label for="{}" class="form-check-label{}">{}{}</label>',
        field.id_for_label,
        " requiredField" if field.field.required else "",
        field.label,
        STAR if field.field.required else "",
    )
    return mark_safe(_control(context, field, "form-check-input") + label + _errors_and_help(context, field))


def _labelled(context: Context, field: BoundField, labelled: Any) -> SafeString:
    before, after = "", ""
    if field.label and labelled and not isinstance(field.field.widget, forms.CheckboxInput):
        before, after = _label(field)
    if isinstance(field.field.widget, SEVERAL):
        return mark_safe(before + _of_pack(context, "radio_checkbox_select") + after)
    if isinstance(field.field.widget, forms.FileInput):
        return mark_safe(before + _of_pack(context, "field_file") + after)
    control = _control(context, field, _kind(field))
    return mark_safe(before + control + _errors_and_help(context, field) + after)


def _label(field: BoundField) -> tuple[str, str]:
    """What stands before a control, and what is closed after it: a group of controls is a fieldset with a legend."""
    tag = "legend" if field.use_fieldset else "label"
    points_at = format_html(' for="{}"', field.id_for_label) if field.id_for_label else ""
    required = field.field.required
    label = format_html(
        '<{0}{1} class="form-label{2}{3}">{4}{5}</{0}>',
        mark_safe(tag),
        points_at,
        " requiredField" if required else "",
        " fs-6" if field.use_fieldset else "",
        field.label,
        STAR if required else "",
    )
    if not field.use_fieldset:
        return label, ""
    described = field.aria_describedby
    about = format_html(' aria-describedby="{}"', described) if described else ""
    return f"<fieldset{about}>{label}", "</fieldset>"


def _kind(field: BoundField) -> str:
    if isinstance(field.field.widget, forms.Select):
        return "form-select"
    return "form-check-input" if isinstance(field.field.widget, forms.CheckboxInput) else "form-control"


CONTROLS = {
    css: CrispyFieldNode("field", {"'class'": f"'{css}'"})
    for kind in ("form-select", "form-check-input", "form-control")
    for css in (kind, f"{kind} is-invalid")
}


def _control(context: Context, field: BoundField, css: str) -> str:
    return str(CONTROLS[f"{css} is-invalid" if field.errors else css].render(context))


def _errors_and_help(context: Context, field: BoundField) -> str:
    if context.get("help_text_inline"):
        return _of_pack(context, "help_text_and_errors")
    parts: list[str] = []
    inline = context.get("error_text_inline")
    if context.get("form_show_errors") and field.errors:
        one = mark_safe("span" if inline else "p")
        said = ((one, number, field.auto_id, error) for number, error in enumerate(field.errors, 1))
        parts.append(
            format_html(
                '<div id="{}_error" class="invalid-feedback">{}</div>',
                field.errors.field_id,  # type: ignore[attr-defined]
                format_html_join("", '<{0} id="error_{1}_{2}"><strong>{3}</strong></{0}>', said),
            )
        )
    if field.help_text:
        # Help may hold links: as in Django's own forms it is the programmer's text.
        named = f'id="{conditional_escape(field.auto_id)}_helptext" ' if field.auto_id else ""
        parts.append(f'<div {named}class="form-text">{field.help_text}</div>')
    return "".join(parts)


def _of_pack(context: Context, name: str) -> str:
    """What crispy's own template makes of it: for rarer controls."""
    assert context.template is not None
    return context.template.engine.get_template(f"bootstrap5/layout/{name}.html").render(context)

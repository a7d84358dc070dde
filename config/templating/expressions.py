"""Variables and constants with their filters, as every tag asks for them."""

from collections.abc import Callable
from typing import Any

from django.template import Context
from django.template.base import FilterExpression, Parser, Variable
from django.utils.functional import Promise
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]
from django.utils.translation import get_language

ABSENT: Any = object()
FAILED: Any = object()


class Expression(FilterExpression):
    """A variable or constant with its filters. ``names``: of a plain variable, what is asked one after another."""

    __slots__ = ("names", "said", "steps")

    def __init__(self, token: str, parser: Parser) -> None:
        super().__init__(token, parser)
        self.names = self.var.lookups if isinstance(self.var, Variable) and not self.var.translate else None
        # The words of a bare _("…"), by language.
        self.said: dict[str | None, str] | None = {} if isinstance(self.var, Promise) and not self.filters else None
        self.steps: list[tuple[Callable[..., Any], list[tuple[bool, Any]], bool, bool, bool]] = [
            (
                func,
                [(lookup, arg if lookup else SafeString(arg)) for lookup, arg in args],
                getattr(func, "expects_localtime", False),
                getattr(func, "needs_autoescape", False),
                getattr(func, "is_safe", False),
            )
            for func, args in self.filters
        ]

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        if self.names is not None:
            value = looked_up(context, self.names)
            if value is ABSENT and ignore_failures:
                value = None
            elif value is ABSENT or value is FAILED:
                return super().resolve(context, ignore_failures)
        elif self.said is not None:
            return in_language(self.said, self.var)
        elif self.is_var or not self.steps:
            return super().resolve(context, ignore_failures)
        else:
            value = self.var
        return self.filtered(value, context) if self.steps else value

    def filtered(self, value: Any, context: Context) -> Any:
        for func, args, expects_localtime, needs_autoescape, is_safe in self.steps:
            given = [arg.resolve(context) if lookup else arg for lookup, arg in args]
            if expects_localtime:
                value = template_localtime(value, context.use_tz)
            made = func(value, *given, autoescape=context.autoescape) if needs_autoescape else func(value, *given)
            value = mark_safe(made) if is_safe and isinstance(value, SafeData) else made
        return value


def looked_up(context: Context, names: tuple[str, ...]) -> Any:
    """The value behind ``names``: keys come before attributes, attributes before places in a list, and what can be
    called is called. ABSENT where the context has no such name; FAILED where Django has to say what is to be done.
    """
    first = names[0]
    try:
        for layer in reversed(context.dicts):
            if first in layer:
                value = layer[first]
                break
        else:
            return ABSENT
        if callable(value):
            value = called(value)
        for name in names[1:]:
            value = part(value, name) if hasattr(type(value), "__getitem__") else getattr(value, name)
            if callable(value):
                value = called(value)
    except Exception:
        # Whatever it is, Django meets it again, and silences or raises it as always.
        return FAILED
    return value


def part(value: Any, name: str) -> Any:
    try:
        return value[name]
    except (TypeError, AttributeError, KeyError, ValueError, IndexError):
        try:
            return getattr(value, name)
        except (TypeError, AttributeError):
            return value[int(name)]


def called(value: Any) -> Any:
    if getattr(value, "do_not_call_in_templates", False):
        return value
    if getattr(value, "alters_data", False):
        raise TypeError("a template must not call it")
    return value()


def in_language(said: dict[str | None, str], words: object) -> str:
    """``words`` in the active language, which ``said`` keeps."""
    language = get_language()
    known = said.get(language)
    if known is None:
        known = said[language] = str(words)
    return known

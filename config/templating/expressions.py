"""Variables and constants with their filters, as every tag asks for them."""

import logging
from collections.abc import Callable
from inspect import signature
from typing import Any

from django.template import Context
from django.template.base import FilterExpression, Parser, Variable, VariableDoesNotExist
from django.template.context import BaseContext
from django.utils.functional import Promise
from django.utils.safestring import SafeData, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]
from django.utils.translation import get_language

ABSENT: Any = object()
MISSING = (TypeError, AttributeError, KeyError, ValueError, IndexError)
log = logging.getLogger("django.template")


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
                # mark_safe and no SafeString: words of a _("…") stay lazy, in the language of whoever reads the page.
                [(lookup, arg if lookup else mark_safe(arg)) for lookup, arg in args],
                getattr(func, "expects_localtime", False),
                getattr(func, "needs_autoescape", False),
                getattr(func, "is_safe", False),
            )
            for func, args in self.filters
        ]

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        if self.names is not None:
            try:
                value = looked_up(context, self.names)
            except VariableDoesNotExist:
                value = ABSENT
            if value is ABSENT:
                if ignore_failures:
                    value = None
                elif invalid := invalid_in(context):
                    return invalid % self.var if "%s" in invalid else invalid
                else:
                    value = ""
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
    called is called. ABSENT where the context has no such name. As in Django nothing is asked or called twice: what
    fails half-way, a block of a page or a question to the database, may say something else the second time.
    """
    name = names[0]
    for layer in reversed(context.dicts):
        if name in layer:
            value = layer[name]
            break
    else:
        return ABSENT
    try:
        if callable(value):
            value = called(value, context)
        for name in names[1:]:
            value = part(value, name) if hasattr(type(value), "__getitem__") else attribute(value, name)
            if callable(value):
                value = called(value, context)
    except Exception as error:
        template = getattr(context, "template_name", None) or "unknown"
        log.debug("Exception while resolving variable '%s' in template '%s'.", name, template, exc_info=True)
        if getattr(error, "silent_variable_failure", False):
            return invalid_in(context)
        raise
    return value


def part(value: Any, name: str) -> Any:
    try:
        return value[name]
    except MISSING:
        return place(value, name) if isinstance(value, BaseContext) else attribute(value, name)


def attribute(value: Any, name: str) -> Any:
    try:
        return getattr(value, name)
    except (TypeError, AttributeError):
        if name in dir(value):
            raise  # It is there, and failed inside.
        return place(value, name)


def place(value: Any, name: str) -> Any:
    try:
        return value[int(name)]
    except (IndexError, ValueError, KeyError, TypeError):
        raise VariableDoesNotExist("Failed lookup for key [%s] in %r", (name, value)) from None


def called(value: Any, context: Context) -> Any:
    if getattr(value, "do_not_call_in_templates", False):
        return value
    if getattr(value, "alters_data", False):
        return invalid_in(context)
    try:
        return value()
    except TypeError:
        try:
            asks = signature(value)
        except ValueError:
            return invalid_in(context)
        try:
            asks.bind()
        except TypeError:
            return invalid_in(context)  # It takes arguments, and a template has none to give.
        raise


def invalid_in(context: Context) -> str:
    return context.template.engine.string_if_invalid  # type: ignore[union-attr]


def in_language(said: dict[str | None, str], words: object) -> str:
    """``words`` in the active language, which ``said`` keeps."""
    language = get_language()
    known = said.get(language)
    if known is None:
        known = said[language] = str(words)
    return known

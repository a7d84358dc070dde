"""Templates that are read once into quicker nodes: the same language, the same output, half the time.

A page asks its context for hundreds of names and the catalogue for hundreds of words. Django's nodes decide anew each
time what kind of thing they have before them; these decide when the template is read, keep translated words by
language, and leave every rarer case to Django's own code. ``tests/wiring/test_templating.py`` compares the two.
"""

from collections.abc import Callable
from functools import cached_property, lru_cache
from html import escape
from typing import Any

from django.core.files.storage import Storage, storages
from django.template import Context, Template, TemplateDoesNotExist
from django.template.base import (
    DebugLexer,
    FilterExpression,
    Lexer,
    Node,
    NodeList,
    Parser,
    Token,
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import IfNode
from django.template.library import SimpleNode
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode, ExtendsNode
from django.template.loaders import cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]
from django.utils.translation import get_language

ABSENT: Any = object()
FAILED: Any = object()


class Loader(cached.Loader):
    """Django's cached loader, whose templates are of the class below."""

    def get_template(self, template_name: str, skip: list[Any] | None = None) -> Any:
        key = self.cache_key(template_name, skip)
        known = self.get_template_cache.get(key)
        if isinstance(known, Template):
            return known
        for origin in self.get_template_sources(template_name):
            if skip is None or origin not in skip:
                try:
                    contents = self.get_contents(origin)
                except TemplateDoesNotExist:
                    continue
                made = QuickTemplate(contents, origin, str(origin.template_name), self.engine)
                self.get_template_cache[key] = made
                return made
        return super().get_template(template_name, skip)  # It says where it looked.


class QuickTemplate(Template):
    @cached_property
    def own_blocks(self) -> dict[str, BlockNode]:
        """Of a template that extends no other: its blocks by name. Of one that does, none: they wait in its tag."""
        if any(isinstance(node, ExtendsNode) for node in self.nodelist):
            return {}
        blocks: list[BlockNode] = self.nodelist.get_nodes_by_type(BlockNode)  # type: ignore[assignment]
        return {block.name: block for block in blocks}

    def compile_nodelist(self) -> NodeList:
        lexer = DebugLexer(self.source) if self.engine.debug else Lexer(self.source)
        libraries, builtins = self.engine.template_libraries, self.engine.template_builtins
        parser = QuickParser(lexer.tokenize(), libraries, builtins, self.origin)
        try:
            nodelist = parser.parse()
        except Exception as error:
            if self.engine.debug:
                error.template_debug = self.get_exception_info(error, error.token)  # type: ignore[attr-defined]
            raise
        self.extra_data = parser.extra_data
        return nodelist


class QuickParser(Parser):
    """Hands out quick expressions to every tag, and puts quick nodes where it knows them."""

    def compile_filter(self, token: str) -> FilterExpression:
        return Expression(token, self)

    def extend_nodelist(self, nodelist: NodeList, node: Node, token: Token) -> None:
        quick = QUICK.get(type(node))
        super().extend_nodelist(nodelist, quick(node) if quick else node, token)


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


class QuickVariable(VariableNode):
    """{{ name }}: text and small numbers are most of what is written."""

    def __init__(self, node: VariableNode) -> None:
        super().__init__(node.filter_expression)

    def render(self, context: Context) -> str:
        try:
            value = self.filter_expression.resolve(context)
        except UnicodeDecodeError:
            return ""  # as Django does
        kind = type(value)
        if kind is SafeString:
            return value
        if kind is str:
            return escape(value) if context.autoescape else value
        if kind is int and -1000 < value < 1000:
            return str(value)  # the same in every language: no separator of thousands
        return render_value_in_context(value, context)


class QuickTag(SimpleNode):
    """A tag that is a function."""

    def __init__(self, node: SimpleNode) -> None:
        super().__init__(node.func, node.takes_context, node.args, node.kwargs, node.target_var)

    def render(self, context: Context) -> str:
        given = [one.resolve(context) for one in self.args]
        named = {name: one.resolve(context) for name, one in self.kwargs.items()} if self.kwargs else self.kwargs
        made = self.func(context, *given, **named) if self.takes_context else self.func(*given, **named)
        if self.target_var is not None:
            context[self.target_var] = made
            return ""
        return made if type(made) is SafeString or not context.autoescape else conditional_escape(made)


class QuickWords(Node):
    """{% translate "…" %} of a constant: its words are looked up once for each language."""

    child_nodelists = ()

    def __init__(self, node: TranslateNode) -> None:
        self.asvar, self.said = node.asvar, {}  # type: ignore[var-annotated]
        self.node = TranslateNode(node.filter_expression, node.noop, None, node.message_context)

    def render(self, context: Context) -> str:
        language = get_language()
        words = self.said.get(language)
        if words is None:
            words = self.said[language] = self.node.render(context)
        if self.asvar:
            context[self.asvar] = words
            return ""
        return words


def words_or_variable(node: TranslateNode) -> Node:
    expression, about = node.filter_expression, node.message_context
    if expression.var.lookups is None and not expression.filters and (about is None or not about.is_var):
        return QuickWords(node)
    assert isinstance(expression, Expression)
    expression.names = None  # Django marks the variable as one to be translated, and has to resolve it.
    return node


class QuickSentence(BlockTranslateNode):
    """{% blocktranslate %}: the message is put together when the template is read."""

    def __init__(self, node: BlockTranslateNode) -> None:
        self.__dict__.update(node.__dict__)
        put_together = super().render_token_list
        self.messages = {id(tokens): put_together(tokens) for tokens in (self.singular, self.plural) if tokens}

    def render_token_list(self, tokens: list[Token]) -> tuple[str, list[str]]:
        message, names = self.messages[id(tokens)]
        return message, [*names]


class QuickStatic(StaticNode):
    """{% static "…" %}: an address is made once for each storage and prefix."""

    def __init__(self, node: StaticNode) -> None:
        super().__init__(node.varname, node.path)

    @classmethod
    def handle_simple(cls, path: str) -> str:
        return address_of(path, storages["staticfiles"], get_script_prefix())


@lru_cache(maxsize=512)
def address_of(path: str, storage: Storage, prefix: str) -> str:
    return storage.url(path)


class QuickIf(IfNode):
    """{% if %}: a branch that is plain text is known already."""

    def __init__(self, node: IfNode) -> None:
        super().__init__(node.conditions_nodelists)
        self.branches: list[tuple[Any, NodeList, str | None]] = [
            (condition and condition.eval, nodelist, None if nodelist.contains_nontext else nodelist.render(Context()))
            for condition, nodelist in node.conditions_nodelists
        ]

    def render(self, context: Context) -> str:
        for holds, nodelist, text in self.branches:
            try:
                chosen = holds is None or holds(context)
            except VariableDoesNotExist:
                chosen = False
            if chosen:
                return nodelist.render(context) if text is None else text
        return ""


class QuickExtends(ExtendsNode):
    """{% extends %}: the blocks of the outermost template are looked for once, not for every page."""

    def __init__(self, node: ExtendsNode) -> None:
        self.__dict__.update(node.__dict__)

    def render(self, context: Context) -> str:
        parent = self.get_parent(context)
        if not isinstance(parent, QuickTemplate):
            return super().render(context)
        blocks: Any = context.render_context.setdefault(BLOCK_CONTEXT_KEY, BlockContext())  # type: ignore[arg-type]
        blocks.add_blocks(self.blocks)
        blocks.add_blocks(parent.own_blocks)
        with context.render_context.push_state(parent, isolated_context=False):
            return parent._render(context)  # type: ignore[attr-defined]


QUICK: dict[type[Node], Callable[[Any], Node]] = {
    VariableNode: QuickVariable,
    IfNode: QuickIf,
    ExtendsNode: QuickExtends,
    SimpleNode: QuickTag,
    TranslateNode: words_or_variable,
    BlockTranslateNode: QuickSentence,
    StaticNode: QuickStatic,
}

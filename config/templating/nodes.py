"""Nodes that know when a template is read what Django's find out whenever a page is made."""

from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import Any

from django.core.files.storage import Storage, storages
from django.template import Context
from django.template.base import (
    Node,
    NodeList,
    Token,
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import IfNode
from django.template.library import SimpleNode
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, ExtendsNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from config.templating.expressions import Expression


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
    if not isinstance(expression.var, Variable):
        return node  # {% translate _("…") %}: lazy words already
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
        self.messages = {id(tokens): put_together(tokens) for tokens in (self.singular, self.plural)}

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
        own_blocks = getattr(parent, "own_blocks", None)
        if own_blocks is None:
            return super().render(context)
        blocks: Any = context.render_context.setdefault(BLOCK_CONTEXT_KEY, BlockContext())  # type: ignore[arg-type]
        blocks.add_blocks(self.blocks)
        blocks.add_blocks(own_blocks)
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

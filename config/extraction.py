"""Finding the strings to translate in Python sources and Django templates."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.template.base import Lexer, TokenType
from django.utils.translation import trim_whitespace
from django.utils.translation.template import (
    block_re,
    constant_re,
    endblock_re,
    inline_re,
    plural_re,
)

# What each argument of a function is, in order.
FUNCTIONS: dict[str, tuple[str, ...]] = {
    "_": ("msgid",),
    "gettext": ("msgid",),
    "gettext_noop": ("msgid",),
    "ngettext": ("msgid", "plural"),
    "pgettext": ("context", "msgid"),
    "npgettext": ("context", "msgid", "plural"),
}


@dataclass(frozen=True)
class Message:
    """One string of the sources. ``context`` and ``plural`` are empty where there is none."""

    msgid: str
    plural: str = ""
    context: str = ""
    files: tuple[str, ...] = ()

    def at(self, files: list[str]) -> "Message":
        """The same message, found in these files."""
        return replace(self, files=tuple(files))


def messages_of(text: str, name: str) -> Iterator[Message]:
    """The messages of one file, told apart by its name; raises ValueError for what cannot be translated."""
    if name.endswith(".py"):
        yield from _of_python(text, name)
    else:
        yield from _of_template(text, name)


def _of_python(text: str, name: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text, name)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        parts = FUNCTIONS.get(called.removesuffix("_lazy"))
        if not parts or not node.args or (called == "_" and isinstance(node.func, ast.Attribute)):
            continue
        values: dict[str, str] = {}
        for part, argument in zip(parts, node.args, strict=False):
            if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                if isinstance(argument, ast.Name | ast.Attribute):  # a wrapper passes on what it was given
                    break
                raise ValueError(f"{name}:{node.lineno}: only a plain string can be translated")
            values[part] = argument.value
        else:
            if values.get("msgid"):
                yield Message(values["msgid"], values.get("plural", ""), values.get("context", ""))


def _of_template(text: str, name: str) -> Iterator[Message]:
    """As Django's own tags look the strings up: percent signs doubled, variables as %(name)s."""
    block: list[str] | None = None
    singular: list[str] = []
    context, trimmed, in_comment = "", False, False
    for token in Lexer(text).tokenize():
        contents = token.contents
        is_block = token.token_type == TokenType.BLOCK
        if in_comment:
            in_comment = not (is_block and contents == "endcomment")
        elif block is not None:
            if is_block and endblock_re.match(contents):
                first, last = "".join(singular or block), "".join(block)
                if trimmed:
                    first, last = trim_whitespace(first), trim_whitespace(last)
                yield Message(first, plural=last if singular else "", context=context)
                block, singular = None, []
            elif is_block and plural_re.match(contents):
                singular, block = block, []
            elif is_block:
                raise ValueError(f"{name}:{token.lineno}: {{% {contents} %}} inside a blocktranslate")
            elif token.token_type == TokenType.VAR:
                block.append(f"%({contents})s")
            elif token.token_type == TokenType.TEXT:
                block.append(contents.replace("%", "%%"))
        elif is_block and contents.split(" ")[0] == "comment":
            in_comment = True
        elif is_block and (found := block_re.match(contents)):
            block, context = [], _unquoted(found[2] or "")
            trimmed = " trimmed" in contents
        elif token.token_type in (TokenType.BLOCK, TokenType.VAR):
            if is_block and (found := inline_re.match(contents)):
                yield Message(_unquoted(found[1]), context=_unquoted(found[3] or ""))
            for constant in constant_re.finditer(contents):
                yield Message(_unquoted(constant[1]))


def _unquoted(literal: str) -> str:
    return literal[1:-1].replace("%", "%%")

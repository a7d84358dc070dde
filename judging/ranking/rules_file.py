"""A regulation's document as a TOML file. Pure."""

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from judging.ranking.rule_values import BadRules, short

MOST_BYTES = 1 << 20


def load(path: Path) -> dict[str, Any]:
    """The document, decimals exact. Raises ``BadRules`` for a file that cannot be read."""
    name = short(path.name)
    try:
        content = path.read_bytes()
        if len(content) > MOST_BYTES:
            raise BadRules(f"{name}: larger than {MOST_BYTES >> 20} MB")
        return tomllib.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        raise BadRules(f"{short(str(path))}: {error.strerror or 'cannot be read'}") from error
    except UnicodeDecodeError as error:
        raise BadRules(f"{name}: not a text in UTF-8") from error
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise BadRules(f"{name}: not a TOML file: {error}") from error


def dump(document: Mapping[str, Any]) -> str:
    """The document as TOML: decimals may be texts, nothing is left out but what is None."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    for key, value in document.items():
        if isinstance(value, Mapping):
            yield from ("", f"[{key}]")
            yield from _pairs(value)
        else:
            for table in value:
                yield from ("", f"[[{key}]]")
                yield from _pairs(table)


def _pairs(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if value is not None:
            yield f"{key} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(str(key))} = {_value(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(map(_value, value)) + "]"


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04X}" for c in escaped) + '"'

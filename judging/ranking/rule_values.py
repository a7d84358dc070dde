"""Values of a file of rules, read strictly: an unknown word or a wrong value is refused, and named. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

MOST_DIGITS = 20
MOST_PLACES = 10_000


class BadRules(ValueError):
    """Rules that make no sense; the message is one line and names the place."""


class Table:
    """One table of the file. ``where`` names it in messages: «criteria, number 2»."""

    def __init__(self, data: Any, where: str, known: Iterable[str]) -> None:
        if not isinstance(data, Mapping):
            raise BadRules(f"{where}: a table is expected")
        known = dict.fromkeys(known)
        for key in data:
            if key not in known:
                raise BadRules(f"{where}: unknown word {short(key)}; known are {', '.join(known)}")
        self.data, self.where = data, where

    def __contains__(self, key: str) -> bool:
        return self.data.get(key) is not None

    def refuse(self, key: str, why: str) -> BadRules:
        return BadRules(f"{self.where}: {key} {why}")

    def text(self, key: str, default: str = "") -> str:
        value = self.data.get(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal) or not str(value).strip():
            raise self.refuse(key, f"is a text, not {short(value)}")
        return str(value).strip()

    def number(self, key: str, *, least: str = "0", most: str | None = None, above: bool = False) -> Decimal | None:
        """A decimal number, or its text. ``above``: ``least`` itself is too little."""
        value = self.data.get(key)
        if value is None:
            return None
        try:
            number = Decimal(value) if isinstance(value, str | int | Decimal) else None
        except InvalidOperation:
            number = None
        if number is None or isinstance(value, bool) or not number.is_finite() or len(str(value)) > MOST_DIGITS:
            raise self.refuse(key, f"is a number, not {short(value)}")
        if number < Decimal(least) or (above and number == Decimal(least)):
            raise self.refuse(key, f"is {'above' if above else 'at least'} {least}, not {short(value)}")
        if most is not None and number > Decimal(most):
            raise self.refuse(key, f"is at most {most}, not {short(value)}")
        return number

    def whole(self, key: str, default: int | None = None, *, least: int = 0, most: int = 1_000_000) -> int | None:
        value = self.number(key, least=str(least), most=str(most))
        if value is None:
            return default
        if value != value.to_integral_value():
            raise self.refuse(key, f"is a whole number, not {short(value)}")
        return int(value)

    def yes(self, key: str, default: bool) -> bool:
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            raise self.refuse(key, f"is true or false, not {short(value)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key)
        if value is None:
            return ()
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self.refuse(key, f"is a list, not {short(value)}")
        if any(isinstance(item, bool) or not isinstance(item, str | int) for item in value):
            raise self.refuse(key, "is a list of texts")
        found = tuple(str(item).strip() for item in value)
        if len(set(found)) < len(found):
            raise self.refuse(key, "names something twice")
        return found

    def places(self, key: str) -> tuple[int, int] | None:
        """``1`` or ``[2, 3]``, first and last."""
        value = self.data.get(key)
        if value is None:
            return None
        both = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else [value, value]
        if len(both) != 2 or any(type(one) is not int or one < 1 for one in both) or both[0] > both[1]:
            raise self.refuse(key, f"is a place or the first and the last, as [2, 3], not {short(value)}")
        if both[1] > MOST_PLACES:
            raise self.refuse(key, f"go up to {MOST_PLACES}, not {short(value)}")
        return both[0], both[1]

    def tables(self, key: str, known: Iterable[str]) -> list["Table"]:
        value = self.data.get(key, [])
        if isinstance(value, str | Mapping) or not isinstance(value, Sequence):
            raise self.refuse(key, "is a list of tables, each under [[" + key + "]]")
        return [Table(item, f"{key}, number {number}", known) for number, item in enumerate(value, start=1)]

    def table(self, key: str, known: Iterable[str]) -> "Table":
        return Table(self.data.get(key, {}), key, known)


def short(value: Any) -> str:
    """A foreign value for a message: short, without control characters."""
    return "".join(character for character in str(value)[:60] if character.isprintable())

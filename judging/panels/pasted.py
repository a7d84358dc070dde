"""People pasted as lines, from a table or a letter: «Иванова Анна Петровна anna@example.org». Pure."""

import re
from dataclasses import dataclass

MOST = 200

_ADDRESS = re.compile(r"[^\s<>,;\"()]+@[^\s<>,;\"()]+\.[^\s<>,;\"()]+")
_SEPARATORS = re.compile(r"[\s,;<>\"()]+")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to invite. ``email`` is in lower case; ``patronymic`` may be empty."""

    surname: str
    given_name: str
    patronymic: str
    email: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """A line that does not name a person: its number from 1, its text, and ``no_address``, ``no_name`` or ``twice``."""

    number: int
    line: str
    reason: str


def people(text: str) -> tuple[list[Person], list[Unclear]]:
    """Who the lines name, and which lines are unclear. Blank lines do not count.

    Each line holds surname, given name, patronymic (may be missing) and e-mail, apart by spaces, tabs, commas
    or semicolons; the address may stand anywhere. Further words belong to the patronymic («Али оглы»).
    """
    found: list[Person] = []
    unclear: list[Unclear] = []
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        address = _ADDRESS.search(line)
        if address is None:
            unclear.append(Unclear(number, line.strip(), "no_address"))
            continue
        email = address.group().strip(".").lower()
        rest = line[: address.start()] + " " + line[address.end() :]
        words = [word for word in _SEPARATORS.split(rest) if word]
        if len(words) < 2:
            unclear.append(Unclear(number, line.strip(), "no_name"))
        elif email in seen:
            unclear.append(Unclear(number, line.strip(), "twice"))
        else:
            seen.add(email)
            found.append(Person(words[0][:100], words[1][:100], " ".join(words[2:])[:100], email))
    return found, unclear

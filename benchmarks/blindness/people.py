"""Other private people in paragraphs with slots, and what must stay beside them."""

from __future__ import annotations

import random
import re

from benchmarks.blindness import names
from benchmarks.blindness.score import NOBODY, Score, covered, hide

_SLOT = re.compile(r"<(\w) (\w+) ([gpsi]+)>")


def filled(source: random.Random, template: str) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """(text, places of people, places that must stay)."""
    people: dict[str, names.Name] = {}
    text, marked, stays = "", [], []
    position = 0
    for match in re.finditer(rf"{_SLOT.pattern}|\{{([^}}]+)\}}", template):
        text += template[position : match.start()]
        position = match.end()
        start = len(text)
        if match[4]:
            text += match[4]
            stays.append((start, len(text)))
            continue
        name = people.setdefault(match[1], names.fresh(source))
        inflect = source.choice((names.by_tables, names.by_dictionary))
        form = names.forms(name, inflect)[names.CASES.index(match[2])]
        parts = {
            "g": form.given,
            "p": form.patronymic,
            "s": form.surname,
            "i": f"{name.given[0]}. {name.patronymic[0]}.",
        }
        text += " ".join(parts[letter] for letter in match[3])
        marked.append((start, len(text)))
    return text + template[position:], marked, stays


def people(source: random.Random, source_text: str, rounds: int, joined: int) -> tuple[Score, float, Score]:
    """(full-entity recall, token precision, what stayed) over documents of `joined` paragraphs."""
    templates = source_text.strip().split("\n")
    recall, stay = Score(), Score()
    right = wrong = 0
    for _ in range(rounds):
        source.shuffle(templates)
        for first in range(0, len(templates), joined):
            text, marked, stays = "", [], []
            for template in templates[first : first + joined]:
                piece, places, kept = filled(source, template)
                offset = len(text)
                text += piece + "\n"
                marked += [(a + offset, b + offset) for a, b in places]
                stays += [(a + offset, b + offset) for a, b in kept]
            spans = hide(text.rstrip("\n"), NOBODY)
            for a, b in marked:
                recall.add(covered(spans, a, b, text), f"{text[max(0, a - 25) : a]}[{text[a:b]}]{text[b : b + 15]}")
            for a, b in stays:
                stay.add(not any(x < b and a < y for x, y in spans), text[a:b])
            for left, right_end in spans:
                for word in re.finditer(r"\w+", text[left:right_end]):
                    inside = any(a <= left + word.start() < b for a, b in marked)
                    right, wrong = right + inside, wrong + (not inside)
    return recall, right / max(1, right + wrong), stay

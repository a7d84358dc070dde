"""People in English essays, found by rules: which places are hidden, and who gets which label or number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from essays.anonymity.folding import Folded
from essays.anonymity.persons.english_mentions import mentions, words_of
from essays.anonymity.persons.latin import is_latin_given
from essays.anonymity.persons.small_english import find_small_names
from essays.anonymity.spans import Span


def is_english(text: str) -> bool:
    """Whether more of a text's letters are Latin than Cyrillic."""
    latin = sum(character.isascii() and character.isalpha() for character in text)
    return latin > 40 and latin * 2 > sum(character.isalpha() for character in text)


def find_english_people(folded: Folded, hidden: Sequence[tuple[int, int]], numbered_before: int = 0) -> list[Span]:
    """Places of private people in an English text; `numbered_before` people have a number already."""
    text = folded.shown
    found = [
        (left, right, tag)
        for start, end, tag in (*mentions(text), *find_small_names(text))
        for left, right in _rest(text, hidden, start, end, told=bool(tag))
    ]
    known: dict[str, str] = {}
    tags: dict[str, int] = {}
    numbers = numbered_before
    places: dict[tuple[int, int], str] = {}
    for start, end, tag in sorted(found, key=lambda item: (not item[2], item[0])):
        words = words_of(text[start:end])
        label = next((known[word] for word in words if word in known), "")
        if tag and not label.startswith(tag):
            label = ""  # «Kate's mother, Mrs Brown» is another Brown.
        if not label:
            if tag in ("", "ЧЕЛОВЕК"):
                numbers += 1
                label = f"ЧЕЛОВЕК {numbers}"
            else:
                tags[tag] = tags.get(tag, 0) + 1
                label = tag if tags[tag] == 1 else f"{tag} {tags[tag]}"
        known.update(dict.fromkeys(words, label))
        places[(start, end)] = label
    spans = []
    order: dict[str, str] = {}
    for (start, end), label in sorted(places.items()):
        left, right = folded.back(start, end)
        if label.startswith("ЧЕЛОВЕК "):
            label = order.setdefault(label, f"ЧЕЛОВЕК {numbered_before + len(order) + 1}")
        spans.append(Span(left, right, "person", label, "a person in an English text", 0.82))
    return spans


def _rest(
    text: str, hidden: Sequence[tuple[int, int]], start: int, end: int, *, told: bool
) -> Iterator[tuple[int, int]]:
    """What nothing hides yet of a name; «Jun» of «my dad Wang Jun». A name that no word tells of is left as it is."""
    covering = sorted((left, right) for left, right in hidden if left < end and start < right)
    if not covering:
        yield start, end
    elif told or is_latin_given(text[start : max(start, covering[0][0])].strip(" ,-").lower()):
        for left, right in (*covering, (end, end)):
            piece = text[start:left]
            bare = piece.strip(" ,-")
            if len(bare) > 2:
                first = start + piece.index(bare)
                yield first, first + len(bare)
            start = max(start, right)

"""A person's initials without the surname: under a text, before what is said, alone on a line."""

from __future__ import annotations

import re
from functools import lru_cache

from essays.anonymity.name_forms import is_surname_like
from essays.anonymity.name_hiding import Hiding
from essays.anonymity.spans import Span

_SIGNED = re.compile(
    r"(?:[Тт]во[йяи]|[Вв]аш[аи]?|[Уу]важением,?|[Аа]втор|[Пп]одпись|[Уу]чени(?:к|ца)|[Сс]тудент(?:ка)?)[ :,—–-]{1,3}\n?"
    r"([А-ЯЁ])\.[ ]?([А-ЯЁ])\.?(?=[ ]*(?:$|[\n,;]))"
)
_SPEAKER = re.compile(r"(?m)^([А-ЯЁ])\. ?([А-ЯЁ])\.(?=:)")
_INITIALS_ALONE = re.compile(r"[ \t(]*([А-ЯЁA-Z])\. ?([А-ЯЁA-Z])\.?[ \t)]*")
# «П. А. И., +7 920 …»: surname, given name, patronymic
_THREE_INITIALS = re.compile(r"(?:.*[.!?] )?([А-ЯЁ])\. ?([А-ЯЁ])\. ?([А-ЯЁ])\.(?=,|$)")
# «К. Л. никто не учит»
_IN_PROSE = re.compile(r"(?<![\w.])(?<![А-ЯЁ]\. )([А-ЯЁ])\. ?([А-ЯЁ])\.(?=[ ]?[а-яё«»,;:)–—]|[ ]*(?:\n|$))")
_LAST_WORD = re.compile(r"([А-Яа-яЁё-]+) $")


@lru_cache(maxsize=1)
def _signed(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_SIGNED.finditer(text))


class LoneInitials(Hiding):
    """A search that hides initials of the person of `forms` where no surname stands beside them."""

    def lone_initials(self) -> None:
        """Hide them all."""
        for match in _signed(self._folded.shown):
            if self._own_pair(match[1], match[2]):
                start, end = self._folded.back(match.start(1), match.end())
                self._finding.spans.append(Span(start, end, self._kind, self._tag, "initials as a signature", 0.85))
        for match in _SPEAKER.finditer(self._folded.original):
            if self._own_pair(match[1], match[2]):
                self._finding.spans.append(
                    Span(match.start(), match.end(), self._kind, self._tag, "initials of who speaks", 0.8)
                )
        self._initials_in_prose()
        start = 0
        for line in self._folded.original.split("\n"):
            three = _THREE_INITIALS.match(line) if len(line) < 60 else None
            if three and "".join(three.groups()).lower().replace("ё", "е") == self._own_three():
                self._finding.spans.append(
                    Span(start + three.start(1), start + three.end(), self._kind, self._tag, "three initials", 0.85)
                )
            alone = _INITIALS_ALONE.fullmatch(line) if len(line) < 40 else None
            if alone and (self._own(alone[1] + alone[2]) or self._own_pair(alone[1], alone[2])):
                left, right = start + alone.start(1), start + alone.end()
                self._finding.spans.append(Span(left, right, self._kind, self._tag, "initials alone on a line", 0.8))
            start += len(line) + 1

    def _initials_in_prose(self) -> None:
        """«К. Л. никто не учит» where the surname stands with the same initials elsewhere."""
        mine = self._forms.initials
        if len(mine) != 2 or not any(span.reason == "surname with initials" for span in self._finding.spans):
            return
        original = self._folded.original
        for match in _IN_PROSE.finditer(original):
            if (match[1] + match[2]).lower().replace("ё", "е") != mine:
                continue
            before = _LAST_WORD.search(original, max(0, match.start() - 40), match.start())
            if before is not None and before[1][0].isupper() and is_surname_like(before[1].lower()):
                continue
            if not any(span.start < match.end() and match.start() < span.end for span in self._finding.spans):
                span = Span(match.start(), match.end(), self._kind, self._tag, "initials in prose", 0.8)
                self._finding.spans.append(span)

    def _own_three(self) -> str:
        person = self._forms.person
        return (
            "".join(name[:1] for name in (person.surname, person.given_name, person.patronymic))
            .lower()
            .replace("ё", "е")
        )

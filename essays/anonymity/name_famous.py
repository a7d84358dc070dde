"""Where the author's surname is that of somebody famous: named in full before, by a deed, in a man's form."""

from __future__ import annotations

import re

from essays.anonymity.name_surroundings import Surroundings
from essays.anonymity.persons.figures import figures

# «Невский проспект»
_STREET_AFTER = re.compile(
    r" (?:проспект|улиц|площад|переул|бульвар|набережн|шоссе|тракт|мост|вокзал|парк|сквер|театр|музе)\w{0,3}"
)
# What poets, commanders and scientists do, and no author says of himself.
_SUNG = r"пел|спел|по[её]т|запел|погиб|умер|воспел|снял|сыграл"
_FEAT = re.compile(
    r" (?:не |уже |тоже |сам |всю жизнь |наверняка |однажды |когда-то ){0,2}"
    rf"(?:{_SUNG}|жил|родился|основал|открыл|изобр[её]л|придумал|сочинил|сочинял|командовал|победил|правил|завещал"
    r"|полетел|ж[её]г|сж[её]г|увидел|переш[её]л|отказался|написал|писал|разбил|ненавидел)а?(?!\w)"
)
SUNG_AFTER = re.compile(rf" (?:{_SUNG})а?(?!\w)")
_OF_SELF = re.compile(
    r"(?<!\w)(?:я|мы|меня|мне|мной|мой|моя|моего|мою|наш\w{0,3}|класс\w{0,2}|урок\w{0,2}|школ\w{1,2})(?!\w)"
)
_MALE_KIN = re.compile(
    r"(?<!\w)(?:пап|отец|отц|дед|прадед|брат|дяд|муж|сын|племянник|кузен|господин|гражданин|ученик|студент|однокласс)"
)
_MALE_VERB = re.compile(
    r"[ ](?:не[ ])?(?!л[её]л)\w+[аиоеяуы]л(?:ся)?\b|[ ](?:при|по|у|вы|за|от|подо|на|в|пере)?ш[её]л\b"
)
_FOLLOWS = 160
"""Characters behind the full name of somebody famous in which the bare surname means him."""


class FamousNamesakes(Surroundings):
    """What the search for a person asks about well-known bearers of the same surname."""

    _famous: list[int]
    """Where somebody famous of the same surname is named in full."""

    def _is_sung_of(self, start: int, end: int, deed: re.Pattern[str] = _FEAT) -> bool:
        """«Виктор Цой пел, что …»: a deed of somebody famous, in a sentence that says nothing of the author."""
        text = self._folded.text
        sentence = (
            re.split(r"[.!?\n]", text[max(0, start - 80) : start])[-1]
            + " | "
            + re.split(r"[.!?\n,;–—]", text[end : end + 80])[0]
        )
        return deed.match(text, end) is not None and _OF_SELF.search(sentence) is None

    def _is_mens_form(self, text: str, end: int) -> bool:
        """Whether a form of a woman's surname can only be a man's: «Есенин», «Толстой отказался»."""
        own = self._forms.person.surname.lower().replace("ё", "е")
        if not own.endswith(("ова", "ева", "ина", "ына", "ая")):
            return False
        if own.endswith("ая"):
            return text.endswith(("ий", "ый", "ого", "ому", "им", "ым", "ом")) or (
                text.endswith("ой") and _MALE_VERB.match(self._folded.text, end) is not None
            )
        return text in (own[:-1], own[:-1] + "ым", own[:-1] + "е")

    def _of_male_kin(self, start: int) -> bool:
        before = re.split(r"[.!?\n]", self._folded.text[max(0, start - 60) : start])[-1]
        return _MALE_KIN.search(before) is not None

    def _is_named_street(self, end: int) -> bool:
        return _STREET_AFTER.match(self._folded.text, end) is not None

    @staticmethod
    def _is_hero(first: str, second: str) -> bool:
        """Whether two words together are a character of a book or a tale."""
        figure = figures().whole((first, second))
        return figure is not None and figure.kind.startswith(("characters", "folk"))

    def _is_famous_one(self, start: int, end: int, text: str) -> bool:
        """Whether a bare surname is that of somebody famous, whom the text names in full.

        «Сергей Есенин писал о Рязани, и Есенин ненавидел бы анкеты» by an Есенина; of the author's own form only
        what follows on the full name at once: «а Николай Гоголь – это «Ревизор». Гоголь жёг рукописи».
        """
        if self._of_male_kin(start) or self._is_spoken_to(start, end) or self._cue(start):
            return False
        if self._is_mens_form(text, end):
            return True
        last = max((place for place in self._famous if place < start), default=-1)
        between = self._folded.text[last:start] if last >= 0 else "\n"
        mine = any(word in self._forms.surnames for word in re.findall(r"\w+", between))
        return "\n" not in between and len(between) < _FOLLOWS and not mine and self._is_sung_of(start, end)

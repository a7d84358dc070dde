"""A person's name with one wrong letter: «Зубкав Олег», «пишут не «Цой», а «Чой»», «Святаслав» of a Святослав."""

from __future__ import annotations

import re

from essays.anonymity.folding import Word
from essays.anonymity.name_forms import (
    common_words,
    differ_by_one,
    folded_name,
    is_patronymic_like,
    is_surname_like,
    known_given_names,
    public_figures,
)
from essays.anonymity.name_hiding import Hiding
from essays.anonymity.persons.dictionary import is_unknown

_MISTAKE = re.compile(
    r"(?:(?<!\w)не|вместо|ошиб\w*|опечат\w*|букв\w*|выш\w+|пиш\w+|писал\w*|напис\w+|напеч\w+|владел\w+|фамили\w*|исказ\w+)"
    r"[^.!?\n]{0,25}[«\"]$"
)
# «Фамилию мою сокращают: «Оржак»»
_OF_SURNAME = re.compile(
    r"(?:фамили[^.!?\n]{0,45}[«\"]"
    r"|(?:ошибк|опечатк|вместо|исказ|перепута|вбил|напечата|написал|записал)\w*[^.!?\n]{0,25}[«\" ])$"
)


class Misspellings(Hiding):
    """A search that hides misspelt surnames and given names of the person of `forms`."""

    def misspellings(self, taken: list[tuple[int, int]], *, given_alone: bool) -> None:
        """Hide them all, but for places in `taken`. A given name by itself counts only with `given_alone`.

        A surname counts beside another part of the name, behind words of mistakes, or as a word that can be nothing
        else.
        """
        for word in self._folded.words:
            if not word.capital or word.latin or self._forms.part(word.text):
                continue
            if any(start < word.end and word.start < end for start, end in taken):
                continue
            if self._is_quoted_mistake(word):
                self._hide(word.start, word.end, "a surname spelled otherwise", 0.85)
                continue
            if not self._forms.nearly_surname(word.text):
                if given_alone and self._is_misspelt_given(word):
                    self._finding.warnings.add("misspelt_given_name")
                    self._hide(word.start, word.end, "misspelt given name", 0.7)
                continue
            joined = self._next_to_name(word)
            if not joined and _OF_SURNAME.search(self._folded.text, max(0, word.start - 60), word.start):
                self._hide(word.start, word.end, "a surname spelled otherwise", 0.85)
            elif joined:
                self._hide(min(word.start, joined[0]), max(word.end, joined[1]), "misspelt surname with name", 0.9)
            elif self._can_only_be_surname(word):
                self._finding.warnings.add("misspelt_surname")
                self._hide(word.start, word.end, "misspelt surname", 0.6)

    def _is_quoted_mistake(self, word: Word) -> bool:
        """«Пишут не «Цой», а «Чой»»: in quotes, behind a word of mistakes, the surname with one letter wrong."""
        text = self._folded.text
        if text[word.start - 1 : word.start] not in ("«", '"'):
            return False
        own = folded_name(self._forms.person.surname)
        return _MISTAKE.search(text[max(0, word.start - 50) : word.start]) is not None and differ_by_one(word.text, own)

    def _is_misspelt_given(self, word: Word) -> bool:
        """A word one letter off the given name (of six letters or more) that is nobody else's name."""
        if len(word.text) < 5 or word.text in known_given_names():
            return False
        if self._begins_sentence(word.start, after_colon=False):
            return False
        after = self._neighbour(word.end, 1)
        stranger = after is not None and after.capital and is_patronymic_like(after.text)
        surname = is_surname_like(word.text) and not word.text.endswith(("ий", "ия", "ию", "ии"))
        return not stranger and not surname and self._forms.nearly_given(word.text, least=6)

    def _can_only_be_surname(self, word: Word) -> bool:
        if word.capitals and is_unknown(word.text):
            return True  # «ШМИТД есть?»
        likely = is_surname_like(word.text) or len(word.text) >= 7
        looks = len(word.text) >= 6 and likely and word.text not in public_figures()
        family = len(word.text) >= 7 and is_surname_like(word.text) and word.text not in common_words()["surnames"]
        return looks and (family or not self._begins_sentence(word.start, after_colon=False))

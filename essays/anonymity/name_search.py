"""Finding one person in a text: which candidates are this person, and which belong to somebody else."""

from __future__ import annotations

import re
from dataclasses import replace

from essays.anonymity.folding import Folded
from essays.anonymity.inflection import OF_A_FATHER
from essays.anonymity.name_candidates import Candidate, candidates
from essays.anonymity.name_famous import SUNG_AFTER, FamousNamesakes
from essays.anonymity.name_forms import (
    GIVEN,
    PATRONYMIC,
    SHORT,
    SURNAME,
    NameForms,
    common_words,
    folded_name,
    is_ambiguous_surname,
    is_patronymic_like,
    is_surname_like,
    public_figures,
)
from essays.anonymity.name_hiding import OTHER_PERSON, Finding
from essays.anonymity.name_initials import LoneInitials
from essays.anonymity.name_misspellings import Misspellings
from essays.anonymity.name_nicknames import Nicknames
from essays.anonymity.name_surroundings import BEFORE_RULERS, TITLE_AFTER
from essays.anonymity.persons.cues import is_title
from essays.anonymity.persons.dictionary import is_only_persons, is_plain, is_unknown

_BETWEEN = re.compile(r"[ ,.\-–—]{0,4}|[ ,]*\n[ ]*|[ .\-–—·_*]{1,6}")
# «Надежда, как известно, умирает последней».
_NOT_ADDRESSED = re.compile(r", (?:как (?:известно|говор|водится|правило)|что |котор|говорят)")
_ALIVE = re.compile(r" жив[аы]?\b")
_IN_MESSENGER = re.compile(r"(?:\bв|\bво|\bчерез|мессенджер\w*|чат\w*) $")
# «Ооржак ч м», in small letters.
_SMALL_INITIALS = re.compile(r"[ ]([а-я])\.?[ ]?([а-я])\.?(?=[ ]*(?:$|[\n,;)]))")
_SMALL_INITIAL = re.compile(r"[ ]([а-я])\.(?=[ ]|$|\n)")
_REST_OF_INITIALS = re.compile(r"\.[ ]?[А-ЯЁ]\.")
_PUPIL_AFTER = re.compile(r"[ ,]{1,2}(?:учен|учащ|студент|воспитан|\d{1,2}[ \"«-])")
_PLURAL = re.compile(r"(?:ы|и|ов|ев|ей|ам|ами|ах|ям|ями|ях)$")
_SHIPS = frozenset(
    "граф графа графу князь князя князю адмирал адмирала адмиралу маршал маршала маршалу крейсер ледокол"
    " теплоход пароход генералиссимус".split()
)
# A diminutive in Latin letters may be an English word.
_ENGLISH_MONTHS = frozenset("july june may april august march".split())
_ENGLISH_WORDS = frozenset(
    "july may june april august march art mark dan nick van rose mira roman alien alone max vita nota tema line mary "
    "milan era gala lid lily safe said been fill fail tied ill save dash sash dear mash were "
    "where very wear tame gene genes lure".split()
)
_BYLINES, _SHORT_LINE = 6, 60
_ADJECTIVES = ("ий", "ый", "ой", "ая", "ого", "ому", "им", "ом", "ую")
_ADDRESS_AFTER = re.compile(r"[ ]?[,!]|\.(?=\s|$)")


def find_person(folded: Folded, forms: NameForms, *, kind: str, tag: str, given_alone: bool = True) -> Finding:
    """Find the person of `forms`. Spans are offsets into the original of `folded`.

    With `given_alone` the given name or a diminutive is enough; otherwise it counts only beside another part.
    """
    return _Search(folded, forms, kind, tag, given_alone).run()


class _Search(Nicknames, Misspellings, LoneInitials, FamousNamesakes):
    def __init__(self, folded: Folded, forms: NameForms, kind: str, tag: str, given_alone: bool) -> None:
        super().__init__(folded, forms, kind, tag)
        self._given_alone = given_alone
        self._famous = []
        capitals = sum(word.capital for word in folded.words)
        self._lower_text = len(folded.words) >= 30 and capitals * 50 < len(folded.words)
        surname = forms.person.surname.lower().replace("ё", "е")
        small = () if self._lower_text or is_surname_like(surname) or len(surname) < 4 else folded.words
        self._surname_is_word = any(word.text in forms.surnames and not word.capital for word in small)

    def run(self) -> Finding:
        taken: list[tuple[int, int]] = []
        found = candidates(self._folded, self._forms)
        self._broken = [candidate for candidate in found if candidate.form in ("broken", "spaced")]
        for group in self._groups(found):
            if place := self._decide(group):
                taken.append(place)
        if self._given_alone:
            self.nicknames(taken)
        self.misspellings(taken, given_alone=self._given_alone)
        self.lone_initials()
        return self._finding

    # Groups of candidates that stand together

    def _groups(self, found: list[Candidate]) -> list[list[Candidate]]:
        groups: list[list[Candidate]] = []
        for candidate in found:
            if groups and _BETWEEN.fullmatch(self._folded.text, groups[-1][-1].end, candidate.start):
                between = self._folded.text[groups[-1][-1].end : candidate.start]
                parts = {c.part for c in groups[-1]}
                full_stop = "." in between and groups[-1][-1].form != "spaced"
                of_a_father = candidate.part == PATRONYMIC and OF_A_FATHER.fullmatch(candidate.text)
                if (candidate.part not in parts or of_a_father) and not full_stop and len(groups[-1]) < 5:
                    groups[-1].append(candidate)
                    continue
                if candidate.part == SURNAME and SURNAME in parts and between in ("-", " ", "‑", " - "):
                    groups[-1].append(candidate)
                    continue
            groups.append([candidate])
        return groups

    def _decide(self, group: list[Candidate]) -> tuple[int, int] | None:
        parts = {candidate.part for candidate in group}
        if SURNAME in parts:
            return self._surname(group, parts)
        if PATRONYMIC in parts and parts & {GIVEN, SHORT}:
            stranger = self._stranger(group)
            if stranger:
                return None
            return self._hide(group[0].start, group[-1].end, "given name and patronymic", 0.97)
        if PATRONYMIC in parts:
            if len(group) > 1 and group[0].capital:
                return self._hide(group[0].start, group[-1].end, "patronymic", 0.9)  # «Эльшан оглы»
            return self._patronymic(group[0])
        return self._given(group)

    # Decisions by what the group holds

    def _surname(self, group: list[Candidate], parts: set[str]) -> tuple[int, int] | None:
        start, end = group[0].start, group[-1].end
        if len(parts) > 1:
            words = common_words()
            plain = all(one.text in words["given_names"] or one.text in words["surnames"] for one in group)
            if plain and not self._lower_text and not any(one.capital for one in group):
                between = self._folded.text[group[0].end : group[1].start]
                told = self._cue(start) or _PUPIL_AFTER.match(self._folded.text, end) or self._in_byline(start, end)
                if between != " " or not told:
                    return None  # «розы, маргаритки» of a Маргарита Роза.
            start, end, _initials = self._initials(start, end)
            if self._is_namesakes(group, start, end):
                return None
            return self._hide(start, end, "surname with " + " and ".join(sorted(parts - {SURNAME})), 1.0)
        candidate = group[0]
        if candidate.form == "glued" and (rest := _REST_OF_INITIALS.match(self._folded.shown, end)):
            end = rest.end()
        if candidate.form in ("spaced", "glued", "login"):
            return self._hide(start, end, f"surname, {candidate.form}", 0.97)
        if (small := _SMALL_INITIALS.match(self._folded.text, end)) and self._own(small[1] + small[2]):
            return self._hide(start, small.end(), "surname with initials", 1.0)
        small = _SMALL_INITIAL.match(self._folded.text, end) if self._lower_text else None
        if small and self._own(small[1]):
            return self._hide(start, small.end(), "surname with initials", 1.0)
        left, right, initials = self._initials(start, end)
        own_initials = bool(initials) and self._own(initials)
        if initials and own_initials:
            return self._hide(left, right, "surname with initials", 1.0)
        beside = self._beside(start, end)
        if TITLE_AFTER.match(self._folded.text, end):
            return None
        if self._is_figure(candidate.text, beside, initials):
            if beside:
                self._famous.append(end)
            first, last = min([start, *(word.start for word in beside)]), max([end, *(word.end for word in beside)])
            if not beside or not self._of_kin(first):
                return None
            return self._hide(first, last, "a namesake of somebody famous in the family", 0.8, tag=OTHER_PERSON)
        if self._of_compound(start, end):
            return None
        if beside:
            names = [word for word in beside if not self._forms.nearly_given(word.text)]
            first, last = min(start, beside[0].start), max(end, beside[-1].end)
            if not names:
                return self._hide(first, last, "surname with a misspelt given name", 0.9)
            return self._hide(first, last, "somebody else of the same surname", 0.85, tag=OTHER_PERSON)
        if initials:
            given = self._neighbour(left, -1)
            if given is not None and given.capital and self._mine(given):
                return self._hide(given.start, right, "surname with given name and an initial", 1.0)
            return self._hide(left, right, "surname with other initials", 0.85, tag=OTHER_PERSON)
        bearers = [set(public_figures().get(one.text, ())) for one in (group[0], group[-1])]
        if len({one.text for one in group}) > 1 and "-" in self._folded.text[start:end] and not bearers[0] & bearers[1]:
            return self._hide(start, end, "surname, both halves", 0.97)
        # «Петрова-Водкина»: both parts of a double surname go together.
        return self._bare_surname(replace(candidate, end=end))

    def _in_byline(self, start: int, end: int) -> bool:
        """«лев голубь, 7 класс»: whether a short line at either end of the text begins with the name."""
        text = self._folded.text
        first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        last = last if last >= 0 else len(text)
        outer = text.count("\n", 0, first) < _BYLINES or text.count("\n", last) < 2
        return outer and last - first < _SHORT_LINE and text[first:start].strip() == "" and text[end : end + 1] in ",\n"

    def _is_namesakes(self, group: list[Candidate], start: int, end: int) -> bool:
        """«Гоголь Николай Васильевич» for a Гоголь Николай Сергеевич, «Андрей Рублёв писал «Троицу»»."""
        surname = next((one.text for one in group if one.part == SURNAME), "")
        given = [one.text for one in group if one.part == GIVEN]
        bearers = [bearer.split() for bearer in public_figures().get(surname, ()) if bearer]
        named = [names for names in bearers if any(one[:4] == name[:4] for one in given for name in names)]
        if not named or any(one.part == PATRONYMIC for one in group):
            return False
        after = self._neighbour(end, 1)
        if after is not None and after.capital and is_patronymic_like(after.text):
            return any(after.text[:4] == name[:4] for names in named for name in names)
        if group[0].part == SURNAME or not (
            self._is_of_a_writer(start, end) or self._is_another(start) or self._is_sung_of(start, end, SUNG_AFTER)
        ):
            return False
        self._finding.warnings.add("surname_of_public_figure")
        return True

    def _bare_surname(self, candidate: Candidate) -> tuple[int, int] | None:
        start, end, text = candidate.start, candidate.end, candidate.text
        common = text in common_words()["surnames"] or text in common_words()["given_names"]
        before = self._neighbour(start, -1)
        if before is not None and (before.text in _SHIPS or (common and before.text in BEFORE_RULERS)):
            return None
        if is_title(self._folded.shown[max(0, start - 60) : start], self._folded.shown[end : end + 2]):
            return None
        if text.endswith(_ADJECTIVES) and self._is_named_street(end):
            return None  # «Невский проспект»
        if before is not None and before.capital and not self._mine(before) and self._is_hero(before.text, text):
            return None  # «Мартовский Заяц»
        if text == folded_name(self._forms.person.surname) + "ов" and text in public_figures():
            self._finding.warnings.add("surname_of_public_figure")
            return None  # «Гончаров» for a Гончар
        common = common or (not candidate.capital and is_plain(text))  # «в беде» of a Беда
        # «волков», «орлов» are also many wolves and eagles.
        plural = text.endswith(("ов", "ев")) or common
        if not candidate.capital and common and not self._cue(start):
            if self._lower_text or text not in common_words()["surnames"]:
                self._doubt(candidate)
            return None
        if not candidate.capital and not self._lower_text:
            if len(text) < 4 and not self._cue(start):
                return None  # «ли», «ким» are words.
            if plural and not self._cue(start):
                self._doubt(candidate)
                return None
            return self._hide(start, end, "surname in small letters", 0.85)
        common = common or self._surname_is_word
        if common and (candidate.capitals or self._begins_sentence(start)) and not self._named(start, end, text):
            self._doubt(candidate)
            return None
        if self._famous and public_figures().get(text) and self._is_famous_one(start, end, text):
            self._finding.warnings.add("surname_of_public_figure")
            return None
        if public_figures().get(text) and not is_ambiguous_surname(text):
            self._finding.warnings.add("surname_of_public_figure")
            if self._is_of_a_writer(start, end) or self._is_another(start) or _ALIVE.match(self._folded.text, end):
                return None
            return self._hide(start, end, "surname, also of a public figure", 0.6)
        if public_figures().get(text) and (self._is_another(start) or self._is_of_a_writer(start, end)):
            self._finding.warnings.add("surname_of_public_figure")
            return None
        return self._hide(start, end, "surname", 0.99)

    def _patronymic(self, candidate: Candidate) -> tuple[int, int] | None:
        if not candidate.capital or self._stranger([candidate]):
            return None
        if OF_A_FATHER.search(self._forms.person.patronymic.lower()) and not is_patronymic_like(candidate.text):
            return None  # «Вагиф» of «Вагиф оглы» is the father's given name.
        return self._hide(candidate.start, candidate.end, "patronymic", 0.8)

    def _given(self, group: list[Candidate]) -> tuple[int, int] | None:
        candidate = group[0]
        start, end, text = candidate.start, group[-1].end, candidate.text
        if candidate.capital and not group[-1].capital and "," in self._folded.text[start:end]:
            end = candidate.end  # «Лёвка, лев мышей не ловит»
        cue = self._cue(start)
        if not self._given_alone:
            return None
        addressed = _ADDRESS_AFTER.match(self._folded.text, end) is not None
        common = text in common_words()["given_names"]
        addressed = addressed and not (common and _NOT_ADDRESSED.match(self._folded.text, end))
        if text.endswith(("ов", "ев")) and text in public_figures() and self._is_of_a_writer(start, end):
            return None  # «Ефремов написал …» of an Ефрем
        if candidate.form != "spaced" and (self._stranger(group) or self._one_of_a_pair(start, end, text)):
            return None
        if candidate.form == "latin" and self._folded.text[start:end] in (
            _ENGLISH_MONTHS if candidate.capital else _ENGLISH_WORDS
        ):
            return None
        # «Полка» may be Полина's, but at the head of a sentence it is a shelf.
        plain = not candidate.capital or (self._begins_sentence(start) and not addressed)
        if text in self._forms.clipped and not cue and plain and not is_unknown(text):
            return None
        if self._of_a_tale(start, end) or (
            text.startswith("макс") and _IN_MESSENGER.search(self._folded.text[:start][-14:])
        ):
            return None
        # «Милан» is a town unless somebody is called: «Милан, иди сюда».
        nominative = self._forms.person.given_name.lower().replace("ё", "е")
        if nominative.endswith(text + "а") and not (addressed or cue):
            return None
        end = self._with_signature_initial(end)
        if not candidate.capital:
            if not cue and not self._lower_text and _PLURAL.search(text) and not nominative.endswith(text):
                return None  # «ландыши» of a Ландыш
            full = candidate.part == GIVEN and len(text) >= 4
            if candidate.part == SHORT and len(text) > 4 and (is_unknown(text) or self._is_called_on(start, end)):
                return self._hide(start, end, "diminutive in small letters", 0.8)
            if common and not cue:
                return None
            if (cue and not (common and self._weakly(start))) or (not common and (full or self._lower_text)):
                return self._hide(start, end, "given name in small letters", 0.8)
            return None
        if common and not self._named(start, end, text):
            if candidate.capitals and len(text) > 2 and not (addressed and self._is_spoken_to(start, end)):
                self._doubt(candidate)
                return None
            opens = text in common_words()["openers"] and not is_only_persons(text)
            # «Тёма» is no «тема»: who writes ё means the name.
            opens = opens and "ё" not in self._folded.original[slice(*self._folded.back(start, end))].lower()
            if self._begins_sentence(start) and not addressed and opens:
                self._doubt(candidate)
                return None
        reason = "diminutive" if candidate.part == SHORT else "given name"
        return self._hide(start, end, reason, 0.8 if common or candidate.part == SHORT else 0.93)

    def _doubt(self, candidate: Candidate) -> None:
        self._finding.warnings.add("name_or_common_word")

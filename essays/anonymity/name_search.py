"""Finding one person in a text: which candidates are this person, and which belong to somebody else."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from functools import lru_cache

from essays.anonymity.folding import LOOK_ALIKES, Folded, Word
from essays.anonymity.inflection import OF_A_FATHER
from essays.anonymity.name_candidates import Candidate, candidates
from essays.anonymity.name_forms import (
    GIVEN,
    PATRONYMIC,
    SHORT,
    SURNAME,
    NameForms,
    ambiguous_surnames,
    common_words,
    is_patronymic_like,
    is_surname_like,
    known_given_names,
    public_figures,
)
from essays.anonymity.persons.cues import is_epithet, is_public
from essays.anonymity.spans import Span

OTHER_PERSON = "ЧЕЛОВЕК"

_BETWEEN = re.compile(r"[ ,.\-–—]{0,4}|[ ,]*\n[ ]*|[ .\-–—·_*]{1,6}")
_INITIALS_AFTER = re.compile(
    r"[ ,]{0,2}([А-ЯЁA-Z])(?:\.[ -]?|[ ](?=[А-ЯЁA-Z](?:\.|\b))|(?=[А-ЯЁA-Z](?:\.|\b))|\b)(?:([А-ЯЁA-Z])(?:\.|\b))?"
)
_INITIALS_BEFORE = re.compile(r"(?<![\w.])([А-ЯЁA-Z])(?:\.[ ]?|[ ]?)(?:([А-ЯЁA-Z])(?:\.[ ]?|[ ]))?$")
_SENTENCE_START = re.compile(r"(?:^|[.!?…\n\t:;])[\s«»\"“”„'(\[–—-]*$")
_REAL_START = re.compile(r"(?:^|[.!?…\n])[\s«»\"“”„'(\[–—-]*$")
_NAME_CUE = re.compile(
    r"\b(?:зовут|звать|зовусь|имя|имени|имене[мн]|фамили\w+|автор\w*|выполнил\w*|ученик\w*|ученица|ученицы"
    r"|студент\w*|участни\w+|подпись"
    r"|фио|ф\. ?и\. ?о\.?)[ ,:\-–—(«\"]*$"
)
# These introduce a name only where it has its capital: «это поле» is a field.
_WEAK_CUE = re.compile(r"\b(?:это|я|ваша?|твоя|твой)[ ,:\-–—(«\"]*$")
# «Вера сказала», «Слава пришёл»: what faith and glory do not do.
_HUMAN_VERB = re.compile(
    r"[ ](?:сказал|говорит|говорил|спросил|спрашива|ответил|отвеча|улыбну|улыба|засмея|рассмея|вздохну|кивну|восклик"
    r"|крикну|прошепта|позвони|написал|села\b|сел\b|встал|учится|учил[ас]|родил[ас]|реши[лт]|подума|замети|взял"
    r"|прочита)"
)
# «Белая — это не цвет, это моя фамилия».
_CALLED_NAME = re.compile(r"[»\"]?[ ]?[—–-][ ][^.!?\n]{0,45}\b(?:фамили|имя\b|зовут)")
_TITLE_AFTER = re.compile(
    r"[»\"”][ ]?[—–-][ ](?:это[ ])?"
    r"(?:пьес|роман|рассказ|повест|стих|поэм|сказк|фильм|мульт|опер|песн|шоколад|конфет|картин|баллад|басн)"
)
_MALE_VERB = re.compile(
    r"[ ](?:не[ ])?(?!л[её]л)\w+[аиоеяуы]л(?:ся)?\b|[ ](?:при|по|у|вы|за|от|подо|на|в|пере)?ш[её]л\b"
)
_SIGNATURE_INITIAL = re.compile(r"[ ]([а-яёa-z])\.(?=[ ]*(?:$|\n|[,;)]))")
_SIGNED = re.compile(
    r"(?:[Тт]во[йяи]|[Вв]аш[аи]?|[Уу]важением,?|[Аа]втор|[Пп]одпись|[Уу]чени(?:к|ца)|[Сс]тудент(?:ка)?)[ :,—–-]{1,3}\n?"
    r"([А-ЯЁ])\.[ ]?([А-ЯЁ])\.?(?=[ ]*(?:$|[\n,;]))"
)
_TALE = re.compile(r"[-–‑ ](?:пророк|царевич|дурач|муромец|богатыр|королевич)")
_IN_MESSENGER = re.compile(r"(?:\bв|\bво|\bчерез|мессенджер\w*|чат\w*) $")
_SHIPS = frozenset(
    "адмирал адмирала адмиралу маршал маршала маршалу крейсер ледокол теплоход пароход генералиссимус".split()
)
# Saints and heroes who come in twos.
_PAIRS = frozenset(
    frozenset(pair.split())
    for pair in (
        "борис глеб|кирилл мефодий|петр феврония|руслан людмила|адам ева|петр павел|тимур команда|маша медведь"
        "|флор лавр|кузьма демьян|каин авель|ромео джульетта|тристан изольда|мастер маргарита|минин пожарский"
        "|давид голиаф|лейли меджнун|фархад ширин|орфей эвридика|каин авель|садко волхова"
    ).split("|")
)
# «Князь Александр», «царь Иван», «Дед Мороз» are nobody's classmates.
_BEFORE_RULERS = frozenset(
    "князь князя князю князем царь царя царю царем король короля император императора императору святой святая святого "
    "святому княгиня княгини королева королевы дед деда деду дедом деде дедушка дедушки дедушке дедушкой принц принца "
    "принцу принцем принцесса принцессы принцессе принцессу герцог граф графа барон папа апостол апостола преподобный "
    "преподобного пророк пророка патриарх патриарха митрополит митрополита султан хан рыцарь рыцаря леди царица царицы "
    "царевна царевны царевич цесаревич императрица императрицы богатырь богатыря святитель мученик мученица "
    "великомученик архангел архангела богиня фараон певица певицы певец актриса актер статуя статуи статую"
    " памятник праздник икона икону иконе остров озеро "
    "планета торт торта шоколад шоколада шоколадка кафе магазин салон песня песню песни фильм город города"
    " городе городом".split()
)
_ENGLISH_TITLES = frozenset("mrs miss the dear sir madam teacher dad mum mom father mother and uncle aunt for".split())
# A diminutive in Latin letters may be an English word.
_ENGLISH_MONTHS = frozenset("july june may april august march".split())
_ENGLISH_WORDS = frozenset(
    "july may june april august march art mark dan nick van rose mira roman alien alone max vita nota tema line mary "
    "milan era gala lid lily".split()
)
_ADDRESS_AFTER = re.compile(r"[ ]?[,!]|\.(?=\s|$)")


@lru_cache(maxsize=1)
def _ordered_pairs() -> tuple[tuple[str, str], ...]:
    return tuple(order for pair in _PAIRS for order in (tuple(pair), tuple(pair)[::-1]))  # type: ignore[misc]


@dataclass
class Finding:
    """What a search found: places to hide, and doubts for a person to look at."""

    spans: list[Span] = field(default_factory=list)
    warnings: set[str] = field(default_factory=set)


def find_person(folded: Folded, forms: NameForms, *, kind: str, tag: str, given_alone: bool = True) -> Finding:
    """Find the person of `forms`. Spans are offsets into the original of `folded`.

    With `given_alone` the given name or a diminutive is enough; otherwise it counts only beside another part.
    """
    return _Search(folded, forms, kind, tag, given_alone).run()


class _Search:
    def __init__(self, folded: Folded, forms: NameForms, kind: str, tag: str, given_alone: bool) -> None:
        self._folded = folded
        self._forms = forms
        self._kind = kind
        self._tag = tag
        self._given_alone = given_alone
        self._finding = Finding()
        self._broken: list[Candidate] = []
        self._by_start = {word.start: index for index, word in enumerate(folded.words)}
        self._by_end = {word.end: index for index, word in enumerate(folded.words)}
        capitals = sum(word.capital for word in folded.words)
        self._lower_text = len(folded.words) >= 30 and capitals * 50 < len(folded.words)

    def run(self) -> Finding:
        taken: list[tuple[int, int]] = []
        found = candidates(self._folded, self._forms)
        self._broken = [candidate for candidate in found if candidate.form in ("broken", "spaced")]
        for group in self._groups(found):
            if place := self._decide(group):
                taken.append(place)
        self._typos(taken)
        self._lone_initials()
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
            return self._patronymic(group[0])
        return self._given(group)

    # Decisions by what the group holds

    def _surname(self, group: list[Candidate], parts: set[str]) -> tuple[int, int] | None:
        start, end = group[0].start, group[-1].end
        if len(parts) > 1:
            start, end, _initials = self._initials(start, end)
            return self._hide(start, end, "surname with " + " and ".join(sorted(parts - {SURNAME})), 1.0)
        candidate = group[0]
        if candidate.form in ("spaced", "glued", "login"):
            return self._hide(start, end, f"surname, {candidate.form}", 0.97)
        left, right, initials = self._initials(start, end)
        own_initials = bool(initials) and self._own(initials)
        if initials and own_initials:
            return self._hide(left, right, "surname with initials", 1.0)
        beside = self._beside(start, end)
        if self._is_figure(candidate.text, beside, initials) or _TITLE_AFTER.match(self._folded.text, end):
            return None
        if self._of_compound(start, end):
            return None
        if beside:
            names = [word for word in beside if not self._forms.nearly_given(word.text)]
            first, last = min(start, beside[0].start), max(end, beside[-1].end)
            if not names:
                return self._hide(first, last, "surname with a misspelt given name", 0.9)
            return self._hide(first, last, "somebody else of the same surname", 0.85, tag=OTHER_PERSON)
        if initials:
            return self._hide(left, right, "surname with other initials", 0.85, tag=OTHER_PERSON)
        # «Петрова-Водкина»: both parts of a double surname go together.
        return self._bare_surname(replace(candidate, end=end))

    def _bare_surname(self, candidate: Candidate) -> tuple[int, int] | None:
        start, end, text = candidate.start, candidate.end, candidate.text
        common = text in common_words()["surnames"] or text in common_words()["given_names"]
        before = self._neighbour(start, -1)
        if before is not None and (before.text in _SHIPS or (common and before.text in _BEFORE_RULERS)):
            return None
        # «волков», «орлов» are also many wolves and eagles.
        plural = text.endswith(("ов", "ев")) or common
        if not candidate.capital and common and not self._cue(start):
            if self._lower_text:
                self._doubt(candidate)
            return None
        if not candidate.capital and not self._lower_text:
            if len(text) < 4 and not self._cue(start):
                return None  # «ли», «ким» are words.
            if plural and not self._cue(start):
                self._doubt(candidate)
                return None
            return self._hide(start, end, "surname in small letters", 0.85)
        if common and (candidate.capitals or self._begins_sentence(start)) and not self._named(start, end, text):
            self._doubt(candidate)
            return None
        if public_figures().get(text) and text not in ambiguous_surnames():
            self._finding.warnings.add("surname_of_public_figure")
            return self._hide(start, end, "surname, also of a public figure", 0.6)
        return self._hide(start, end, "surname", 0.99)

    def _patronymic(self, candidate: Candidate) -> tuple[int, int] | None:
        if not candidate.capital or self._stranger([candidate]):
            return None
        if OF_A_FATHER.search(self._forms.person.patronymic.lower()) and not is_patronymic_like(candidate.text):
            return None  # «Вагиф» of «Вагиф оглы» is the father's given name.
        return self._hide(candidate.start, candidate.end, "patronymic", 0.7)

    def _given(self, group: list[Candidate]) -> tuple[int, int] | None:
        candidate = group[0]
        start, end, text = candidate.start, group[-1].end, candidate.text
        cue = self._cue(start)
        if not self._given_alone:
            return None
        addressed = _ADDRESS_AFTER.match(self._folded.text, end) is not None
        common = text in common_words()["given_names"]
        if candidate.form != "spaced" and (self._stranger(group) or self._one_of_a_pair(start, end, text)):
            return None
        if candidate.form == "latin" and self._folded.text[start:end] in (
            _ENGLISH_MONTHS if candidate.capital else _ENGLISH_WORDS
        ):
            return None
        # «Полка» may be Полина's, but at the head of a sentence it is a shelf.
        plain = not candidate.capital or (self._begins_sentence(start) and not addressed)
        if text in self._forms.clipped and not cue and plain:
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
            full = candidate.part == GIVEN and len(text) >= 4
            if common and not cue:
                return None
            if (cue and not (common and self._weakly(start))) or (not common and (full or self._lower_text)):
                return self._hide(start, end, "given name in small letters", 0.8)
            return None
        if common and not self._named(start, end, text):
            if candidate.capitals and len(text) > 2 and not addressed:
                self._doubt(candidate)
                return None
            if self._begins_sentence(start) and not addressed and text in common_words()["openers"]:
                self._doubt(candidate)
                return None
        reason = "diminutive" if candidate.part == SHORT else "given name"
        return self._hide(start, end, reason, 0.8 if common or candidate.part == SHORT else 0.93)

    def _typos(self, taken: list[tuple[int, int]]) -> None:
        """Surnames with one wrong letter: beside another part of the name, or as a word that can be nothing else."""
        for word in self._folded.words:
            if not word.capital or word.latin or self._forms.part(word.text):
                continue
            if any(start < word.end and word.start < end for start, end in taken):
                continue
            if not self._forms.nearly_surname(word.text):
                if self._given_alone and self._is_misspelt_given(word):
                    self._finding.warnings.add("misspelt_given_name")
                    self._hide(word.start, word.end, "misspelt given name", 0.7)
                continue
            joined = self._next_to_name(word)
            if joined:
                self._hide(min(word.start, joined[0]), max(word.end, joined[1]), "misspelt surname with name", 0.9)
            elif self._can_only_be_surname(word):
                self._finding.warnings.add("misspelt_surname")
                self._hide(word.start, word.end, "misspelt surname", 0.6)

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
        likely = is_surname_like(word.text) or len(word.text) >= 7
        looks = len(word.text) >= 6 and likely and word.text not in public_figures()
        family = len(word.text) >= 7 and is_surname_like(word.text) and word.text not in common_words()["surnames"]
        return looks and (family or not self._begins_sentence(word.start, after_colon=False))

    def _lone_initials(self) -> None:
        """A line that is nothing but the author's initials: a signature."""
        for match in _SIGNED.finditer(self._folded.shown):
            if self._own_pair(match[1], match[2]):
                start, end = self._folded.back(match.start(1), match.end())
                self._finding.spans.append(Span(start, end, self._kind, self._tag, "initials as a signature", 0.85))
        initials = self._forms.initials
        if len(initials) < 2:
            return
        for match in re.finditer(r"(?m)^[ \t(]*([А-ЯЁA-Z])\. ?([А-ЯЁA-Z])\.?[ \t)]*$", self._folded.original):
            if self._own(match[1] + match[2]):
                self._finding.spans.append(
                    Span(match.start(1), match.end(), self._kind, self._tag, "initials alone on a line", 0.8)
                )

    def _own_pair(self, first: str, second: str) -> bool:
        """Whether two letters are the given name's and the surname's or patronymic's, in any order."""
        given, surname = self._forms.initials[:1], self._forms.person.surname[:1].lower().replace("ё", "е")
        pairs = {given + surname, surname + given, self._forms.initials}
        return (first + second).lower().replace("ё", "е") in pairs

    # What stands around

    def _hide(self, start: int, end: int, reason: str, confidence: float, *, tag: str = "") -> tuple[int, int]:
        # A name over two lines or cells is two places, and both keep their structure, unless a word is broken there.
        position = start
        for match in re.finditer(r"[\n\t]", self._folded.text[start:end]):
            place = start + match.start()
            if any(broken.start < place < broken.end for broken in self._broken):
                continue
            self._add(position, place, tag, reason, confidence)
            position = place + 1
        self._add(position, end, tag, reason, confidence)
        return start, end

    def _add(self, start: int, end: int, tag: str, reason: str, confidence: float) -> None:
        while start < end and self._folded.text[start] in " ,":
            start += 1
        while end > start and self._folded.text[end - 1] in " ,":
            end -= 1
        if start < end:
            left, right = self._folded.back(start, end)
            self._finding.spans.append(Span(left, right, self._kind, tag or self._tag, reason, confidence))

    def _doubt(self, candidate: Candidate) -> None:
        self._finding.warnings.add("name_or_common_word")

    def _begins_sentence(self, start: int, *, after_colon: bool = True) -> bool:
        pattern = _SENTENCE_START if after_colon else _REAL_START
        return pattern.search(self._folded.text[max(0, start - 20) : start]) is not None

    def _cue(self, start: int) -> bool:
        return _NAME_CUE.search(self._folded.text[max(0, start - 40) : start]) is not None or self._weakly(start)

    def _of_a_tale(self, start: int, end: int) -> bool:
        """«Иван-царевич», «Алёша Попович»'s like, and titles in quotes before their writer: «Ваньку» Чехова."""
        after = self._folded.text[end : end + 24]
        if _TALE.match(after) or _TITLE_AFTER.match(after):
            return True
        if is_public(self._folded.shown[max(0, start - 60) : start], self._folded.shown[end : end + 50], surname=False):
            return True
        writer = re.match(r"[»\"”] ([а-я]+)", after)
        shown = self._folded.shown[end + 2 : end + 3]
        return writer is not None and shown.isupper() and writer[1] in public_figures()

    def _weakly(self, start: int) -> bool:
        return _WEAK_CUE.search(self._folded.text[max(0, start - 14) : start]) is not None

    def _named(self, start: int, end: int, text: str) -> bool:
        """Whether what stands around a common word with a capital makes it a name."""
        after = self._folded.text[end : end + 30]
        if self._cue(start) or _HUMAN_VERB.match(after) or _CALLED_NAME.match(after):
            return True
        if text.endswith(("ых", "их")) and (follower := self._neighbour(end, 1)) is not None:
            # «Черных опоздал»: no noun follows that the word could belong to.
            return _MALE_VERB.match(after) is not None or not re.search(
                r"(?:[ыи]х|ов|ев|ей|[^аеёиоуыэюяь])$", follower.text
            )
        return text == "слава" and _MALE_VERB.match(after) is not None

    def _one_of_a_pair(self, start: int, end: int, text: str) -> bool:
        """«Борис и Глеб», «Глеб с Борисом»: saints and heroes of tales."""
        beside = (
            re.match(r" (?:и|с|со) ([а-я]+)", self._folded.text[end : end + 30]),
            re.search(r"([а-я]+) (?:и|с|со) $", self._folded.text[max(0, start - 30) : start]),
        )
        return any(
            found is not None and any(text[:4] == a[:4] and found[1][:4] == b[:4] for a, b in _ordered_pairs())
            for found in beside
        )

    def _with_signature_initial(self, end: int) -> int:
        """«Данияр А.» in a signature: the given name with the first letter of the surname."""
        match = _SIGNATURE_INITIAL.match(self._folded.text, end)
        return match.end() if match and self._folded.shown[match.start(1)].isupper() else end

    def _own(self, initials: str) -> bool:
        read = "".join(LOOK_ALIKES.get(c, c) for c in initials.lower().replace("ё", "е"))
        mine = self._forms.initials
        return read in (mine, mine[:1], self._forms.double_initials) or (len(mine) == 2 and read == mine[::-1])

    def _initials(self, start: int, end: int) -> tuple[int, int, str]:
        """The place widened by initials after or before the surname, and their letters."""
        original = self._folded.original
        left, right = self._folded.back(start, end)
        if (after := _INITIALS_AFTER.match(original, right)) and self._are_initials(after, original[left:right]):
            return start, self._folded_end(after.end()), "".join(filter(None, after.groups()))
        before = _INITIALS_BEFORE.search(original[max(0, left - 8) : left])
        if before and self._are_initials(before, original[left:right]):
            offset = max(0, left - 8) + before.start()
            return self._folded_start(offset), end, "".join(filter(None, before.groups()))
        return start, end, ""

    def _are_initials(self, match: re.Match[str], surname: str) -> bool:
        """Letters with full stops are initials; without them only when they are the person's own and no preposition."""
        letters = "".join(filter(None, match.groups()))
        if len(letters) == 1 and letters in "АВИКОСУЯ" and not surname[0].isupper():
            return False
        return "." in match[0] or self._own(letters)

    def _folded_start(self, original: int) -> int:
        return bisect_left(self._folded.starts, original)

    def _folded_end(self, original: int) -> int:
        return bisect_left(self._folded.starts, original)

    def _neighbour(self, position: int, step: int) -> Word | None:
        """The word before (-1) or after (+1) a place, if nothing but one or two spaces lies between."""
        words = self._folded.words
        if step > 0:
            index = self._index_after(position)
            if index is None:
                return None
            between = self._folded.text[position : words[index].start]
        else:
            index = self._index_before(position)
            if index is None:
                return None
            between = self._folded.text[words[index].end : position]
        return words[index] if between in (" ", "  ", "-") else None

    def _index_after(self, position: int) -> int | None:
        for offset in range(4):
            if (index := self._by_start.get(position + offset)) is not None:
                return index
        return None

    def _index_before(self, position: int) -> int | None:
        for offset in range(4):
            if (index := self._by_end.get(position - offset)) is not None:
                return index
        return None

    def _beside(self, start: int, end: int) -> list[Word]:
        """Capitalised words beside a surname that are names of a person: «Мария Павловна» Иванова."""
        result: list[Word] = []
        for step, edge in ((-1, start), (1, end)):
            position = edge
            run: list[Word] = []
            while len(run) < 2 and (word := self._neighbour(position, step)) is not None:
                if step < 0 and word.capital and len(word.latin) > 2 and word.latin not in _ENGLISH_TITLES:
                    run.append(word)  # «Andrey Zimin», where the author is another Zimin.
                    break
                named = (
                    is_patronymic_like(word.text)
                    or word.text in known_given_names()
                    or self._of_figure(word.text, start, end)
                )
                if not word.capital or not (named or self._forms.nearly_given(word.text)):
                    break
                if word.text in common_words()["given_names"] and self._begins_sentence(word.start):
                    break
                run.append(word)
                position = word.start if step < 0 else word.end
            result.extend(run)
            if run:
                break
        return sorted(result, key=lambda word: word.start)

    def _of_compound(self, start: int, end: int) -> bool:
        """«Салтыков-Щедрин» for an author Салтыков: the other half makes it a well-known person's."""
        own = self._folded.text[start:end]
        for word in (self._neighbour(start, -1), self._neighbour(end, 1)):
            if word is None or "-" not in self._folded.text[min(word.end, end) : max(word.start, start)]:
                continue
            if not self._mine(word) and set(public_figures().get(own, ())) & set(public_figures().get(word.text, ())):
                return True
        return False

    def _of_figure(self, word: str, start: int, end: int) -> bool:
        """Whether `word` is a given name of a well-known bearer of the surname: «Рихард» beside «Вагнер»."""
        bearers = public_figures().get(self._folded.text[start:end], ())
        return any(word[:4] == name[:4] for bearer in bearers for name in bearer.split())

    def _is_figure(self, surname: str, beside: list[Word], initials: str) -> bool:
        """Whether the surname's neighbours make it a well-known person's: «Александр Пушкин», «А. С. Пушкин»."""
        bearers = public_figures().get(surname, ())
        letters = initials.lower()
        for bearer in bearers:
            names = bearer.split()
            if beside and all(any(word.text[:4] == name[:4] for name in names) for word in beside):
                return True
            if letters and all(letter in (name[0] for name in names) for letter in letters):
                return True
        return False

    def _stranger(self, group: list[Candidate]) -> bool:
        """Whether the name stands inside somebody else's full name: «Александр Невский», «Анна Петровна»."""
        after = self._neighbour(group[-1].end, 1)
        if after is not None and after.capital and not self._mine(after):
            if is_patronymic_like(after.text) or is_surname_like(after.text) or after.text in public_figures():
                return True
            if after.latin and group[0].form == "latin":
                return True
        quoted = self._folded.text[group[0].start - 1 : group[0].start] in ("«", '"', "“")
        before = self._neighbour(group[0].start - (2 if quoted else 0), -1) if not quoted else None
        noun = re.search(r"([а-я]+) .$", self._folded.text[: group[0].start][-20:]) if quoted else None
        if noun is not None and noun[1] in _BEFORE_RULERS:
            return True
        if before is not None and before.text in _BEFORE_RULERS:
            return True
        if after is not None and after.capital and is_epithet(after.text):
            return True
        if before is None or not before.capital or self._mine(before):
            return False
        surname = is_surname_like(before.text) or (len(before.text) > 2 and before.text in public_figures())
        given = group[0].part == PATRONYMIC and before.text in known_given_names()
        return surname or given

    def _mine(self, word: Word) -> bool:
        part = self._forms.latin_part(word.latin) if word.latin else self._forms.part(word.text)
        return bool(part) or self._forms.nearly_surname(word.text)

    def _next_to_name(self, word: Word) -> tuple[int, int] | None:
        for step, edge in ((-1, word.start), (1, word.end)):
            neighbour = self._neighbour(edge, step)
            if neighbour is None or not neighbour.capital:
                continue
            part = self._forms.part(neighbour.text)
            if part in (GIVEN, SHORT, PATRONYMIC) or self._forms.nearly_given(neighbour.text):
                return neighbour.start, neighbour.end
        return None

"""What stands around a name, and whether it makes the name somebody else's: neighbours, initials, titles, tales."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from essays.anonymity.folding import LOOK_ALIKES, Folded, Word
from essays.anonymity.name_candidates import Candidate
from essays.anonymity.name_forms import (
    GIVEN,
    PATRONYMIC,
    SHORT,
    NameForms,
    common_words,
    is_patronymic_like,
    is_surname_like,
    known_given_names,
    public_figures,
)
from essays.anonymity.persons.cues import WRITES, is_epithet, is_public
from essays.anonymity.persons.dictionary import is_plain
from essays.anonymity.persons.latin import is_latin_place

_INITIALS_AFTER = re.compile(
    r"[ ,]{0,4}([А-ЯЁA-Z])(?:\.[ -]?|[ ](?=[А-ЯЁA-Z](?:\.|\b))|(?=[А-ЯЁA-Z](?:\.|\b))|\b)(?:([А-ЯЁA-Z])(?:\.|\b))?"
)
_INITIALS_BEFORE = re.compile(r"(?<![\w.])(?<!\d-)([А-ЯЁA-Z])(?:\.[ ]?|[ ]?)(?:([А-ЯЁA-Z])(?:\.[ ]?|[ ]))?$")
_SENTENCE_START = re.compile(r"(?:^|[.!?…\n\t:;])[\s«»\"“”„'(\[–—-]*$")
_REAL_START = re.compile(r"(?:^|[.!?…\n])[\s«»\"“”„'(\[–—-]*$")
_NAME_CUE = re.compile(
    r"\b(?:зовут|звать|зовусь|имя|имени|имене[мн]|фамили\w+|автор\w*|выполнил\w*|ученик\w*|ученица|ученицы"
    r"|студент\w*|участни\w+|подпись"
    r"|фио|ф\. ?и\. ?о\.?)[ ,:\-–—(«»?\"]*$"
    r"|\bподпис(?:ал(?:ся|ась|а)?|ываюсь|ано?|ана)(?: [а-я]+)?[ ]?[:–—-]?[ ][«\"]$"
    r"|\bфамили\w+\??[ –—-]*(?:я )?(?:говорю|отвечаю|сказала?|ответила?)[ ,:\-–—«\"]*$"
)
# These introduce a name only where it has its capital: «это поле» is a field.
_WEAK_CUE = re.compile(r"\b(?:это|я|ваша?|твоя|твой)[ ,:\-–—(«\"]*$")
# «Вера сказала», «Слава пришёл»: what faith and glory do not do.
_HUMAN_VERB = re.compile(
    r"[ ](?:сказал|говорит|говорил|спросил|спрашива|ответил|отвеча|улыбну|улыба|засмея|рассмея|вздохну|кивну|восклик"
    r"|крикну|прошепта|позвони|написал|села\b|сел\b|встал|учится|учил[ас]|родил[ас]|реши[лт]|подума|замети|взял"
    r"|прочита|получил|опоздал|забыл|потерял|купил|сделал|отправил|оплатил|заполнил)"
)
# «Белая — это не цвет, это моя фамилия».
_CALLED_NAME = re.compile(r"(?:[»\"]?[ ]?[—–-]|[»\"]?\?[»\"]?[ ]?[—–-]?)[ ][^.!?\n]{0,45}\b(?:фамили|имя\b|зовут)")
TITLE_AFTER = re.compile(
    r"[»\"”][ ]?[—–-][ ](?:это[ ])?"
    r"(?:пьес|роман|рассказ|повест|стих|поэм|сказк|фильм|мульт|опер|песн|шоколад|конфет|картин|баллад|басн)"
)
_CALLS = re.compile(r"[«\"–—][ ]?(?:[а-я]+[ ]){0,4}[а-я]+, $")
_MALE_VERB = re.compile(
    r"[ ](?:не[ ])?(?!л[её]л)\w+[аиоеяуы]л(?:ся)?\b|[ ](?:при|по|у|вы|за|от|подо|на|в|пере)?ш[её]л\b"
)
_SIGNATURE_INITIAL = re.compile(r"[ ]([а-яёa-z])\.(?:-[а-яё]\.)?(?=\.?[ ]*(?:$|\n|[,;)]))")
_TALE = re.compile(
    r"[-–‑ ](?:пророк|царевич|дурач|муромец|богатыр|королевич|воевод|батюшк|матушк|краса\b|и его команд)"
)
# «– Ключ, ты где?», «Слава, к доске», «Мороз! Иди сюда»: somebody is spoken to.
_SPOKEN_TO = re.compile(
    r"(?:,[ ](?:[а-я]+[ ]){0,3}?(?:ты|тебя|тебе|тобой|твой|твоя|твое|твои|вы|вас|вам|ваш|ваша|к[ ]доске|идите|иди"
    r"|пишите|пиши|давай|смотри|слушай|сюда|выходи|читай|помоги|спасибо|привет|скажи|покажи|молодец|подожди|садись)\b"
    r"|![ ]?[«»\"–—-]?[ ]?(?:$|\n|[а-я]))"
)
# What is named by who made it, or for whom.
_OF_ONES_WORK = re.compile(
    r"\b(?:[Уу]лиц\w{1,2}|[Пп]роспект\w{0,2}|[Пп]амятник\w{0,2}|[Мм]узе\w{1,2}|[Тт]еатр\w{0,2}|имени"
    r"|[Сс]тих\w{0,10}|[Пп]оэм\w{1,3}"
    r"|[Рр]оман(?:а|е|ы|ах)?|[Пп]овест\w{1,3}|[Рр]ассказ(?:а|е|ы|ах)?|[Бб]асн\w{1,3}|[Пп]ьес\w{1,3}"
    r"|[Оо]пер[аеыу]|[Кк]артин\w{1,3}"
    r"|[Сс]казк\w{1,3}|[Тт]ворчеств\w{1,2}|[Пп]оэт\w{0,3}|[Пп]исател\w{1,3}|[Хх]удожник\w{0,2}|[Кк]омпозитор\w{0,2}"
    r"|[Гг]еро\w{1,3}|[Сс]трок\w{1,3}|[Пп]ортрет\w{0,2}|[Зз]акон\w{0,2}|[Тт]аблиц\w{1,2}) $"
    r"|\b(?:министр|президент|хирург)\w{0,2} $"
    r"|\b(?:лейтенант|адмирал|маршал|космонавт|пев(?:е?ц|иц)|акт[её]р|актрис|роман Доктор|доктор[её])\w{0,3} $"
    r"|\b[Кк]ак (?:писал|говорил|сказал|пел|поет|у) $"
)
_ANOTHER = re.compile(
    r"(?:друг(?:ой|ого|ому|ая)|не (?:тот|того|тому|та|ту)|т(?:от|ого|ому) самый|тезк\w|однофам\w+|знаменит\w+"
    r"|настоящ\w+|велик\w+|извест\w+)[ ,–—-]{1,3}$"
)
_CALLED_BEFORE = re.compile(r"(?:зовут|звать|звали|имя)(?: его| ее)?[ :–—-]*$")
_OWN_KIN = re.compile(
    r"\b(?:пап|отец|отц|мам|мать|дед|бабушк|брат|сестр|дяд|тет|прадед|прабабушк|муж|жен|сын|дочь"
    r"|дочк|кузен|сосед|друг|одноклассник)"
)
_SPEECH_BEFORE = re.compile(r"(?:[«\"“–—:-]|^|\n)[ ]?$")
_IS_ME = re.compile(r"[ ](?:[—–-][ ])?(?:это[ ])?(?:я|мы)\b(?![ ](?:и|не|так|бы)\b)|[ ][—–-][ ](?:моя|наша)[ ]фамилия")
_LAST_LINES = 120
"""Characters of the end of a text where a name by itself is a signature."""
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
BEFORE_RULERS = frozenset(
    "имам имама имаму имамом хан хана "
    "князь князя князю князем царь царя царю царем король короля император императора императору святой святая святого "
    "святому княгиня княгини королева королевы дед деда деду дедом деде дедушка дедушки дедушке дедушкой принц принца "
    "принцу принцем принцесса принцессы принцессе принцессу герцог граф графа барон папа апостол апостола преподобный "
    "преподобного пророк пророка патриарх патриарха митрополит митрополита султан рыцарь рыцаря леди царица царицы "
    "царевна царевны царевич цесаревич императрица императрицы богатырь богатыря святитель мученик мученица "
    "великомученик архангел архангела богиня фараон певица певицы певец актриса актер статуя статуи статую"
    " памятник праздник икона икону иконе остров озеро "
    "планета торт торта шоколад шоколада шоколадка кафе магазин салон песня песню песни фильм город города"
    " городе городом".split()
)
_ENGLISH_TITLES = frozenset("mrs miss the dear sir madam teacher dad mum mom father mother and uncle aunt for".split())


@lru_cache(maxsize=1)
def _ordered_pairs() -> tuple[tuple[str, str], ...]:
    return tuple(order for pair in _PAIRS for order in (tuple(pair), tuple(pair)[::-1]))  # type: ignore[misc]


class Surroundings:
    """Questions about the places of `folded`, asked for the person of `forms`."""

    def __init__(self, folded: Folded, forms: NameForms) -> None:
        self._folded = folded
        self._forms = forms
        self._by_start = folded.words_by_start
        self._by_end = folded.words_by_end

    def _own_pair(self, first: str, second: str) -> bool:
        """Whether two letters are the given name's and the surname's or patronymic's, in any order."""
        given, surname = self._forms.initials[:1], self._forms.person.surname[:1].lower().replace("ё", "е")
        pairs = {given + surname, surname + given, self._forms.initials}
        return (first + second).lower().replace("ё", "е") in pairs

    def _begins_sentence(self, start: int, *, after_colon: bool = True) -> bool:
        pattern = _SENTENCE_START if after_colon else _REAL_START
        return pattern.search(self._folded.text[max(0, start - 20) : start]) is not None

    def _cue(self, start: int) -> bool:
        return _NAME_CUE.search(self._folded.text[max(0, start - 40) : start]) is not None or self._weakly(start)

    def _of_a_tale(self, start: int, end: int) -> bool:
        """«Иван-царевич», «Алёша Попович»'s like, and titles in quotes before their writer: «Ваньку» Чехова."""
        after = self._folded.text[end : end + 24]
        if _TALE.match(after) or TITLE_AFTER.match(after):
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
        if self._cue(start) or _HUMAN_VERB.match(after) or _CALLED_NAME.match(after) or _IS_ME.match(after):
            return True
        if self._is_spoken_to(start, end) or self._is_signature(start, end):
            return True
        if text.endswith(("ых", "их")) and (follower := self._neighbour(end, 1)) is not None:
            # «Черных опоздал»: no noun follows that the word could belong to.
            return _MALE_VERB.match(after) is not None or not re.search(
                r"(?:[ыи]х|ов|ев|ей|[^аеёиоуыэюяь])$", follower.text
            )
        return text == "слава" and _MALE_VERB.match(after) is not None

    def _of_kin(self, start: int) -> bool:
        """«Папа мой из Лиона, зовут его …»: whether somebody of one's own has the name that stands at `start`."""
        before = self._folded.text[max(0, start - 90) : start]
        line = re.split(r"[.!?\n]", before)[-1]
        return _CALLED_BEFORE.search(line) is not None and _OWN_KIN.search(line) is not None

    def _is_of_a_writer(self, start: int, end: int) -> bool:
        """«Лермонтов написал «Мцыри»», «стихи Лермонтова»: somebody famous, whatever the author's surname is."""
        shown = self._folded.shown
        before, after = shown[max(0, start - 60) : start], shown[end : end + 60]
        line = before.rpartition("\n")[2]
        return WRITES.match(after) is not None or _OF_ONES_WORK.search(line) is not None

    def _is_another(self, start: int) -> bool:
        """«Другой Андрей Рублёв», «мой знаменитый тёзка …»."""
        return _ANOTHER.search(self._folded.text[max(0, start - 24) : start]) is not None

    def _is_spoken_to(self, start: int, end: int) -> bool:
        text = self._folded.text
        return (
            _SPOKEN_TO.match(text[end : end + 60]) is not None
            and _SPEECH_BEFORE.search(text[max(0, start - 3) : start]) is not None
        )

    def _is_called_on(self, start: int, end: int) -> bool:
        """«Спасибо, маринка, …», «Ну что, ромка?»: what stands in small letters between commas of direct speech."""
        before, after = self._folded.text[max(0, start - 40) : start], self._folded.text[end : end + 1]
        return after in (",", "!", "?") and _CALLS.search(before) is not None

    def _is_signature(self, start: int, end: int) -> bool:
        """Whether the name is a sentence of its own at the end of the text."""
        text = self._folded.text
        if len(text) - end > _LAST_LINES or not re.match(r"[ ]?[.!]?[ ]*(?:\n|$)", text[end : end + 8]):
            return False
        return re.search(r"(?:[.!?…)\n]|[—–])[ ]*$", text[max(0, start - 4) : start]) is not None

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
                # «In Tuva Ondar is like Smith»
                place = bool(word.latin) and is_latin_place(word.latin)
                if (
                    step < 0
                    and word.capital
                    and len(word.latin) > 2
                    and word.latin not in _ENGLISH_TITLES
                    and not place
                ):
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
            last = self._neighbour(after.end, 1)
            if last is not None and last.capital and last.text in public_figures() and not self._mine(last):
                return True  # «Ян Амос Коменский»
        quoted = self._folded.text[group[0].start - 1 : group[0].start] in ("«", '"', "“")
        before = self._neighbour(group[0].start - (2 if quoted else 0), -1) if not quoted else None
        noun = re.search(r"([а-я]+) .$", self._folded.text[: group[0].start][-20:]) if quoted else None
        if noun is not None and noun[1] in BEFORE_RULERS:
            return True
        if before is not None and before.text in BEFORE_RULERS:
            return True
        if after is not None and after.capital and is_epithet(after.text):
            return True
        if before is None or not before.capital or self._mine(before):
            return False
        if self._begins_sentence(before.start) and is_plain(before.text):
            return False  # «Меня Кириллом зовут»: nobody's father Мень.
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

"""Where people are mentioned: what the model sees joined with what the lists of names know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from essays.anonymity.inflection import OF_A_FATHER
from essays.anonymity.name_forms import is_surname_like
from essays.anonymity.persons.cues import is_epithet, is_role
from essays.anonymity.persons.dictionary import is_only_persons, is_plain
from essays.anonymity.persons.evidence import OF_ANOTHER_ALPHABET, ONLY_SURNAME, VERB, evidence
from essays.anonymity.persons.figures import figures
from essays.anonymity.persons.gazetteer import is_place_or_body
from essays.anonymity.persons.lexicon import CALLED, CALLED_IN_LATIN, HONOURS, PLACES, is_no_person
from essays.anonymity.persons.name_parts import is_of_a_father, parts_of, plain_name
from essays.anonymity.persons.setting import Setting
from essays.anonymity.persons.stems import (
    all_given_names,
    given_names,
    is_frequent_surname,
    may_be_patronymic,
    may_be_surname,
    patronymic_stem,
    surname_stem,
    usual_given_names,
)
from essays.anonymity.persons.surnames_beside import stands_before, stands_behind
from essays.anonymity.persons.words import Word

_PARTICLES = frozenset(
    "фон ван де ди да дель дер дос ле ла оглы оглу огли кызы гызы кизи улы уулу улуу ули заде ибн аль эль бин бен "
    "бинт абу".split()
)
_ARTICLE = re.compile(r"(?:аль|эль|ал|ас|аш|ар|ан|ад|ат|о)[-‑'’][А-ЯЁ]\w+")
_LONGEST = 5
# «Бабушкина подруга», «Мамин брат».
_OF_KIN = re.compile(r"(?:мам|пап|бабушк|дедушк|дяд|тет|сестр|мамочк|учительниц|подруг|женщин|девочк)ин\w{0,3}")
# «Басни Крылова», «Герой Тургенева»: what begins the sentence is no given name.
_OF_ART = re.compile(
    r"(?:басн|рассказ|стих|поэм|повест|пьес|комеди|картин|сказк|песн|опер|балет|опыт|закон|теори|книг|геро|творчеств"
    r"|произведен|фильм|симфони|портрет|подвиг|слов)\w{0,4}"
)
_TRADE = re.compile(r"\w+(?:ник|ница|тель|тельница|щик|щица|чик|чица)")
# «Сами аль-Хадж (Sami al-Haj)»: the same name in its own letters.
_IN_LATIN = re.compile(r" ?\([\u3400-\u9fff ·]+\)| ?\((?:[A-Z][\w.'’-]*)(?: (?:[a-z]{2,3}[ -])?[A-Z][\w.'’-]*){0,4}\)?")
# «Народный депутат Украины Мустафа Джемилев»: a country in front of a name is no part of it.
_SECOND_INITIAL = re.compile(r"-[А-ЯЁ]\.")
_COUNTRY = re.compile(
    r"(?:росси|украин|белорусси|беларус|казахстан|грузи|армени|азербайджан|молдав|молдов|латви|литв|эстони|польш|чехи"
    r"|герман|франци|итали|испани|японин?|япони|кита|инди|турци|израил|сири|ирак|иран|америк|европ|австрали|канад"
    r"|руси|москв|алта)\w{0,3}"
)


@dataclass
class Mention:
    """A person's name at `[start, end)` of the folded text, taken apart. Parts that are not there are empty."""

    start: int
    end: int
    surname: str = ""
    given: frozenset[str] = frozenset()
    patronymic: str = ""
    initials: str = ""
    words: tuple[str, ...] = ()
    confidence: float = 0.9
    alone: bool = False
    """A single word that only the model takes for a person."""

    @property
    def given_only(self) -> bool:
        return bool(self.given) and not (self.surname or self.patronymic or self.initials)


def find_mentions(setting: Setting, text: str) -> list[Mention]:
    """All mentions in order, without overlap."""
    words = setting.words
    result: list[Mention] = []
    position, row = 0, 0
    while position < len(words):
        if not words[position].capital or words[position].text in CALLED_IN_LATIN:
            position += 1  # Nothing begins with it; most words of a text are such.
            continue
        if position and is_epithet(words[position].shown) and _is_given(words[position - 1]):
            position += 1  # «Дмитрия Донского»: no surname.
            continue
        run = _run(words, position, text)
        listed = (
            bool(result) and bool(result[-1].surname) and text[result[-1].end : words[position].start] in (", ", " и ")
        )
        called = position > 0 and (setting.titled(position) or setting.introduced(position))
        badge = not run and _initial(words, position + 1, text)
        badge = badge and (setting.nicknamed(position) or _speaks(words, position, text))
        called = called or badge or (not run and setting.told(position))
        if not run and (listed or called) and words[position].capital and _long_enough(words[position], called):
            run = [position]
            if badge:
                run.append(position + 1)
            elif setting.introduced(position):
                run += _rest_of_rare(words, position)
        mention = _mention(setting, run, text, listed=listed, row=row) if run else None
        if mention is None:
            position += 1
            continue
        row = row + 1 if listed else 0
        result.append(mention)
        position = max(position + 1, run[-1] + 1 if run else 0)
    return result


def _rest_of_rare(words: Sequence[Word], first: int) -> list[int]:
    """«Бабушка Оюн Серенмаа»: the words that go on with a name which no list knows, behind a word of kin."""
    rest: list[int] = []
    for index in range(first + 1, min(first + 3, len(words))):
        word, before = words[index], words[index - 1]
        if not word.capital or word.opens or word.start - before.end != 1 or len(word.text) < 3 or word.place_or_body:
            break
        rest.append(index)
    return rest


def _is_given(word: Word) -> bool:
    return word.capital and bool(given_names(word.text))


def _initial(words: Sequence[Word], index: int, text: str) -> bool:
    if index >= len(words):
        return False
    word = words[index]
    return len(word.text) == 1 and word.capital and word.text.isalpha() and text[word.end : word.end + 1] == "."


def _speaks(words: Sequence[Word], index: int, text: str) -> bool:
    """«Патя М.: создай черновик»: who says a line of a chat."""
    return words[index].opens and text[words[index + 1].end : words[index + 1].end + 2] == ".:"


def _nameable(word: Word) -> bool:
    if not word.text[0].isalpha() or not word.capital or len(word.text) < 2:
        return False
    if word.shown.isupper() and len(word.text) < 7 and word.text not in all_given_names():
        return False  # An abbreviation.
    if word.text.endswith(("-то", "-нибудь", "-либо", "-таки")):
        return False
    if is_place_or_body(word.text) and (len(word.text) > 3 or not word.person):
        return False
    if is_role(word.text) or word.text in CALLED or (word.opens and _OF_KIN.fullmatch(word.text)):
        return False  # «Тётя Света»: what she is called, not her name.
    known = bool(given_names(plain_name(word.text))) or may_be_patronymic(word.text) or may_be_surname(word.text)
    known = known or is_only_persons(word.text) or OF_ANOTHER_ALPHABET.search(word.text) is not None
    return word.person or known or ONLY_SURNAME.fullmatch(word.text) is not None


def _continues(word: Word) -> bool:
    """What is no name by itself but may go on with one: «фон», «(Гарри) Поттер»."""
    if word.text in _PARTICLES and (word.tag == "I-PER" or not word.capital):
        return True
    if _ARTICLE.fullmatch(word.shown):
        return True
    return word.text[0].isalpha() and word.capital and surname_stem(word.text) in figures().by_surname


def _is_whole(words: Sequence[Word], run: list[int]) -> bool:
    """«Толстой Л. Н.»: behind a surname's two initials, or one that no given name precedes, a name is over."""
    if len(run) < 2 or len(words[run[-1]].text) > 1 or len(words[run[0]].text) < 2:
        return False
    initials = sum(len(words[index].text) == 1 for index in run)
    return initials > 1


def _is_half(words: Sequence[Word], run: list[int], index: int, text: str) -> bool:
    """Whether an unknown capitalised word is a name for what stands beside it: «О. Ткач», «Цезарь Иваныч»."""
    word = words[index]
    if (
        not word.text[0].isalpha()
        or not word.capital
        or len(word.text) < 3
        or word.shown.isupper()
        or is_role(word.text)
    ):
        return False
    if run and all(len(words[number].text) == 1 for number in run):
        alone = index + 1 >= len(words) or not words[index + 1].capital
        return len(run) > 1 or (alone and not words[run[0]].opens and not word.place_or_body)
    following = words[index + 1] if index + 1 < len(words) else None
    return (
        following is not None
        and following.capital
        and may_be_patronymic(following.text)
        and text[word.end : following.start] == " "
        and is_of_a_father(following.text)
        and (not word.opens or any(word.text == other.text and other.person for other in words))
    )


def _run(words: Sequence[Word], first: int, text: str) -> list[int]:
    """Indexes of neighbouring words that may be one name, from `first` on."""
    run: list[int] = []
    index = first
    while index < len(words) and len(run) < _LONGEST:
        word = words[index]
        if run:
            between = text[words[run[-1]].end : word.start]
            allowed = (" ", "  ", ". ", ".", ".  ") if len(words[run[-1]].text) == 1 else (" ", "  ")
            if between not in allowed:
                break
        if run and _is_whole(words, run):
            break
        if _initial(words, index, text):
            run.append(index)
            index += 2  # The full stop is a token of its own.
            continue
        after_given = bool(run) and word.capital and _is_given(words[run[-1]]) and may_be_surname(word.text)
        joins = stands_behind(words, index, text) if run else stands_before(words, index, text)
        joins = joins or after_given or (run and _continues(word)) or _is_half(words, run, index, text)
        if not _nameable(word) and not joins:
            break
        if run and given_names(words[run[-1]].text) and is_epithet(word.text):
            break
        if run and word.opens and len(words[run[-1]].text) > 1:
            break
        run.append(index)
        index += 1
    while run and len(words[run[-1]].text) > 1 and not words[run[-1]].capital and "-" not in words[run[-1]].text:
        if len(run) > 1 and OF_A_FATHER.fullmatch(words[run[-1]].text):
            break  # «Вагиф Мамед оглы»
        run.pop()
    return run if any(len(words[index].text) > 1 for index in run) else []


def _long_enough(word: Word, called: bool) -> bool:
    return len(word.text) > 2 - called or may_be_surname(word.text)


def _one_more(name: Word, row: int) -> float:
    """Confidence; `row` is how many of a list stand before.

    «… Миронченко, Алов и Гуз»: after a person, a capital behind a comma or «и» is one more.
    """
    stays = is_no_person(name.text) or name.text in PLACES or name.shown.isupper() or name.opens
    return 0.75 if not stays and (name.tag == "O" or row > 1 or is_surname_like(name.text)) else 0


def _mention(setting: Setting, run: list[int], text: str, *, listed: bool = False, row: int = 0) -> Mention | None:
    words = setting.words
    if len(run) == 2 and run[0] and _of_a_writer(words, run):
        run.pop(0)
    while len(run) > 1 and _COUNTRY.fullmatch(words[run[0]].text) and not given_names(words[run[0]].text):
        run.pop(0)
    names = [words[index] for index in run if len(words[index].text) > 1]
    initials = "".join(words[index].text for index in run if len(words[index].text) == 1)
    if names and names[0].opens and len(names) > 1 and not initials:
        first = names[0]
        # «Роман Толстого», «Спасибо Анне»: the first word of a sentence has its capital for another reason.
        plain = not first.person and not given_names(first.text) and not may_be_patronymic(first.text)
        novel = first.text in ("роман", "лев", "слава", "вера") and (
            names[1].text.endswith(("а", "ого", "ой", "ы"))
            or figures().whole(name.text for name in names[1:]) is not None
        )
        plain = plain or _OF_ART.fullmatch(first.text) is not None
        plain = plain or (_TRADE.fullmatch(first.text) is not None and bool(given_names(names[1].text)))
        known = first.person or given_names(first.text) or may_be_surname(first.text)
        plain = plain or (is_plain(first.text) and not known)
        if (plain and not is_frequent_surname(first.text)) or (novel and not first.person):
            run.remove(next(index for index in run if words[index] is first))
            names = names[1:]
    if initials and len(names) > 1 and names[0].opens and is_plain(names[0].text) and VERB.fullmatch(names[0].text):
        run.remove(next(index for index in run if words[index] is names[0]))
        names = names[1:]  # «Подходила Л. Гейнц»
    names = [word._replace(text=plain_name(word.text)) for word in names]
    parts = parts_of(names)
    if initials and len(names) == 1 and is_surname_like(names[0].text):
        parts = (names[0].text, frozenset(), "")  # «Семёнов Г. П.» is no Семён.
    if len(names) == 1 and len(words[run[0]].text) == 1 and not (parts[0] or usual_given_names(names[0].text)):
        parts = (names[0].text, frozenset(), "")  # «Л. Гейнц»
    if initials and parts[2] and not parts[0]:
        parts = (parts[2], parts[1], "")  # «Давидович А. А.»
    confidence = evidence(setting, run, names, parts, initials)
    if not confidence and listed and len(names) == 1 and not initials:
        confidence = _one_more(names[0], row)
    if not confidence:
        return None
    end = words[run[-1]].end
    if len(words[run[-1]].text) == 1:
        end += 1
        if double := _SECOND_INITIAL.match(text, end):
            end = double.end()  # «Настёна К.-Б.»
    beside = words[run[-1] + 1] if run[-1] + 1 < len(words) else None
    if beside is not None and beside.text in HONOURS and beside.start == end + 1:
        end = beside.end  # «Рузиля апа»
    if latin := _IN_LATIN.match(text, end):
        end = latin.end() - latin[0].endswith(")")
    surname, given, patronymic = parts
    return Mention(
        start=words[run[0]].start,
        end=end,
        surname=surname_stem(surname) if surname else "",
        given=given,
        patronymic=patronymic_stem(patronymic) if patronymic else "",
        initials=initials,
        words=tuple(name.text for name in names),
        confidence=confidence,
        alone=len(names) == 1 and not given and not patronymic and not initials,
    )


def _of_a_writer(words: Sequence[Word], run: list[int]) -> bool:
    """«У Жуковского Светлана гадала»: a writer and somebody of whom he writes, not one person."""
    first, second = words[run[0]], words[run[1]]
    return (
        words[run[0] - 1].text == "у"
        and first.text.endswith(("ого", "а", "я"))
        and surname_stem(first.text) in figures().by_surname
        and (second.text in all_given_names() or _is_hero(second.text))
    )


def _is_hero(word: str) -> bool:
    """Whether a folded word alone is a character's name: «У Островского Кабаниха решала»."""
    return any(
        figure.kind.startswith("characters") and len(figure.names) == 1
        for figure in figures().by_any.get(surname_stem(word), ())
    )

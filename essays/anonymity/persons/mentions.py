"""Where people are mentioned: what the model sees joined with what the lists of names know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from essays.anonymity.name_forms import is_surname_like
from essays.anonymity.persons.cues import is_epithet, is_role
from essays.anonymity.persons.figures import figures
from essays.anonymity.persons.stems import (
    given_names,
    is_also_a_word,
    is_frequent_surname,
    may_be_patronymic,
    may_be_surname,
    patronymic_stem,
    surname_stem,
)
from essays.anonymity.persons.words import Word

# Names of services and programs, and words that the model takes for people.
_NO_PEOPLE = frozenset(
    "госуслуги госуслуг госуслугам госуслугами госуслугах сбер сбербанк сбербанка яндекс яндекса яндексе гугл "
    "вконтакте телеграм телеграмм ватсап вайбер госдума дума макс сири алекса маруся интернет портал мфц снилс инн "
    "егэ огэ фгис гибдд мчс фнс пфр мвд нато аллах бог господь господи боже христос родина отчизна отечество земля "
    "солнце луна марс вселенная россия русь москва петербург алтай сибирь кот кошка пес собака барсик мурка мурзик "
    "шарик бобик рекс дружок пушок тузик здравствуйте привет спасибо пожалуйста внимание ура ой ах эх увы итак "
    "однако дорогие уважаемые уважаемый уважаемая".split()
)
_CALLED = frozenset(
    "господин господина господину господином госпожа госпожи госпоже госпожу госпожой мистер миссис мадам".split()
)
_OPENING = frozenset('«"“„№')
_PLACES = frozenset(
    "авин азов берлин бородин гагарин гжев дивеев днестров дублин изборск каин калинин калязин киев кизлов "
    "кириллов киров кишинев королев краков кронин львов могилев пекин псков пушкин ростов рубин рыбинск "
    "саратов серов сочи суздаль тамбов турин углич харьков хвалын чернигов чехов эльгин ярослав".split()
)
# What only a surname looks like: in the middle of a sentence, with a capital, and of no other use to the model.
_ONLY_SURNAME = re.compile(
    r"\w{3,}(?:(?:ов|ев|ин|ын)(?:а|у|ым|ой|ы|ых|ыми)?|енко|[чжш]ко|ышко|чук(?:а|у|ом|е)?|[лдн]юк(?:а|у|ом|е)?"
    r"|(?:ович|евич)(?:а|у|ем|е)?|[ая]нян|янц|швили|дзе|[иы]х)"
)
_ADJECTIVE_SURNAME = re.compile(r"\w{3,}(?:ск|цк)(?:ий|ого|ому|им|ая|ой|ую|ие|их)")
_VERB = re.compile(r"\w+(?:л|ла|ли|ло|ет|ит|ут|ют|ат|ят|лся|лась|лись|тся)")
_PREPOSITIONS_OF_PLACE = frozenset("в во на из г город города городе под до через около".split())
# «Совхозная» is a street more often than a lady.
_ADJECTIVE = re.compile(r"\w+(?:ая|яя|ую|юю|ое|ее|ого|ему|ому|ий|ый)")
_PARTICLES = frozenset("фон ван де ди да дель оглы кызы заде ибн аль".split())
_LONGEST = 5


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


def find_mentions(words: list[Word], text: str) -> list[Mention]:
    """All mentions in order, without overlap."""
    result: list[Mention] = []
    position = 0
    while position < len(words):
        run = _run(words, position, text)
        listed = (
            bool(result) and bool(result[-1].surname) and text[result[-1].end : words[position].start] in (", ", " и ")
        )
        called = position > 0 and words[position - 1].text in _CALLED
        if not run and (listed or called) and words[position].capital and len(words[position].text) > 2 - called:
            run = [position]
        mention = _mention(words, run, listed=listed) if run else None
        if mention is None:
            position += 1
            continue
        result.append(mention)
        position = max(position + 1, run[-1] + 1 if run else 0)
    return result


def _initial(words: list[Word], index: int, text: str) -> bool:
    word = words[index]
    return len(word.text) == 1 and word.capital and word.text.isalpha() and text[word.end : word.end + 1] == "."


def _nameable(word: Word) -> bool:
    if not word.text[0].isalpha() or not word.capital or len(word.text) < 2:
        return False
    if word.shown.isupper() and len(word.text) < 7 and not given_names(word.text):
        return False  # An abbreviation.
    if is_role(word.text):
        return False  # «Тётя Света»: what she is called, not her name.
    known = bool(given_names(word.text)) or may_be_patronymic(word.text) or may_be_surname(word.text)
    return word.person or known or _ONLY_SURNAME.fullmatch(word.text) is not None


def _continues(word: Word) -> bool:
    """What is no name by itself but may go on with one: «фон», «(Гарри) Поттер»."""
    if word.tag == "I-PER" and word.text in _PARTICLES:
        return True
    return word.text[0].isalpha() and word.capital and surname_stem(word.text) in figures().by_surname


def _run(words: list[Word], first: int, text: str) -> list[int]:
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
        if _initial(words, index, text):
            run.append(index)
            index += 2  # The full stop is a token of its own.
            continue
        if not _nameable(word) and not (run and _continues(word)):
            break
        if run and given_names(words[run[-1]].text) and is_epithet(word.text):
            break
        if run and word.opens and len(words[run[-1]].text) > 1:
            break
        run.append(index)
        index += 1
    while run and len(words[run[-1]].text) > 1 and not words[run[-1]].capital:
        run.pop()
    return run if any(len(words[index].text) > 1 for index in run) else []


def _one_more(name: Word) -> float:
    """«… Миронченко, Алов и Гуз»: after a person, a capital behind a comma or «и» is one more."""
    stays = name.text in _NO_PEOPLE or name.text in _PLACES or name.shown.isupper() or name.opens
    return 0.75 if not stays and (name.tag == "O" or is_surname_like(name.text)) else 0


def _mention(words: list[Word], run: list[int], *, listed: bool = False) -> Mention | None:
    names = [words[index] for index in run if len(words[index].text) > 1]
    initials = "".join(words[index].text for index in run if len(words[index].text) == 1)
    if names and names[0].opens and len(names) > 1 and not initials:
        first = names[0]
        # «Роман Толстого», «Спасибо Анне»: the first word of a sentence has its capital for another reason.
        plain = not first.person and not given_names(first.text) and not may_be_patronymic(first.text)
        novel = first.text in ("роман", "лев", "слава", "вера") and names[1].text.endswith(("а", "ого", "ой", "ы"))
        if (plain and not is_frequent_surname(first.text)) or (novel and not first.person):
            run.remove(next(index for index in run if words[index] is first))
            names = names[1:]
    parts = _parts(names)
    if initials and parts[2] and not parts[0]:
        parts = (parts[2], parts[1], "")  # «Давидович А. А.»
    confidence = _evidence(words, run, names, parts, initials)
    if not confidence and listed and len(names) == 1 and not initials:
        confidence = _one_more(names[0])
    if not confidence:
        return None
    end = words[run[-1]].end
    if len(words[run[-1]].text) == 1:
        end += 1
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


def _parts(names: list[Word]) -> tuple[str, frozenset[str], str]:
    """(surname as it stands, full given names, patronymic as it stands)."""
    rest = [name.text for name in names]
    given: frozenset[str] = frozenset()
    patronymic = ""
    choice = [text for text in rest if given_names(text)]
    if choice:
        best = next((text for text in choice if not may_be_surname(text)), choice[0])
        given = given_names(best)
        rest.remove(best)
    for text in rest:
        if may_be_patronymic(text) and _is_surname(text) and not _of_a_father(text):
            break
        if may_be_patronymic(text) and (given or len(names) == 1) and (len(rest) > 1 or not _only_surname(text, names)):
            patronymic = text
            rest.remove(text)
            break
    if not given and len(rest) > 1:
        given = frozenset({surname_stem(rest[0])})
        rest = rest[1:]
    return (rest[-1] if rest else ""), given, patronymic


def _of_a_father(text: str) -> bool:
    """Whether a given name stands behind what looks like a patronymic: «Иванович», not «Ходасевич»."""
    stem = patronymic_stem(text)
    return any(given_names(stem + ending) for ending in ("", "й", "ь", "а", "я", "ий"))


def _is_surname(text: str) -> bool:
    return is_frequent_surname(text) or surname_stem(text) in figures().by_surname


def _only_surname(text: str, names: list[Word]) -> bool:
    """«Абрамович Роман»: a surname in -ович stands before the given name, a patronymic after it."""
    return len(names) == 2 and names[0].text == text and not names[0].opens


def _evidence(
    words: list[Word], run: list[int], names: list[Word], parts: tuple[str, frozenset[str], str], initials: str
) -> float:
    """How sure it is that the words are a person's name; 0 for no."""
    surname, given, patronymic = parts
    seen = any(name.person for name in names)
    elsewhere = all(name.place_or_body for name in names)
    before = words[run[0] - 1].text if run[0] else ""
    if all(name.text in _NO_PEOPLE for name in names):
        return 0
    if before in _CALLED:
        return 0.85
    known = bool(given) and any(given_names(name.text) for name in names)
    if initials:
        if not surname or initials.isascii() != surname.isascii():
            return 0  # «P. S. Девочка …»
        likely = may_be_surname(surname) or len(initials) > 1
        return 0.92 if likely and not (elsewhere and not may_be_surname(surname)) else 0
    if known and (patronymic or (surname and may_be_surname(surname))):
        return 0 if elsewhere and not patronymic and before in _PREPOSITIONS_OF_PLACE else 0.93
    if len(names) > 1:
        return 0.86 if seen else 0
    name = names[0]
    if known:
        return _given_alone(name, before)
    if patronymic:
        return 0.85 if seen or not name.opens else 0
    return _surname_alone(words, run, name, before)


def _surname_alone(words: list[Word], run: list[int], name: Word, before: str) -> float:
    if before in _PREPOSITIONS_OF_PLACE:
        return 0  # «до Чарышского», «на Лысуху»
    frequent = is_frequent_surname(name.text)
    adjective = _ADJECTIVE.fullmatch(name.text) is not None
    if name.person and (frequent or (may_be_surname(name.text) and not adjective)):
        return 0.85 if not name.opens or (frequent and is_surname_like(name.text) and not adjective) else 0
    if name.person and not adjective:
        return 0.7 if len(name.text) > 2 and not name.shown.isupper() and not name.opens else 0
    if name.opens or before in _OPENING or name.text in _PLACES:
        return 0
    # «Невский проспект» is no person, «Избицкая пришла» is.
    following = words[run[-1] + 1] if run[-1] + 1 < len(words) else None
    ends = following is None or not following.text[0].isalpha() or _VERB.fullmatch(following.text) is not None
    if name.tag == "O" or name.person:
        if _ONLY_SURNAME.fullmatch(name.text):
            return 0.8
        return 0.8 if ends and _ADJECTIVE_SURNAME.fullmatch(name.text) else 0
    # The model takes a rare surname for a place; among people it is one of them.
    among = before in (",", "и") and run[0] > 1 and words[run[0] - 2].person
    among = among or (following is not None and _VERB.fullmatch(following.text) is not None)
    return 0.8 if among and _ONLY_SURNAME.fullmatch(name.text) else 0


def _given_alone(name: Word, before: str) -> float:
    common = is_also_a_word(name.text)
    if name.person:
        return 0.85 if not (common and name.opens) else 0.75
    if name.place_or_body and before in _PREPOSITIONS_OF_PLACE:
        return 0
    if common:
        return 0
    return 0.85


def spread(words: list[Word], known: list[Mention]) -> Iterator[Mention]:
    """Words that repeat a surname or given name found elsewhere in the text, where they were not seen."""
    surnames = {m.surname for m in known if len(m.surname) > 3}
    given = frozenset(name for m in known if not m.alone for name in m.given)
    patronymics = {m.patronymic for m in known if m.patronymic}
    taken = sorted((m.start, m.end) for m in known)
    place = 0
    for word in words:
        while place < len(taken) and taken[place][1] <= word.start:
            place += 1
        if place < len(taken) and taken[place][0] < word.end:
            continue
        if not word.capital or len(word.text) < 3 or word.text in _NO_PEOPLE:
            continue
        common = is_also_a_word(word.text)
        known_surname = surname_stem(word.text) in surnames and not word.place_or_body
        if known_surname and (not word.opens or is_surname_like(word.text)):
            yield Mention(word.start, word.end, surname=surname_stem(word.text), words=(word.text,), confidence=0.85)
        elif given_names(word.text) & given and not common and not word.place_or_body:
            yield Mention(word.start, word.end, given=given_names(word.text), words=(word.text,), confidence=0.85)
        elif may_be_patronymic(word.text) and patronymic_stem(word.text) in patronymics:
            yield Mention(
                word.start, word.end, patronymic=patronymic_stem(word.text), words=(word.text,), confidence=0.85
            )

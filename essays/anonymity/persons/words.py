"""The words of a text with the case they would have in plain prose, and what the model says of each.

The model reads case: in lower case or in capitals it sees almost nobody. So the case is restored first, line by line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from essays.anonymity.folding import Folded
from essays.anonymity.name_forms import is_surname_like
from essays.anonymity.persons.cues import introduces
from essays.anonymity.persons.dictionary import NOUN, OTHER, is_deed_too, is_only_persons, is_plain, is_unknown, kinds
from essays.anonymity.persons.figures import figures
from essays.anonymity.persons.in_latin import read_latin
from essays.anonymity.persons.lexicon import HONOURS
from essays.anonymity.persons.stems import (
    given_names,
    is_also_a_word,
    is_frequent_surname,
    is_nominative,
    may_be_patronymic,
    may_be_surname,
    surname_count,
    surname_stem,
    usual_given_names,
)
from essays.anonymity.weights import recognizer

# «О'Нил», «д'Артаньян» are one word.
_TOKEN = re.compile(r"(?:[ОДодДЛл][’'](?=[А-ЯЁ]))?[^\W\d_]+(?:[-‑][^\W\d_]+)*|\d+|[^\w\s]|_")
_ENDS = frozenset(".!?…:;•")
_QUOTES = frozenset("«»\"“”„'([–—-")
_LEAST_WORDS = 30
_SHORT = frozenset("те тд тп тк ио рф нэ дн".split())
_PLAIN = re.compile(r"\w+(?:л|ла|ли|ло|ет|ит|ут|ют|ат|ят|ся|сь|ть|ый|ий|ая|ого|ому)")
# No Russian verb has such vowels: «брат чыргалоол».
_FOREIGN = re.compile(r"аа|оо|уу|ээ|ыы|оол$|дьы|ньу")
_CALLED = frozenset("зовут звали зову".split())
# «Бабушка рада» is glad, «тётя рада» is Рада.
_KIN = frozenset("бабушка дедушка мама папа сестра брат подруга учительница соседка дочка дочь внучка мать".split())
_STOPS = frozenset(".!?")
_OFFICES = frozenset("раис раиса раису раисом акын султан ".split())
_PREDICATES = frozenset("рада дана дали права воля тая".split())


class Word(NamedTuple):
    """A token at `[start, end)` of the folded text.

    `text` is folded, `shown` has the restored case and `capital` tells whether it begins with one, `tag` is the
    model's, `opens` says that it begins a sentence.
    """

    text: str
    shown: str
    start: int
    end: int
    tag: str
    opens: bool
    capital: bool

    @property
    def person(self) -> bool:
        return self.tag.endswith("PER")

    @property
    def place_or_body(self) -> bool:
        return self.tag.endswith(("LOC", "ORG"))


def read_words(folded: Folded) -> list[Word]:
    """All tokens in order."""
    text = folded.shown
    tokens = read_latin(text, [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)])
    shown = _restored(text, tokens)
    opens = _openings(text, tokens)
    tags = _tags(shown, opens)
    return [
        Word(token.lower(), case, start, end, tag, opening, case[0].isupper())
        for (token, start, end), case, tag, opening in zip(tokens, shown, tags, opens, strict=True)
    ]


def _openings(text: str, tokens: list[tuple[str, int, int]]) -> list[bool]:
    """Which tokens begin a sentence, a line, a cell or direct speech."""
    result = []
    fresh, last = True, 0
    for token, start, end in tokens:
        fresh = fresh or (start - last > 0 and text[last:start].strip(" ") != "")
        result.append(fresh)
        if token in _ENDS:
            fresh = True
        elif token not in _QUOTES:
            fresh = False
        last = end
    return result


def _tags(shown: Sequence[str], opens: Sequence[bool]) -> list[str]:
    """The model's tags. Sentences without a capital inside and without a known name at their head hold no people."""
    tags = ["O"] * len(shown)
    wanted: list[int] = []
    first = 0
    while first < len(shown):
        last = first + 1
        while last < len(shown) and not (opens[last] and not opens[last - 1]):
            last += 1
        if any(_may_be_name(shown[index], opens[index]) for index in range(first, last)):
            wanted.extend(range(first, last))
        first = last
    if wanted:
        for index, tag in zip(wanted, recognizer().tags([shown[index] for index in wanted]), strict=True):
            tags[index] = tag
    return tags


def _may_be_name(word: str, opens: bool) -> bool:
    if not word[0].isupper():
        return False
    lowered = word.lower()
    return not opens or bool(given_names(lowered)) or may_be_patronymic(lowered) or may_be_surname(lowered)


def is_without_capitals(words: Sequence[Word], text: str) -> bool:
    """Whether a text of some length is written without capitals; `words` are its tokens, all in order."""
    letters = [text[word.start] for word in words if word.shown[0].isalpha()]
    return _without_capitals(len(letters), sum(map(str.isupper, letters)))


def _without_capitals(words: int, capitals: int) -> bool:
    return words >= _LEAST_WORDS and capitals * 50 < words


def _restored(text: str, tokens: list[tuple[str, int, int]]) -> list[str]:
    """The tokens with the case of plain prose."""
    words = [token for token, _start, _end in tokens if token[0].isalpha()]
    all_lower = _without_capitals(len(words), sum(word[0].isupper() for word in words))
    result: list[str] = []
    first = 0
    while first < len(tokens):
        last = first
        while last + 1 < len(tokens) and "\n" not in text[tokens[last][2] : tokens[last + 1][1]]:
            last += 1
        line = [token for token, _start, _end in tokens[first : last + 1]]
        result += _restored_line(line, all_lower)
        first = last + 1
    return result


def _restored_line(line: list[str], all_lower: bool) -> list[str]:
    long_words = [word for word in line if len(word) > 1 and word[0].isalpha()]
    shouted = sum(word.isupper() for word in long_words)
    if shouted and shouted >= 0.7 * len(long_words) and (shouted > 1 or len(long_words[0]) > 4):
        lowered = [word.lower() if len(word) > 1 else word for word in line]
        return [_cased(lowered, index, shouting=True) for index in range(len(line))]
    if all_lower or (len(long_words) > 3 and not any(word[0].isupper() for word in long_words)):
        lowered = [word.lower() for word in line]
        return _with_rare(lowered, [_cased(lowered, index, shouting=False) for index in range(len(line))])
    line = _with_small(line)
    if not shouted:
        return line
    # One shouted word in a plain line: a name that stands out, or an abbreviation, which stays.
    return [word.capitalize() if len(word) > 3 and word.isupper() and _is_name(word.lower()) else word for word in line]


def _with_rare(line: list[str], cased: list[str]) -> list[str]:
    """«тётя сайзана», «бабушка оюн серенмаа»: words behind one of kin that no vocabulary knows are names too."""
    for index, word in enumerate(line):
        if index == 0 or len(word) < 4 or cased[index] != word or not word.replace("-", "").isalpha():
            continue
        if _PLAIN.fullmatch(word) and not _FOREIGN.search(word):
            continue
        called = line[index - 1] in _CALLED or (index + 1 < len(line) and line[index + 1] in HONOURS - {"ага"})
        behind = (
            called
            or introduces(line[index - 1])
            or (index > 1 and introduces(line[index - 2]) and cased[index - 1].istitle())
        )
        behind = behind or (line[index + 1 : index + 2] == ["с"] and line[index + 3 : index + 4] == ["парты"])
        if behind and is_unknown(word):
            cased[index] = _title(word)
    return cased


def _with_small(line: list[str]) -> list[str]:
    """A line that has capitals where they belong, with names in small letters that nothing else can be.

    «Мой друг давид кантемиров», «помочь артёму», «нашу бабушку алсу фаритовну», «дядя захар».
    """
    cased = line
    for index, word in enumerate(line):
        if len(word) < 3 or not word[0].islower() or not _is_small_name(line, index):
            continue
        cased = list(line) if cased is line else cased
        cased[index] = _title(word)
        following = line[index + 1 : index + 2]
        if following and following[0].islower() and _is_second(following[0]):
            cased[index + 1] = _title(following[0])
    return cased


def _is_small_name(line: list[str], index: int) -> bool:
    word = line[index].replace("ё", "е")
    before = line[index - 1].lower() if index else ""
    if usual_given_names(word):
        following = line[index + 1].lower() if index + 1 < len(line) else ""
        if may_be_patronymic(following) and is_only_persons(following):
            return True
        if before in _STOPS and is_nominative(word) and len(word) > 3:
            return True
        if len(word) < 4 or kinds(word) & (NOUN | OTHER):
            return False
        return word not in _OFFICES
    return introduces(before) and len(word) > 3 and is_unknown(word) and bool(given_names(word))


def _is_second(word: str) -> bool:
    """Whether a word behind a given name in small letters goes on with it."""
    word = word.replace("ё", "е")
    known = (
        is_only_persons(word) or is_unknown(word) or surname_count(surname_stem(word)) > 50
    )  # «фёдор королёв», «илья черных»
    return (may_be_patronymic(word) or may_be_surname(word)) and known


def _is_name(word: str) -> bool:
    return (bool(given_names(word)) and not is_also_a_word(word)) or may_be_patronymic(word) or is_only_persons(word)


def _cased(line: list[str], index: int, *, shouting: bool) -> str:
    word = line[index]
    if not word[0].isalpha():
        return word
    if len(word) < 2:
        named = index > 0 and line[index + 1 : index + 2] == ["."] and bool(given_names(line[index - 1]))  # «веня щ.»
        return word.upper() if named or _is_initial(line, index) else word
    beside = [line[other] for other in (index - 1, index + 1) if 0 <= other < len(line)]
    if _is_name(word) or (index + 1 < len(line) and may_be_patronymic(line[index + 1]) and not _is_plain(word)):
        return _title(word)
    if given_names(word):
        known = any(may_be_patronymic(other) or may_be_surname(other) for other in beside)
        if known or (index and introduces(line[index - 1]) and not (word in _PREDICATES and line[index - 1] in _KIN)):
            return _title(word)
    if line[max(0, index - 2) : index] == ["замуж", "за"] and given_names(word):
        return _title(word)
    if index and line[index - 1] in _CALLED and may_be_surname(word) and not _is_plain(word):
        return _title(word)
    named = any(_is_name(other) or (given_names(other) and may_be_surname(word)) for other in beside)
    initials = any(
        len(line[other]) == 1 and line[other].isalpha() and (shouting or _is_initial(line, other))
        for other in _near(index, len(line))
    )
    surname = may_be_surname(word) and not _is_plain(word)
    famous = named and len(word) > 2 and surname_stem(word) in figures().by_surname
    famous = famous and not (_PLAIN.fullmatch(word) and is_deed_too(word))  # «кум петя пил»
    if (named or initials) and (surname or famous):
        return _title(word)
    if is_frequent_surname(word) and is_surname_like(word) and len(word) > 4:
        return _title(word)
    return _title(word) if index == 0 else word


def _is_plain(word: str) -> bool:
    """What stands before a father's name and is no given name: «и Петрович», «сказал Ильич»."""
    if len(word) < 3 or is_also_a_word(word) or introduces(word) or _PLAIN.fullmatch(word):
        return True
    return is_plain(word) and not is_frequent_surname(word)


def _is_initial(line: list[str], index: int) -> bool:
    """Whether a small letter is somebody's initial: two of them, or one beside what only a surname looks like."""
    if not line[index].isalpha() or line[index + 1 : index + 2] != ["."]:
        return False
    for first in (index - 2, index):
        pair = line[max(first, 0) : first + 4]
        if first >= 0 and len(pair) == 4 and [pair[1], pair[3]] == [".", "."] and len(pair[0]) == len(pair[2]) == 1:
            near = [line[other] for other in (first - 1, first + 4) if 0 <= other < len(line)]
            if pair[0] + pair[2] not in _SHORT and any(len(word) > 3 and may_be_surname(word) for word in near):
                return True
    near = [line[other] for other in (index - 1, index + 2) if 0 <= other < len(line)]
    return line[index] not in "гсдпувкинтм" and any(len(word) > 4 and is_surname_like(word) for word in near)


def _near(index: int, length: int) -> list[int]:
    return [other for other in (index - 4, index - 2, index - 1, index + 1, index + 2) if 0 <= other < length]


def _title(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))

"""An independent check: can the author be found in what a judge could receive?

It shares data, but on purpose no matcher with the redaction. Everything is brought to a skeleton, in which Cyrillic,
its transliterations and look-alikes fall together and vowels at the end do not count, and the skeletons of what
is known about the author are looked for in it. It prefers a false alarm, which a person clears, to silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

from essays.anonymity.identity import Identity, Person
from essays.anonymity.name_forms import common_words, short_names


@dataclass(frozen=True, slots=True)
class Leak:
    """Something found: `kind` says what, `found` is the text, `[start, end)` its place in the searched text.

    The searched text of HTML is its text content with attribute values after it.
    """

    kind: str
    found: str
    start: int
    end: int


_SKELETON = {
    **dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziiklmnoprstufhie", strict=True)),
    "ё": "e",
    "ж": "j",
    "ц": "c",
    "ч": "4",
    "ш": "w",
    "щ": "w",
    "ъ": "",
    "ь": "",
    "ю": "u",
    "я": "a",
    "і": "i",
    "ѕ": "s",
}
_DIGRAPHS = (
    *(
        ("shch", "w"),
        ("sch", "w"),
        ("sh", "w"),
        ("tch", "4"),
        ("ch", "4"),
        ("zh", "j"),
        ("kh", "h"),
        ("ts", "c"),
        ("tz", "c"),
    ),
    *(
        ("yu", "u"),
        ("ju", "u"),
        ("iu", "u"),
        ("ya", "a"),
        ("ja", "a"),
        ("ia", "a"),
        ("ye", "e"),
        ("je", "e"),
        ("yo", "e"),
        ("jo", "e"),
    ),
    *(("ph", "f"), ("x", "ks"), ("w", "v"), ("y", "i"), ("q", "k")),
)
_LOOKS = str.maketrans("abcehkmoptxyuABCEHKMOPTXYαορτκε", "авсенкмортхуиАВСЕНКМОРТХУаортке")
_WORD = re.compile(r"[^\W_]+")
_SCHOOL = re.compile(
    r"школ|сош|гимназ|лице[йяюе]|колледж|техникум|училищ|университет|институт|академи|бюджетн|[мг][бак]?оу\b",
    re.IGNORECASE,
)
_GENERIC = frozenset(
    "user users admin administrator owner home student pupil teacher author microsoft office word "
    "libreoffice python docx пользователь админ администратор ученик ученица учитель студент автор дом "
    "компьютер работа эссе сочинение конкурс документ windows lenovo asus acer samsung normal template "
    "госуслуги unknown none мама папа класс школа россия барнаул".split()
)
_GIVEN_WORDS = frozenset(
    "вера надежда любовь роман лев слава майя роза лилия марк мира мила света злата ева ян рада влада".split()
)


def find_leaks(text_or_html: str, identity: Identity, metadata_strings: Iterable[str] = ()) -> list[Leak]:
    """Everything in a text or HTML that points to the author; an empty list means clean.

    `metadata_strings` are the strings of the original file's metadata.
    """
    plain = _plain(text_or_html)
    leaks = _search(plain, identity, metadata_strings)
    if not leaks and plain != text_or_html:
        # What a parser of HTML passes over («<a Иванова>», an unfinished tag) is looked at as it stands.
        leaks = _search(text_or_html, identity, metadata_strings)
    unique = {(leak.start, leak.end, leak.kind): leak for leak in leaks}
    return sorted(unique.values(), key=lambda leak: (leak.start, leak.end, leak.kind))


def _search(text: str, identity: Identity, metadata_strings: Iterable[str]) -> list[Leak]:
    attack = _Attack(text)
    leaks = [
        *attack.person(identity.author, "author"),
        *attack.contacts(identity),
        *attack.institution(identity),
        *attack.metadata(metadata_strings),
    ]
    for person, kind in ((identity.mentor, "mentor"), (identity.guardian, "guardian")):
        if person is not None and person.surname:
            leaks.extend(attack.surname(person.surname, kind))
    return leaks


class _Content(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.values: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.values.extend(value for name, value in attrs if value and name not in ("class", "role"))
        if tag in ("p", "li", "br", "tr", "td", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"):
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.values.append(data)


def _plain(source: str) -> str:
    if not re.search(r"</?[a-zA-Z][^<>]*>", source):
        return source
    content = _Content()
    content.feed(source)
    content.close()
    return "".join(content.text) + "\n" + "\n".join(content.values)


@lru_cache(maxsize=32768)
def _skeleton(word: str) -> str:
    lowered = unicodedata.normalize("NFKC", word).lower()
    if any("а" <= c <= "я" or c == "ё" for c in lowered):
        lowered = lowered.translate(_LOOKS)
    else:
        for digraph, letter in _DIGRAPHS:
            lowered = lowered.replace(digraph, letter)
    letters = "".join(_SKELETON.get(c, c) for c in lowered if c.isalnum())
    # Double letters count once: Анна, Ana.
    return re.sub(r"(.)\1+", r"\1", letters)


def _visible(text: str) -> tuple[str, list[int]]:
    """The text without invisible and combining characters, with the place of each character."""
    characters: list[str] = []
    places: list[int] = []
    for index, character in enumerate(text):
        if character in "\u0306\u0308" or unicodedata.category(character) in ("Cf", "Mn", "Co", "Cn"):
            if character == "\u0306" and characters and characters[-1] in "иИ":
                characters[-1] = "й" if characters[-1] == "и" else "Й"
            continue
        characters.append(character)
        places.append(index)
    return "".join(characters), places


class _Attack:
    def __init__(self, text: str) -> None:
        self._original = text
        self._text, self._places = _visible(text)
        self._words = [
            (match[0], _skeleton(match[0]), match.start(), match.end()) for match in _WORD.finditer(self._text)
        ]
        self._lower = self._text.lower().replace("ё", "е")

    def _leak(self, kind: str, start: int, end: int) -> Leak:
        left, right = self._places[start], self._places[end - 1] + 1
        return Leak(kind, self._original[left:right], left, right)

    def person(self, person: Person, kind: str) -> Iterator[Leak]:
        yield from self.surname(person.surname, kind, person.given_name)
        stem, middle = _stem(_skeleton(person.given_name)), _stem(_skeleton(person.patronymic))
        whole_given = _skeleton(person.given_name)
        shorts = {
            _stem(_skeleton(name))
            for name in short_names().get(person.given_name.lower().replace("ё", "е"), ())
            if len(name) > 3 and name not in common_words()["given_names"]
        }
        for index, (word, skeleton, start, end) in enumerate(self._words):
            if word.lower() in _NOT_NAMES or len(word) < 2:
                continue
            if skeleton != whole_given and not _is_form(skeleton, stem, 3):
                if word[0].isupper() and self._alone(index) and any(_is_form(skeleton, s, 2) for s in shorts):
                    yield self._leak(f"{kind}: diminutive", start, end)
                continue
            after = self._words[index + 1] if index + 1 < len(self._words) else None
            if middle and after is not None and len(middle) > 3 and _is_form(after[1], middle, 3):
                yield self._leak(f"{kind}: given name and patronymic", start, after[3])
            elif word[0].isupper() and self._alone(index) and person.given_name.lower() not in _GIVEN_WORDS:
                yield self._leak(f"{kind}: given name", start, end)

    def surname(self, surname: str, kind: str, given_name: str = "") -> Iterator[Leak]:
        given = _stem(_skeleton(given_name))
        for part in re.findall(r"[^\W\d_]+", surname):
            skeleton = _skeleton(part)
            stem = _stem(skeleton)
            if len(stem) < 3:
                # Ким, Ли, Цой: only as they stand, with a capital.
                for word, other, start, end in self._words:
                    if other == skeleton and word[0].isupper() and len(word) > 1:
                        yield self._leak(f"{kind}: surname", start, end)
                continue
            short = len(stem) < 5
            for word, other, start, end in self._words:
                if (other == skeleton or _is_form(other, stem, 2 if short else 4)) and (word[0].isupper() or not short):
                    yield self._leak(f"{kind}: surname", start, end)
                elif len(stem) >= 5 and stem in other and _is_glued(word, other.replace(stem, "", 1), given):
                    yield self._leak(f"{kind}: surname inside a word", start, end)
            if len(skeleton) >= 5:
                yield from self._squeezed(skeleton, stem, kind)

    def _squeezed(self, skeleton: str, stem: str, kind: str) -> Iterator[Leak]:
        """The surname over several words: spaced letters, broken lines. Its first piece must begin it."""
        for index, (word, first, start, _end) in enumerate(self._words):
            if not first or len(first) >= len(stem) or not skeleton.startswith(first):
                continue
            joined = first
            for _word, other, begin, end in self._words[index + 1 : index + len(skeleton) + 2]:
                if begin - start > 4 * len(skeleton) + 4 or re.search(r"[.!?;:,]\s", self._text[start:begin]):
                    break
                joined += other
                whole = (
                    word[0].isupper()
                    or "\n" in self._text[start:end]
                    or "-" in self._text[start:end]
                    or len(first) == 1
                )
                if (whole and joined == skeleton) or (
                    len(stem) > 5 and word[0].isupper() and _is_form(joined, stem, 3)
                ):
                    yield self._leak(f"{kind}: surname in pieces", start, end)
                    break
                if not skeleton.startswith(joined) and not joined.startswith(stem):
                    break

    def _alone(self, index: int) -> bool:
        """No capitalised neighbour: otherwise the name may be part of somebody else's."""
        start, end = self._words[index][2:]
        for other, step in ((index - 1, -1), (index + 1, 1)):
            if 0 <= other < len(self._words):
                word, _other, left, right = self._words[other]
                between = self._text[right:start] if step < 0 else self._text[end:left]
                if between in (" ", "\u00a0", ". ", ".") and word[0].isupper() and self._inside(other):
                    return False
        return True

    def _inside(self, index: int) -> bool:
        """Whether a word stands inside a sentence, where a capital means a name."""
        start = self._words[index][2]
        before = self._text[max(0, start - 3) : start].strip()
        return (bool(before) and before[-1] not in ".!?…»") or len(self._words[index][0]) == 1

    def contacts(self, identity: Identity) -> Iterator[Leak]:
        login, _, domain = identity.email.lower().partition("@")
        if login and domain:
            for needle, kind in ((f"{login}@{domain}", "e-mail"), (login if len(login) >= 6 else "", "mailbox")):
                yield from self._find(needle, kind)
        digits = re.sub(r"\D", "", identity.phone)[-10:]
        if len(digits) >= 6:
            for match in re.finditer(r"\D{0,3}".join(digits[-10:]), self._text):
                yield self._leak("phone", match.start(), match.end())
        if identity.birth_date:
            day = identity.birth_date
            for needle in (
                f"{day:%d.%m.%Y}",
                f"{day.day}.{day.month}.{day.year}",
                f"{day:%Y-%m-%d}",
                f"{day:%d/%m/%Y}",
                f"{day:%d.%m.%y}",
            ):
                yield from self._find(needle, "date of birth")

    def institution(self, identity: Identity) -> Iterator[Leak]:
        institution = identity.institution
        if institution is None:
            return
        for name in (institution.name, institution.short_name):
            words = re.findall(r"\w+", name.lower().replace("ё", "е"))
            if len(words) > 1 and len("".join(words)) > 5:
                pattern = r"(?<!\w)" + r"\W{0,4}".join(map(re.escape, words)) + r"(?!\w)"
                for match in re.finditer(pattern, self._lower):
                    yield self._leak("institution", match.start(), match.end())
        short = institution.short_name
        if short and not re.search(r"\s", short) and sum(map(str.isupper, short)) > 1:
            for match in re.finditer(rf"(?<!\w){re.escape(short)}(?!\w)", self._text):
                yield self._leak("institution", match.start(), match.end())
        for number in set(re.findall(r"\d+", institution.name)):
            for match in re.finditer(
                rf"№\s?{number}(?!\d)|(?<!\d){number}(?:-?\w{{1,2}})?\s(?=школ|гимназ|лице)", self._lower
            ):
                if _SCHOOL.search(self._lower[max(0, match.start() - 40) : match.end() + 20]):
                    yield self._leak("institution: number", match.start(), match.end())

    def metadata(self, strings: Iterable[str]) -> Iterator[Leak]:
        for string in strings:
            words = re.findall(r"\w+", string.lower().replace("ё", "е"))
            telling = [word for word in words if len(word) > 2 and word not in _GENERIC]
            if not telling or len(" ".join(words)) < 5 or len(words) > 12:
                continue
            if len(words) == 1 and words[0].islower() and string == string.lower():
                continue  # A single common word in small letters names nobody.
            pattern = r"(?<!\w)" + r"\W{1,4}".join(map(re.escape, words)) + r"(?!\w)"
            for match in re.finditer(pattern, self._lower):
                yield self._leak("metadata", match.start(), match.end())

    def _find(self, needle: str, kind: str) -> Iterator[Leak]:
        start = self._lower.find(needle) if needle else -1
        while start >= 0:
            yield self._leak(kind, start, start + len(needle))
            start = self._lower.find(needle, start + 1)


def _stem(skeleton: str) -> str:
    """The skeleton without its ending: what all forms have in common."""
    cut = re.sub(r"(?:skai|skii|skoi|skaia)$", "sk", skeleton)
    cut = re.sub(r"(?:aia|ii|oi|ai|ei)$", "", cut) if cut == skeleton else cut
    cut = re.sub(r"[aeiou]+$", "", cut)
    return cut if len(cut) >= 2 else skeleton


# What may follow a stem in any case, in skeleton letters; «-ович» and «-овна» may not: Петров is not Петрович.
_ENDING = re.compile(r"(?:(?:[aeiu][aeiou]{0,2}|o[ieu][aeiou]?)?|[aeiou]?(?:m|mi|h|g|gi|go|mu|v|s))")
_NOT_NAMES = frozenset(
    "или они она оно иль ели ела им аня ну но на не ни да до так те то та эти эта это этот ты мы вы все всё".split()
) - {"аня"}


def _is_glued(word: str, rest: str, given: str) -> bool:
    """Whether a word that contains a surname's stem is a login or names written together, and not «Петровка»."""
    mixed = not all("а" <= c <= "я" or c == "ё" for c in word.lower())
    return mixed or (not word.isupper() and word[1:] != word[1:].lower()) or (len(given) > 1 and given in rest)


def _is_form(skeleton: str, stem: str, ending: int) -> bool:
    rest = skeleton[len(stem) :]
    return bool(stem) and skeleton.startswith(stem) and len(rest) <= ending and _ENDING.fullmatch(rest) is not None

"""All spellings by which one person may be named in a text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from essays.anonymity.folding import as_cyrillic, fold
from essays.anonymity.identity import Person
from essays.anonymity.inflection import (
    SurnameIndex,
    clipped_shorts,
    given_name_forms,
    made_up_shorts,
    patronymic_forms,
    surname_forms,
)
from essays.anonymity.transliteration import CLUSTERS, compiled, is_one_of, to_cyrillic
from essays.anonymity.well_known import well_known

DATA = Path(__file__).with_name("data")
SURNAME, GIVEN, SHORT, PATRONYMIC = "surname", "given name", "short name", "patronymic"

_PATRONYMIC_LIKE = re.compile(
    r"\w{2,30}?(?:[оеё]вич|[оеё]вн|ичн|иничн|ыч|[ьеа]ич|мич|тич|кич)(?:а|у|ем|ом|е|ы|ой|ою|и|ей)?"
)
_SURNAME_LIKE = re.compile(
    r"\w{2,30}?(?:(?:ов|ев|ин|ын)(?:а|у|ым|ом|е|ой|ою|ы|ых)?|(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ой)"
    r"|енко|ук|юк|чук|дзе|швили|[аеую]нян|ян|яна|яну|ых|их|[^аеиоу](?:ой|ый|ий|ая|ого|ому|ую)|ович|евич)"
)
# Words with a surname's ending that begin a sentence more often than a surname does.
_NO_SURNAMES = frozenset(
    "снова слова основа голова готова готов какова такова обнова корова половина причина машина картина середина "
    "россии один единый новый новая первый первая каждый каждая любой любая такой такая какой какая который которая "
    "мой моя мои твой свой наш иной другой самый самая самой второй вторая третий бывший последний главный младший "
    "старший дорогой дорогая милая милый любимый любимая святой святая маленький маленькая юный юная молодой молодая "
    "старый затем позже здесь своих моих твоих наших этих них этой той одной одного моей нашей".split()
)


@lru_cache(maxsize=1)
def short_names() -> dict[str, tuple[str, ...]]:
    """Diminutives and variants by full given name, folded."""
    data = json.loads((DATA / "given_names.json").read_text(encoding="utf-8"))
    return {name: tuple(values) for name, values in data.items()}


@lru_cache(maxsize=1)
def full_names() -> dict[str, frozenset[str]]:
    """The inverse of `short_names`."""
    full: dict[str, set[str]] = {}
    for name, shorts in short_names().items():
        for short in shorts:
            full.setdefault(short, set()).add(name)
    return {short: frozenset(names) for short, names in full.items()}


@lru_cache(maxsize=1)
def known_given_names() -> frozenset[str]:
    """Forms of all given names and diminutives known to the data."""
    names = set(short_names())
    return frozenset(form for name in names for form in given_name_forms(name) if len(form) > 2)


@lru_cache(maxsize=1)
def common_words() -> dict[str, frozenset[str]]:
    """Names that are also common words, in all forms: keys `given_names` and `surnames`.

    `openers` are those of the given names that often begin a sentence as common words.
    """
    data = json.loads((DATA / "common_words.json").read_text(encoding="utf-8"))
    return {
        "given_names": frozenset(form for name in data["given_names"] for form in given_name_forms(name)),
        "surnames": frozenset(form for name in data["surnames"] for form in surname_forms(name)),
        "openers": frozenset(form for name in data["openers"] for form in given_name_forms(name)),
    }


class PublicFigures:
    """Given names (with patronymics) of well-known bearers by any form of their surname, folded."""

    def __init__(self) -> None:
        surnames: list[str] = []
        self._given: list[str] = []
        for name in (line for group in well_known()["groups"] for line in group["people"]):
            surname, _, rest = name.lower().replace("ё", "е").partition(" ")
            # «Гарри Поттер», «Руслан»: names that begin with a given name tell nothing about surnames.
            if surname not in known_given_names() or is_surname_like(surname):
                surnames.append(surname)
                self._given.append(rest)
        self._surnames = SurnameIndex(surnames)

    def __contains__(self, word: str) -> bool:
        return bool(self._surnames.places(word))

    def get(self, word: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        return tuple(self._given[place] for place in self._surnames.places(word)) or default


@lru_cache(maxsize=1)
def public_figures() -> PublicFigures:
    """The well-known people and characters of the data files by surname."""
    return PublicFigures()


@lru_cache(maxsize=1)
def _ambiguous() -> SurnameIndex:
    return SurnameIndex(part for name in well_known()["ambiguous"] for part in folded_name(name).split("-"))


def is_ambiguous_surname(word: str) -> bool:
    """Whether a folded word is a well-known person's surname that is far commoner among others («Попов», «Волков»)."""
    return bool(_ambiguous().places(word))


def folded_name(name: str) -> str:
    """A name as it is compared: folded, a Latin look-alike spelling read as Cyrillic, white space trimmed."""
    folded = " ".join(fold(name).text.split())
    return as_cyrillic(folded) or folded


def is_patronymic_like(word: str) -> bool:
    return _PATRONYMIC_LIKE.fullmatch(word) is not None


def is_surname_like(word: str) -> bool:
    return _SURNAME_LIKE.fullmatch(word) is not None and word not in _NO_SURNAMES


def _in_russian(name: str) -> str:
    """A name that was typed in Latin letters, in Cyrillic: forms are built there, and found in both scripts."""
    if not name.isascii() or not name:
        return name
    words = []
    for word in re.findall(r"[a-z]+", name):
        known = next((given for given in sorted(short_names()) if compiled([given]).fullmatch(word)), "")
        words.append(known or folded_name(to_cyrillic(word)))
    return " ".join(words) or name


@dataclass(frozen=True)
class NameForms:
    """Sets of folded forms of one person's names, and patterns for Latin letters."""

    person: Person
    surnames: frozenset[str] = field(default_factory=frozenset)
    given: frozenset[str] = field(default_factory=frozenset)
    short: frozenset[str] = field(default_factory=frozenset)
    patronymics: frozenset[str] = field(default_factory=frozenset)
    initials: str = ""
    double_initials: str = ""
    clipped: frozenset[str] = frozenset()

    @classmethod
    def of(cls, person: Person) -> NameForms:
        surname, given, patronymic = (
            _in_russian(folded_name(name)) for name in (person.surname, person.given_name, person.patronymic)
        )
        shorts = {s for part in given.replace(" ", "-").split("-") for s in short_names().get(part, ())}
        given_forms = {form for part in given.split() for form in given_name_forms(part)}
        given_forms |= given_name_forms(given.replace("-", "")) if "-" in given else frozenset()
        # A name that is a diminutive itself, as in «Влад»: its full forms too.
        if given not in short_names():
            shorts |= full_names().get(given, frozenset())
        shorts |= {
            name
            for part in given.replace(" ", "-").split("-")
            for name in (*made_up_shorts(part), *(() if part in short_names() else clipped_shorts(part)))
        }
        shorts |= {short[:-1] + "улька" for short in shorts if 3 < len(short) < 6 and short[-1] in "ая"}
        longer = {
            short[:-1] + suffix
            for short in shorts
            if 3 < len(short) < 6 and short[-1] in "ая"
            for suffix in ("ушка", "юшка", "очка", "ечка", "енька", "онька", "ка", "чик")
        }
        listed = {form for name in shorts for form in given_name_forms(name) if len(form) > 2} - given_forms
        cut = {form for part in given.split() for name in clipped_shorts(part) for form in given_name_forms(name)}
        cut |= {form for name in longer for form in given_name_forms(name)}
        clipped = {form for form in cut if len(form) > 2} - listed - given_forms
        return cls(
            person=person,
            surnames=frozenset(surname_forms(surname)) if surname else frozenset(),
            given=frozenset(given_forms),
            short=frozenset(listed | clipped),
            clipped=frozenset(clipped),
            patronymics=frozenset(patronymic_forms(patronymic)) if patronymic else frozenset(),
            initials=given[:1] + patronymic[:1],
            double_initials="".join(part[:1] for part in given.replace(" ", "-").split("-")) if "-" in given else "",
        )

    def part(self, word: str) -> str:
        """Which part of the name a folded Cyrillic word may be; empty for none."""
        return self.parts.get(word, "")

    @cached_property
    def parts(self) -> dict[str, str]:
        """Which part of the name each form is; of two the more telling one."""
        named = ((SHORT, self.short), (PATRONYMIC, self.patronymics), (GIVEN, self.given), (SURNAME, self.surnames))
        return {form: part for part, forms in named for form in forms}

    def latin_part(self, word: str) -> str:
        """As `part`, for a word in Latin letters, lower case."""
        if part := self.part(as_cyrillic(word)):
            return part
        if 3 <= len(word) <= 60:
            for part, beginning, forms in self._latin:
                if beginning.match(word) and is_one_of(word, forms):
                    return part
        return ""

    @cached_property
    def _latin(self) -> tuple[tuple[str, re.Pattern[str], frozenset[str]], ...]:
        """Forms by their first letters, with a pattern for these: few words of a text need the rest."""
        short = frozenset(name for name in self.short if len(name) > 3)
        named = ((SURNAME, self.surnames), (GIVEN, self.given), (PATRONYMIC, self.patronymics), (SHORT, short))
        groups: dict[tuple[str, str], set[str]] = {}
        for part, forms in named:
            for form in forms:
                # «кс» of Максим is one Latin letter: the beginning must not end inside of it.
                first = form[:2] if form[2:4] in CLUSTERS else form[:3]
                groups.setdefault((part, first), set()).add(form)
        return tuple((part, compiled({first}), frozenset(forms)) for (part, first), forms in groups.items())

    @cached_property
    def latin_surname(self) -> re.Pattern[str]:
        """For surnames inside logins: «ivanova_anya09»."""
        long = sorted(form for form in self.surnames if len(form) >= 5)
        return compiled({form for form in long if not any(form != other and form.startswith(other) for other in long)})

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """Every beginning of the forms by which a damaged name may be recognised."""
        forms = (*self.surnames, *self.given, *self.patronymics)
        return frozenset(form[:length] for form in forms for length in range(1, len(form) + 1))

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """First letters one of which every word holds that has a surname or patronymic glued to something."""
        return tuple({form[:3] for form in (*self.surnames, *self.patronymics)})

    @cached_property
    def _one_edit(self) -> frozenset[str]:
        return frozenset(cut for form in self.surnames if len(form) >= 6 for cut in _cuts(form))

    def nearly_surname(self, word: str) -> bool:
        """Whether `word` is a surname's form with one letter wrong, missing, added, or two swapped."""
        if not 5 <= len(word) <= 40 or is_patronymic_like(word):
            return False
        return not self._one_edit.isdisjoint(_cuts(word)) and any(differ_by_one(word, form) for form in self.surnames)

    def nearly_given(self, word: str, *, least: int = 4) -> bool:
        """As `nearly_surname`, for forms of the given name that have at least `least` letters."""
        return 4 <= len(word) <= 40 and any(differ_by_one(word, form) for form in self.given if len(form) >= least)


@lru_cache(maxsize=1024)
def _cuts(word: str) -> frozenset[str]:
    return frozenset([word, *(word[:i] + word[i + 1 :] for i in range(len(word)))])


def differ_by_one(a: str, b: str) -> bool:
    """Whether two words are the same but for one letter wrong, missing, added, or two swapped."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return a == b
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b[1:]
        or rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or (len(rest_a) > 1 and rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    )

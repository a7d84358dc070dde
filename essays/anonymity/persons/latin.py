"""Names in Latin letters, whichever way they were transliterated: «Artyom», «Artem»; «Yekaterina», «Ekaterina»."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache

from essays.anonymity.folding import fold
from essays.anonymity.name_forms import DATA
from essays.anonymity.persons.sounds import sounds_public
from essays.anonymity.persons.stems import all_given_names, is_frequent_surname, is_nominative, peoples_names
from essays.anonymity.well_known import well_known

_LATIN = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya"
_SIMPLE = str.maketrans(dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", _LATIN.split(" "), strict=True)))
# Spellings that mean one sound; the order matters.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("['’`]", ""),
        ("shch|sch", "4"),
        ("tch", "ch"),
        ("kh", "h"),
        ("ch", "3"),
        ("sh", "2"),
        ("zh", "1"),
        ("ts|tz", "5"),
        ("x", "ks"),
        ("ph|ff", "f"),
        ("ck", "k"),
        ("w", "v"),
        ("iya", "ia"),
        ("yo|jo", "e"),
        ("ya|ia|ja", "7"),
        ("yu|iu|ju", "8"),
        ("ye|je|ie", "e"),
        ("[iyj]+", "i"),
        ("er$", "r"),
        (r"([a-z])\1", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def latin_key(name: str) -> str:
    """What all transliterations of a lower-case name share."""
    for pattern, sound in _SOUNDS:
        name = pattern.sub(sound, name)
    return name


def transliterated(name: str) -> str:
    """A folded Cyrillic name in Latin letters."""
    return name.translate(_SIMPLE)


@lru_cache(maxsize=1)
def english_data() -> dict[str, list[str]]:
    """`data/english.json` without the roles: given names, given names that are words, public people, phrases."""
    data = json.loads((DATA / "english.json").read_text(encoding="utf-8"))
    return {key: value for key, value in data.items() if isinstance(value, list)}


@lru_cache(maxsize=1)
def _given_keys() -> frozenset[str]:
    names = {name.lower() for name in english_data()["given_names"]}
    names |= {transliterated(name) for name in all_given_names()}
    keys = {latin_key(name) for name in names if len(name) > 2}
    # «Than», «Many», «Summer» are spelt like rare names.
    rare = {latin_key(transliterated(name)) for name in peoples_names() if len(name) > 4}
    return frozenset(keys | (rare - {latin_key(word.lower()) for word in english_data()["also_words"]}))


def is_latin_given(word: str) -> bool:
    """Whether a lower-case word is a given name in Latin letters, English or transliterated."""
    return len(word) > 2 and latin_key(word) in _given_keys()


# Surnames of well-known people that thousands of others have.
_EVERYDAY = frozenset(
    "adams allen andersen anderson bach baker baldwin barnes baum bell bird black blake blood bondarchuk boyle "
    "brin brown browning buchanan burgess burns cage canty card carpenter carrey carter charles clare clark "
    "clarke collins connor constable cook cooper craig cullen curry datsyuk david davidson davis dawson dean dick "
    "drake durden dylan ellison ende ershov evans finch finn fischer fleming ford forman france francis frank "
    "freeman friedman frost fyodorov gable gary geller george gibson glenn glushkov golikova gomez gordon grace "
    "grant grass gray green greene grey gump hall hamilton hardy harper harris harrison harvey hawkins henry "
    "herbert hill holland hooke hopper howard hudson hughes hunt irwin ivanovsky jackson james jane john johnson "
    "jones jordan joyce kabanova karelin karlsson keller kelly kennedy kent keyes kim king kravtsov larina "
    "latynina laurie lavrov lawrence lebedev lee levi lewis lister locke lynch malkin mann march marley marsh "
    "marshall martin marx mary may mcgregor medvedev mendes mercury michael mikhalkov miller milne milton "
    "mironova mitchell moore morales more morgan morrison murphy murray nelson nicholas nikulin nixon nolan owen "
    "owens page park parker parks paul pavlov perry peskov peterson phelps phillips pines popov porter potter "
    "powell prince prior reed richards ritchie roberts robinson rodnina rogers ross rossi roth rublev russell "
    "safin sakharov sand scott segal shcherbakova siluanov simon simpson small smith snow sobyanin sokolov solo "
    "stacy star stewart stone swan swift tarasova taylor thomas thompson tom travers trusova turner twist un "
    "vasilyev volodin walker wallace waters watson watt watts wayne weber west wheeler white wick williams wilson "
    "wonka wood woodhouse woods wright yagudin yang young yun zakharova zhang".split()
)


_FATHER = re.compile(r"[a-z]+(?:ych|[oe]vich|[oe]vna|ichna|inichna)")


@lru_cache(maxsize=1)
def _public() -> tuple[frozenset[frozenset[str]], frozenset[str]]:
    """(keys of the names of well-known people as sets, keys of surnames that suffice alone)."""
    people: set[frozenset[str]] = set()
    alone: set[str] = set()
    for name in (*english_data()["public"], *english_data()["world"]):
        words = [latin_key(word.lower()) for word in re.findall(r"[A-Za-z-]{2,}", name)]
        people.add(frozenset(words))
        if len(words) == 1 or name.split()[-1].lower() not in _EVERYDAY:
            alone.add(words[-1])
    data = well_known()
    ambiguous = {fold(name).text for name in data["ambiguous"]}
    for group in data["groups"]:
        for line in group["people"]:
            folded = [word for word in line.lower().replace("ё", "е").split() if len(word) > 1]
            people.add(frozenset(latin_key(transliterated(word)) for word in folded))
            if len(folded) > 1 and folded[0] not in ambiguous and len(folded[0]) > 4 and not _everyday(folded[0]):
                alone.add(latin_key(transliterated(folded[0])))
    return frozenset(people), frozenset(alone - {latin_key(name) for name in ("volk", "rybak", "moroz")})


def _everyday(name: str) -> bool:
    return is_nominative(name) or (is_frequent_surname(name) and name.endswith(("енко", "чук", "юк")))


@lru_cache(maxsize=4096)
def _with(key: str) -> tuple[frozenset[str], ...]:
    return tuple(person for person in _public()[0] if key in person)


@lru_cache(maxsize=1)
def _world() -> frozenset[str]:
    """Keys of the surnames of the English list that suffice alone, even behind a title: «Professor Dumbledore»."""
    last = (re.findall(r"[A-Za-z-]{2,}", name)[-1] for name in english_data()["public"])
    return frozenset(latin_key(word.lower()) for word in last if word.lower() not in _EVERYDAY)


def is_public_latin(words: Iterable[str], *, private: bool = False) -> bool:
    """Whether lower-case words are the name of somebody well known: a telling surname or several names.

    `private` tells that a title or a word of kin stands beside: a surname alone must be one of the world's then.
    """
    words = list(words)
    keys = [latin_key(re.sub(r"['’]s$", "", word)) for word in words]
    if not keys:
        return False
    if len(keys) == 1:
        # «My father Aslan» has the name of a hero.
        return keys[0] in (_world() - _given_keys() if private else _public()[1])
    # «Inna Petrovna» alone is anybody; «Akaky Akakievich» is not.
    exact = len(keys) == 2 and _FATHER.fullmatch(words[-1]) is not None
    if any(len(person) == 2 if exact else True for person in _with(keys[-1]) if person.issuperset(keys)):
        return not (exact and private)
    if exact:
        return False
    return len(keys) == 2 and not private and sounds_public(*(re.sub(r"['’]s$", "", word) for word in words))


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    """Keys of places, languages, feasts and bodies: English ones, and Russian ones transliterated."""
    names = [*english_data()["places"], *english_data()["languages"], *english_data()["brands"]]
    data = json.loads((DATA / "places.json").read_text(encoding="utf-8"))
    names += [
        transliterated(fold(name).text)
        for group in (*data["places"].values(), *data["bodies"].values())
        for name in group
        if " " not in name and not name.isascii()
    ]
    return frozenset(latin_key(name.lower()) for name in names)


def is_latin_place(word: str) -> bool:
    """Whether a lower-case word is a place, a language, a feast or a body in Latin letters."""
    return latin_key(word) in _places() or (word.endswith("s") and latin_key(word[:-1]) in _places())


@lru_cache(maxsize=1)
def _brands() -> frozenset[str]:
    return frozenset(latin_key(name.lower()) for name in english_data()["brands"])


def is_brand(word: str) -> bool:
    """Whether a lower-case word is what a thing, a firm, a service or a team is called, whoever has the name too."""
    return latin_key(word) in _brands()


@lru_cache(maxsize=1)
def _phrases() -> frozenset[str]:
    return frozenset(phrase.replace(".", "").lower() for phrase in english_data()["phrases"])


def is_phrase_latin(words: str) -> bool:
    """Whether lower-case words without full stops are what somebody well known is called by: «mr bean»."""
    return words in _phrases()


_PLAIN_ENDING = re.compile(
    r"[a-z]{2,}(?:tions?|sions?|ments?|ness|ingly|ings?|ally|ously|ships?|ities|ity|isms?|ists?)"
)


@lru_cache(maxsize=1)
def _plain() -> frozenset[str]:
    return frozenset(english_data()["words"])


def is_plain_english(word: str) -> bool:
    """Whether a lower-case word is an everyday English one: what begins a sentence or a title."""
    return word in _plain() or _PLAIN_ENDING.fullmatch(word) is not None

"""People in English essays, by rules: titles, words of kin and school, known given names. No model reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from essays.anonymity.folding import Folded
from essays.anonymity.name_forms import DATA
from essays.anonymity.persons.latin import (
    english_data,
    is_latin_given,
    is_latin_place,
    is_plain_english,
    is_public_latin,
)
from essays.anonymity.spans import Span

_NAME = r"(?:[A-Z]['’])?[A-Z][a-zà-ÿ]+(?:[A-Z][a-z]+)?(?:[-'’][A-Z]?[a-zà-ÿ]+){0,2}"
_FULL = rf"(?:{_NAME}|[A-Z]\.)(?: (?:{_NAME}|[A-Z]\.)){{0,2}}"
_TITLED = re.compile(
    r"(?<!\w)(?:Mr|Mrs|Ms|Mx|Miss|Mister|Missis|Dr|Prof|Sir|Madam|Madame|Mme|Doctor|Nurse|Coach|Trainer|Professor"
    r"|Officer|Headmaster|Headmistress|Principal|Director|Dean|Sensei|Master|[Aa]unt|[Aa]untie|[Aa]unty|[Uu]ncle|Gran"
    r"|[Gg]ranny|[Gg]randma|[Gg]randpa|[Gg]randad|[Gg]randmother|[Gg]randfather|Nana|Baba|Babushka|Ded|Dedushka|Dyadya"
    r"|Tyotya|Tetya|Teacher|Tutor|Brother|Sister|Cousin|Opa|Oma|Onkel|Tante|Frau|Herr|Apa|Agai|Abyi|Ebi|Señora?|Signora?)"
    rf"\.? ({_FULL})"
)
_SURNAME = re.compile(
    r"[A-Z][a-z]{2,}(?:[oe]v|yov|[oe]va|[st]sk(?:y|iy|ii|aya|aia)|enko|chuk|shvili|nyan|ichev|adze|idze|[ou]kova|ovich"
    r"|oglu|skas|uly|kyzy|[aiou]nen|opoulos)"
)
# Who does this is a person; «Everyone said» has a plain word at its head.
_ACTS = re.compile(
    r",? (?:(?:also|always|just|never|only|quietly|suddenly|then|once|even|who) )?(?:said|says|asked|asks|replied"
    r"|replies|answered|answers|told|tells|laughed|laughs|smiled|smiles|nodded|shouted|whispered|explained|explains|came|sat|ran"
    r"|thinks|thought|loves|loved|likes|liked|lives|lived|wants|wanted|cried|cries|promised|sent|wrote|writes|taught"
    r"|teaches|took|showed|shows|joked|jokes|agreed|texted|invited|suggested|works|worked|studied|studies|looked|looks"
    r"|shrugged|sighed|screamed|yelled|grinned|waved|hugged|winked|phoned|helped|brought|bought|knows|knew|forgot"
    r"|remembered|dreams|sings|sang|plays|played|won|drew|cooked|cooks|sits|stood|stands|and I|and me)(?!\w)"
)
_SPOKEN_TO = re.compile(
    r"(?:(?<!\w)(?:[Dd]ear|Hi|Hello|Hey|Lieber?|[Tt]hank you|[Tt]hanks|[Ss]orry|Goodbye|Bye|[Ll]ove|Yours)(?:,| to)?"
    r"|\b(?:asked|told|thanked|thank|hugged|kissed|met|phoned|texted|named|nicknamed|called him|called her)"
    r"|(?:said|asked|answered|replied|shouted|laughed|whispered))[ ,]{1,2}$"
)
_CALLED = re.compile(
    r"\b(?:boy|girl|guy|man|woman|lady|friend|student|teacher|person|child|kid|neighbou?r|someone|somebody|brother|sister"
    r"|cousin|pupil|mate|one|baby|doctor|nurse|volunteer|coach)s?(?: [a-z]+){0,4} (?:called|named|nicknamed) $"
)
_BETWEEN = re.compile(
    r"(?:, | and | & | or |, and |, or )(?:(?:my|our|the|little|lazy|old|big|funny|kind|clever|quiet) ){0,2}"
)
_OF_PLACE = re.compile(
    r"(?:\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ii]nto|[Aa]round|[Tt]he|[Aa]n?|[Tt]o|[Ff]rom|[Oo]f|[Vv]isit(?:ed)?|[Ll]ake) "
    r"|[\"“‘«'(]|https?:\S*)$"
)
_FATHER = re.compile(r"[A-Z][a-z]+(?:ych|[oe]vich|[oe]vna|ichna|inichna)")
_ANIMAL = re.compile(
    r"\b(?:dogs?|cats?|puppy|kitten|hamster|parrot|horse|pony|rabbit|cow|pet)(?:'s name is|,? (?:called|named))?,? $"
)
_PLACES = frozenset("Rostov Saratov Kirov Azov Tambov Kiev Lvov Pskov Mogilev Kishinev Pushkino Serov Chekhov".split())
_CANDIDATE = re.compile(rf"(?<![\w.])({_FULL})")
_NO_NAMES = frozenset(
    "I The A An My Our His Her Their It He She We They You This That These Those And But Or So If When While After "
    "Before In On At By For From With As To Of Not No Yes Then There Here What Who Why How Where Which One Two Dear "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December English Russian Russia Moscow Siberia Altai Barnaul Internet Government "
    "Gosuslugi State Public Services Ministry University School College Street Avenue Park Museum Is Are Was Were Do "
    "Does Did Can Could Will Would Should May Might Must Let Thank Thanks Please Hello Hi Today Yesterday Tomorrow "
    "Once Every Each All Some Many Most Much Now Later Finally First Second Third Last Next Also However Because "
    "Although Though Since Until Even Only Just Still Already Maybe Perhaps Sometimes Always Never Usually Great "
    "Mr Mrs Ms Miss Dr Prof Sir Madam Britain America Europe Asia London City River Mount Lake Sea New North South "
    "East West Aunt Uncle Granny".split()
)
_SELDOM_PEOPLE = frozenset("april august june may rome rim mars ural roman art russia german victoria major".split())
# «Alice, the voice assistant».
_PROGRAM = re.compile(r"assistant|speaker|voice|Yandex|chatbot|robot|messenger|smart home")


@lru_cache(maxsize=1)
def _data() -> dict[str, object]:
    return dict(json.loads((DATA / "english.json").read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def _role_patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    roles = _data()["roles"]
    assert isinstance(roles, dict)
    called = r"(?:,? (?:is called|called|named|whose name is|name is))?"
    return tuple(
        (
            tag,
            re.compile(rf"(?<!\w)(?:{words})(?:'s name is)?{called}[ ,:–—-]{{1,3}}$", re.IGNORECASE),
            re.compile(
                rf"(?:,? (?:is|was) |, | [–—-] | \()(?:my|our|his|her|their) (?:[a-z]+ ){{0,2}}(?:{words})(?!\w)",
                re.IGNORECASE,
            ),
        )
        for tag, words in roles.items()
    )


def is_english(text: str) -> bool:
    """Whether more of a text's letters are Latin than Cyrillic."""
    latin = sum(character.isascii() and character.isalpha() for character in text)
    return latin > 40 and latin * 2 > sum(character.isalpha() for character in text)


def find_english_people(folded: Folded, hidden: Sequence[tuple[int, int]], numbered_before: int = 0) -> list[Span]:
    """Places of private people in an English text; `numbered_before` people have a number already."""
    text = folded.shown
    found = [(start, end, tag) for start, end, tag in _mentions(text) if not _touches(hidden, start, end)]
    known: dict[str, str] = {}
    tags: dict[str, int] = {}
    numbers = numbered_before
    places: dict[tuple[int, int], str] = {}
    for start, end, tag in sorted(found, key=lambda item: (not item[2], item[0])):
        words = _words(text[start:end])
        label = next((known[word] for word in words if word in known), "")
        if tag and not label.startswith(tag):
            label = ""  # «Kate's mother, Mrs Brown» is another Brown.
        if not label:
            if tag in ("", "ЧЕЛОВЕК"):
                numbers += 1
                label = f"ЧЕЛОВЕК {numbers}"
            else:
                tags[tag] = tags.get(tag, 0) + 1
                label = tag if tags[tag] == 1 else f"{tag} {tags[tag]}"
        known.update(dict.fromkeys(words, label))
        places[(start, end)] = label
    spans = []
    order: dict[str, str] = {}
    for (start, end), label in sorted(places.items()):
        left, right = folded.back(start, end)
        if label.startswith("ЧЕЛОВЕК "):
            label = order.setdefault(label, f"ЧЕЛОВЕК {numbered_before + len(order) + 1}")
        spans.append(Span(left, right, "person", label, "a person in an English text", 0.82))
    return spans


def _words(name: str) -> list[str]:
    return [re.sub(r"['’]s$", "", word).lower() for word in name.split() if len(word) > 2]


def _touches(hidden: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(left < end and start < right for left, right in hidden)


def _mentions(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, role tag or «») of every private name, then of single names that repeat a part of one."""
    known: set[str] = set()
    seen: list[tuple[int, int]] = [
        match.span() for phrase in english_data()["phrases"] for match in re.finditer(re.escape(phrase), text)
    ]
    common = {word.lower() for word in english_data()["also_words"]}
    lower = set(re.findall(r"(?<![\w'’])[a-z]{3,}(?![\w'’])", text))
    people: list[tuple[int, int]] = []
    for match in _TITLED.finditer(text):
        start, end = _without_plain_words(text, *match.span(1))
        if start >= end or _touches(seen, start, end):
            continue
        start, end = _trimmed(text, start, end)
        words = _words(text[start:end])
        if words and not is_public_latin(words, private=True):
            known.update(words)
            seen.append((start, end))
            people.append((start, end))
            yield start, end, _role(text, start, end) or _role(text, match.start(), end) or "ЧЕЛОВЕК"
    later: list[tuple[int, int]] = []
    for match in _CANDIDATE.finditer(text):
        start, end = _without_plain_words(text, *match.span(1))
        if start >= end or _touches(seen, start, end):
            continue
        start, end = _trimmed(text, start, end)
        words = _words(text[start:end])
        role = _role(text, start, end)
        if not words or is_public_latin(words, private=bool(role)):
            continue
        if not role and len(words) == 1 and _is_program(text, start, end):
            continue
        if _ANIMAL.search(text[max(0, start - 30) : start]):
            continue
        given = is_latin_given(words[0]) and (
            len(words) > 1 or words[0] not in common or _is_inside(text, start, end, words[0], lower)
        )
        surname = _SURNAME.fullmatch(text[start:end].split()[-1])
        father = _FATHER.fullmatch(text[start:end].split()[-1])
        told = _is_told(text, start, end, words, lower)
        if (
            role
            or given
            or father
            or told
            or (surname and surname[0] not in _PLACES and _opens_no_sentence(text, start))
        ):
            known.update(words)
            seen.append((start, end))
            people.append((start, end))
            yield start, end, role
        else:
            later.append((start, end))
    for start, end in (*later, *reversed(later)):
        if (start, end) in people or not _is_one_more(text, start, end, people, lower):
            continue
        known.update(_words(text[start:end]))
        people.append((start, end))
        yield start, end, ""
    for start, end in later:
        words = _words(text[start:end])
        if (start, end) in people or len(words) != 1 or words[0] not in known:
            continue
        if words[0] not in common or _opens_no_sentence(text, start):
            yield start, end, ""


def _is_inside(text: str, start: int, end: int, word: str, lower: set[str]) -> bool:
    """Whether a given name that is a word too has its capital for no other reason: «I went with Lena»."""
    if not _opens_no_sentence(text, start) or word in _SELDOM_PEOPLE:
        return False
    return _may_be_rare(text, start, end, lower) and _OF_PLACE.search(text[max(0, start - 12) : start]) is None


def _may_be_rare(text: str, start: int, end: int, lower: set[str]) -> bool:
    """Whether nothing is known of capitalised words: no everyday words, no places, none of them in small letters."""
    for word in text[start:end].split():
        bare = re.sub(r"['’]s$", "", word).lower()
        if word in _NO_NAMES or bare in lower or is_plain_english(bare) or is_latin_place(bare):
            return False
    return True


def _is_told(text: str, start: int, end: int, words: list[str], lower: set[str]) -> bool:
    """Whether a name that no list knows is somebody's by what stands beside it, or by being of two such words."""
    if not _may_be_rare(text, start, end, lower):
        return False
    before = text[max(0, start - 60) : start]
    if _CALLED.search(before) or _SPOKEN_TO.search(before):
        return True
    if _OF_PLACE.search(before):
        return False
    if _ACTS.match(text, end) and len(words[0]) > 2:
        return True
    return len(words) > 1 and text[start:end].count(" ") < 3 and all(len(word) > 2 for word in words)


def _is_one_more(text: str, start: int, end: int, people: list[tuple[int, int]], lower: set[str]) -> bool:
    """Whether a name stands in a row with a person: «Aisen, Belek-ool and lazy Dozhudai»."""
    if not _may_be_rare(text, start, end, lower):
        return False
    return any(
        _BETWEEN.fullmatch(text, right, start) or _BETWEEN.fullmatch(text, end, left)
        for left, right in people
        if -30 < start - right < 30 or -30 < left - end < 30
    )


def _opens_no_sentence(text: str, start: int) -> bool:
    return re.search(r"\w[,;]? $", text[max(0, start - 3) : start]) is not None


def _is_program(text: str, start: int, end: int) -> bool:
    return text[start:end] in ("Alice", "Max", "Alisa", "Siri", "Alexa") and (
        _PROGRAM.search(text[max(0, start - 50) : start]) is not None
        or _PROGRAM.search(text[end : end + 50]) is not None
    )


def _without_plain_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A run of capitalised words without the sentence's first words and without what is no name."""
    words = list(re.finditer(r"\S+", text[start:end]))
    while words and re.sub(r"['’]s$", "", words[0][0]).rstrip(".") in _NO_NAMES:
        words.pop(0)
    kept = []
    for word in words:
        if word[0] in _NO_NAMES:
            break
        kept.append(word)
    if len(kept) > 1 and not is_public_latin(_words(" ".join(word[0] for word in kept))):
        first = kept[0][0].lower()
        plain = len(first) > 2 and not is_latin_given(first)
        rare = not is_plain_english(first) and not is_latin_place(first) and len(first) > 3
        plain = plain and not (rare and re.search(rf"(?<!\w){first}(?!\w)", text) is None)
        if plain and is_latin_given(re.sub(r"['’]s$", "", kept[1][0]).lower()) and not _SURNAME.fullmatch(kept[0][0]):
            kept.pop(0)  # «When Sanya …», «Yesterday Kate …»
    return (start + kept[0].start(), start + kept[-1].end()) if kept else (start, start)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    for ending in ("'s", "’s"):
        if text[start:end].endswith(ending):
            return start, end - 2
    return start, end


def _role(text: str, start: int, end: int) -> str:
    line = text.rfind("\n", 0, start) + 1
    before, after = text[max(line, start - 60) : start], text[end : end + 50]
    for tag, pattern, following in _role_patterns():
        if pattern.search(before) or following.match(after):
            return tag
    return ""

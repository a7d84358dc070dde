"""Ways to write one institution's name that are found as they stand: whole, inflected, shortened, colloquial."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from essays.anonymity.folding import fold
from essays.anonymity.identity import Institution
from essays.anonymity.inflection import given_name_forms
from essays.anonymity.nearby import Sought
from essays.anonymity.school_numbers import patterns_of_numbers
from essays.anonymity.school_slang import aloud, slang_of
from essays.anonymity.school_words import (
    ADJECTIVE,
    COLLEGE,
    LEGAL,
    LONG_LEGAL,
    SCHOOL,
    UNIVERSITY,
    profile_of,
    tag_of_name,
    tag_of_word,
)

ABBREVIATION = "an abbreviation of the name"


def _of_place(institution: Institution) -> Iterator[tuple[Sought, str]]:
    """«школа Усть-Калманки», «лицей в Ребрихе»: the school of a village by its place."""
    place = fold(institution.locality).text
    name = re.sub(r"^(?:с|п|пгт|рп|р\. ?п|пос|ст|д|село|поселок|деревня|станция|станица)\b\.? ?", "", place)
    if name != place and len(name) > 4 and tag_of_name(fold(institution.name).text) == SCHOOL:
        root = name[:-1]
        pattern = rf"\b(?:школ|лице|гимнази)\w{{1,3}}[ ](?:в[ ]|села[ ]|поселка[ ])?{re.escape(root)}\w{{1,3}}(?!\w)"
        yield Sought(pattern, [root]), "the place of the institution"


def patterns_of(institution: Institution, quoted: set[str], values: Iterable[int]) -> list[tuple[Sought, str]]:
    """(pattern, reason); a group `it` is the place, where there is one. `values` are the numbers in the name."""
    whole = (
        _exact(institution.name),
        _exact(institution.short_name),
        _inflected(institution.name),
        _tail(institution.name),
    )
    patterns = [(pattern, "the institution's name") for pattern in whole if pattern]
    patterns += _abbreviations(institution)
    for more in (
        _named(quoted),
        _pair(institution),
        _branch(institution),
        patterns_of_numbers(values),
        _without_noun(institution),
        _of_place(institution),
        slang_of(institution),
    ):
        patterns += more
    return patterns


def _inner(folded: str) -> str:
    """The own name: inside the quotes, without whom it is named after."""
    inner = re.search(r"[«\"“„](.+)[»\"”]", folded)
    name = re.split(r"\bим(?:ени|\.)", inner[1] if inner else folded)[0]
    return re.sub(r"\([^)]*\)", " ", name)  # «Казанский (Приволжский) федеральный университет» is КФУ.


def _exact(text: str) -> Sought | None:
    """The name as written, whatever its quotes, spaces and hyphens."""
    words = re.findall(r"\d+|[^\W\d_]+", fold(text).text)
    # A name of one common word («Школа») tells nothing.
    if not words or (len(words) == 1 and (tag_of_word(words[0]) or len(words[0]) < 4)):
        return None
    if all(tag_of_word(word) or LONG_LEGAL.fullmatch(word) or LEGAL.fullmatch(word) for word in words):
        return None
    return Sought(r"(?<!\w)" + r"[\W_]{0,4}".join(map(re.escape, words)) + r"(?!\w)", [max(words, key=len)])


def _inflected(name: str) -> Sought | None:
    """The name in any case, without its legal form and whom it is named after."""
    folded = fold(name).text
    inner = re.search(r"[«\"“„](.+)[»\"”]", folded)
    words = re.findall(r"\d+|[^\W\d_]+", re.split(r"\bим(?:ени|\.)", inner[1] if inner else folded)[0])
    words = [word for word in words if not LEGAL.fullmatch(word) and word not in ("во", "впо", "спо")]
    if len(words) < 3 or not any(tag_of_word(word) for word in words):
        return None
    stems = (
        word if len(word) < 5 else re.escape(word[:-2] if len(word) > 6 else word[:-1]) + r"\w{0,4}" for word in words
    )
    longest = max(words, key=len)
    return Sought(r"(?<!\w)" + r"[\W_]{1,4}".join(stems), [longest[:-2] if len(longest) > 6 else longest[:3]])


def _tail(name: str) -> Sought | None:
    """The kind with what follows it: «университет технологий и управления» without «Барнаульский государственный»."""
    inner = re.search(r"[«\"“„](.+)[»\"”]", fold(name).text)
    words = re.findall(r"[^\W\d_]+", re.split(r"\bим(?:ени|\.)", inner[1])[0]) if inner else []
    place = next((index for index, word in enumerate(words) if tag_of_word(word)), len(words))
    rest = words[place + 1 :]
    kind = rf"(?<!\w){re.escape(words[place][:-1])}\w{{0,4}}[\W_]{{1,3}}" if rest else ""
    if rest and len(rest[0]) > 3 and not LONG_LEGAL.fullmatch(rest[0]) and not tag_of_word(rest[0]):
        # «колледж сыроделия» of «Международный колледж сыроделия и профессиональных технологий»
        more = "".join(rf"(?:[\W_]{{1,3}}{re.escape(word)}" for word in rest[1:]) + ")?" * len(rest[1:])
        return Sought(kind + re.escape(rest[0][:-1]) + r"\w{0,2}" + more, [rest[0][:-1]])
    if len(rest) < 2:
        return None
    return Sought(kind + r"[\W_]{1,3}".join(map(re.escape, rest)), [max(rest, key=len)])


_FIRST_HALF = re.compile(
    r"(авто|агро|электро|машино|радио|лесо|нефте|газо|судо|авиа|тепло|химико|био|дальне|северо|юго|западно|восточно|медико"
    r"|физико|железно|сельско|приборо|водо|гидро|геолого|геофизик|психолого|социально|горно|строительно)(\w{4,})"
)


# «DGU», «KFU»: letters of an abbreviation in the other alphabet.
_LATIN = str.maketrans(
    dict(
        zip(
            "абвгдезийклмнопрстуфхцчшэюя",
            "a b v g d e z i y k l m n o p r s t u f kh ts ch sh e yu ya".split(),
            strict=True,
        )
    )
)


def first_letters(word: str) -> str:
    """The first letter, or two of a word made of two: «дв» of «дальневосточный», «рт» of «радиотехнический»."""
    found = _FIRST_HALF.fullmatch(word)
    return word[0] + found[2][0] if found else word[0]


def _abbreviations(institution: Institution) -> list[tuple[Sought, str]]:
    """«АлтГУ», «БГПК»: first letters of the name in capitals, and the colloquial words for universities."""
    patterns: list[tuple[Sought, str]] = []
    folded = fold(institution.name).text
    words = re.findall(r"[^\W\d_]+", _inner(folded))
    words = [word for word in words if not LEGAL.fullmatch(word)]
    spoken = "".join(word[0] for word in words)  # «АКПТиБ»
    words = [word for word in words if word not in ("и", "во", "с", "в", "по")]
    kinds = [word for word in words if tag_of_word(word) in (COLLEGE, UNIVERSITY)]
    if kinds and len(words) >= 3:
        letters = "".join(word[0] for word in words)
        halves = "".join(first_letters(word) for word in words)  # «ДВФУ», «РГРТУ»
        forms = {
            letters,
            spoken,
            halves,
            words[0][:3] + letters[1:],
            words[0][:4] + letters[1:],
            words[0][:2] + letters[1:],
        }
        if "гос" not in letters and "государственн" in folded:
            forms |= {letters.replace("г", "", 1)} if len(letters) > 3 else set()
        own = "".join(first_letters(word) for word in words if not re.match("национальн|исследоват|федеральн", word))
        forms = {form for form in (forms | {own}) if len(form) > 2}  # «ТПУ» of a national research university
        ending = r"[-–]?(?:ом|а|у|е|ы|и)?"
        patterns.append((Sought(r"(?<!\w)(?:" + "|".join(sorted(forms)) + rf"){ending}(?!\w)", forms), ABBREVIATION))
        patterns += aloud(forms)
        latin = {form.translate(_LATIN).upper() for form in forms}
        patterns.append(
            (
                Sought(rf"(?<!\w)(?:{'|'.join(sorted(latin)).lower()})(?!\w)", [one.lower() for one in latin]),
                ABBREVIATION,
            )
        )
    return patterns


def _named(quoted: set[str]) -> Iterator[tuple[Sought, str]]:
    """«Сигма» in any case: in quotes, or with a capital behind «в» and its like."""
    for name in sorted(quoted):
        if len(name) < 4:
            continue
        forms = _forms(name) if name.isalpha() else {name}
        any_form = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
        yield Sought(rf"[«\"“„](?:{any_form})[»\"”]", forms), "the institution's name in quotes"
        yield (
            Sought(rf"\b(?:уч\w+|учени\w+|родн\w+|наш\w*|поступ\w+) (?:в |из )?(?P<it>{any_form})(?!\w)", forms),
            "the institution's name",
        )


def _forms(name: str) -> set[str]:
    if name.endswith("ие"):  # «Развитие», «Созвездие»
        return {name[:-1] + ending for ending in ("е", "я", "ю", "ем", "и")}
    if name.endswith("о"):
        return {name[:-1] + ending for ending in ("о", "а", "у", "ом", "е")}
    return set(given_name_forms(name))


def _pair(institution: Institution) -> Iterator[tuple[Sought, str]]:
    """«Алтайский промышленный» for «Алтайский промышленно-экономический колледж», with or without its noun."""
    words = re.findall(r"[^\W\d_]+", _inner(fold(institution.name).text))
    words = [word for word in words if not LEGAL.fullmatch(word) and word not in ("во", "впо", "спо")]
    adjectives = [word for word in words[:5] if ADJECTIVE.fullmatch(word)]
    first = next((word for word in adjectives if not LONG_LEGAL.fullmatch(word)), "")
    folded = fold(institution.name).text
    if first and len(first) > 5:
        # «Дагполитех», «Тувгосуниверситет», «Дагестанский политех»
        kinds = r"(?:универ|колледж|политех|институт|вуз|техникум)\w{0,6}"
        profiles = r"(?:пед|мед|политех|тех|аграр|агро|строй)?"
        yield Sought(rf"(?<!\w){first[:3]}\w{{0,3}}(?:гос)?{profiles}{kinds}(?!\w)", [first[:3]]), "a colloquial name"
        if profile_of(words):  # «кубмед», «алтгоспед»
            short = rf"(?<!\w){first[:3]}\w?(?:гос)?(?:мед|пед|аграр|политех|тех)(?:а|е|у|ом)?(?!\w)"
            yield Sought(short, [first[:3]]), "a colloquial name"
        if "политехн" in folded:
            yield (
                Sought(rf"(?<!\w)(?:{first[:-2]}\w{{2,3}}[ ])?политех(?:а|е|у|ом)?(?!\w)", ["политех"]),
                "a colloquial name",
            )
        rest = re.findall(r"[^\W\d_]+", folded.partition(first)[2].partition("»")[0])
        if len(rest) > 2 and not any(tag_of_word(word) for word in words):
            # «Октёмский НОЦ» of «Октёмский научно-образовательный центр»
            letters = "".join(word[0] for word in rest)
            pattern = rf"(?<!\w){first[:-2]}\w{{2,3}}[ ]{letters}(?!\w)"
            yield Sought(pattern, [letters]), ABBREVIATION
        following = words[words.index(first) + 1 : words.index(first) + 2]
        if (
            following
            and ADJECTIVE.fullmatch(following[0])
            and not re.match("государств|краев|образоват|общ", following[0])
        ):
            pair = rf"(?<!\w){first[:-2]}\w{{2,3}}[ ]{following[0][:-2]}\w{{2,3}}(?!\w)"
            yield Sought(pair, [first[:-2]]), "the beginning of the institution's name"
    for word in words:
        if profile_of([word]) and ADJECTIVE.fullmatch(word):
            # «учусь в медицинском», «в медицинском учусь»
            root = word[:-2]
            pattern = (
                rf"\b(?:учусь|учимся|поступил\w?)[ ](?:в|на)[ ](?P<it>{root}(?:ом|ий|ый|ую|ой))(?![\w-])"
                rf"|\bв[ ](?P<that>{root}ом)[ ](?:учусь|учимся)"
            )
            yield Sought(pattern, [root]), "the profile of the institution"
    for second in words[:6]:
        plain = len(second) > 7 and ADJECTIVE.fullmatch(second) and not LONG_LEGAL.fullmatch(second)
        if first and second != first and (plain or profile_of([second])):
            stem = re.sub(r"(?:ск|н)?(?:ая|яя|ой|ей|ий|ый|о)$", "", second)
            if plain:  # «Ейский полипроф»
                short = rf"(?<!\w){first[:-2]}\w{{2,3}}[ ]{second[:6]}\w{{0,12}}(?!\w)"
                yield Sought(short, [second[:6]]), "the beginning of the institution's name"
            yield (
                Sought(
                    rf"(?<!\w){first[:-2]}\w{{2,3}}[ ](?:гос\w* |базов\w* |краев\w* )?{stem}\w{{2,8}}(?!\w)",
                    [first[:-2]],
                ),
                "the beginning of the institution's name",
            )


def _without_noun(institution: Institution) -> Iterator[tuple[Sought, str]]:
    """«АлтГТУ» where the name itself has it, «солтонская средняя», «Архитектурно-строительный»."""
    for token in re.findall(r"[А-ЯЁ][А-ЯЁа-яё]{2,}", f"{institution.name} {institution.short_name}"):
        short = fold(token).text
        shouted = token.isupper() and len(token) > 6
        if sum(map(str.isupper, token)) > 1 and not (LEGAL.fullmatch(short) or tag_of_word(short) or shouted):
            pattern = rf"(?<!\w){short}(?:-?(?:а|у|е|ом|ы|и))?(?!\w)"
            yield Sought(pattern, [short]), "the institution's abbreviation"
    name = fold(institution.name).text
    for first, second in re.findall(r"([а-я]{5,}о)-([а-я]{4,})(?:ный|ный|ский|кий|ая)", name):
        yield Sought(rf"(?<!\w){first}[ -]{{1,3}}{second}\w{{2,5}}(?!\w)", [first]), "the institution's profile"
    if tag_of_name(name) == SCHOOL:
        for stem in re.findall(r"(?<!\w)([а-я]{4,}ск)(?:ая|ий|ое)(?!\w)", name):
            if not LONG_LEGAL.fullmatch(stem):
                # «наша Михайловка» is the Михайловская school, where no village is called so.
                root = stem.removesuffix("ск")
                village = fold(institution.locality).text
                if len(root) > 4 and root.endswith(("ов", "ев", "ин")) and f"{root}к" not in village:
                    nick = rf"\b(?:наш\w{{1,2}}|родн\w+|мо(?:я|ей|ю))[ ](?P<it>{root}к(?:а|и|е|у|ой))(?!\w)"
                    yield Sought(nick, [root]), "a colloquial name"
                said = rf"(?<!\w)школ\w{{1,2}}[ ]{stem}(?:ая|ой|ую)(?!\w)"  # «школа ельцовская»
                yield Sought(said, [stem]), "the name of the institution"
                middle = rf"(?<!\w){stem}\w{{2,3}}[ ](?:средн|основн|начальн)\w{{2,4}}(?!\w)"
                yield Sought(middle, [stem]), "the name of the institution"


def _branch(institution: Institution) -> Iterator[tuple[Sought, str]]:
    """«Барнаульский филиал», where the institution is one."""
    if found := re.search(r"([^\W\d_]+)(?:ий|ый|ой)[ ]филиал", fold(institution.name).text):
        yield Sought(rf"(?<!\w){found[1]}\w{{2,3}}[ ]филиал\w{{0,3}}(?!\w)", [found[1]]), "the branch"
    elif "филиал" in fold(institution.name).text:
        # «филиал КубГУ в г. Тихорецке»: «тихорецкий филиал»
        for word in re.findall(r"[^\W\d_]{5,}", fold(institution.locality).text):
            stem = re.sub(r"(?:ое|ая|[аеиоыяй])$", "", word)[:-1]
            yield Sought(rf"(?<!\w){stem}\w{{0,8}}[ ]филиал\w{{0,3}}(?!\w)", [stem]), "the branch"

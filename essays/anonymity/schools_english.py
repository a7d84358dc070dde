"""Schools, colleges, universities, classes and years in English texts: the author's, by number, place or name."""

from __future__ import annotations

import re

from essays.anonymity.courses import CLASS, GROUP, YEAR, Course
from essays.anonymity.folding import Folded, fold
from essays.anonymity.identity import Identity
from essays.anonymity.school_words import tag_of_name
from essays.anonymity.schools_in_english import KIND, ORDINALS, PROFILES, aloud, aloud_nth, by_name
from essays.anonymity.schools_named_in_english import named_in_english
from essays.anonymity.spans import Span
from essays.anonymity.transliteration import compiled

FRESHMEN = {1: "fresh(?:man|men|er|ers)", 2: "sophomores?", 3: "junior (?:student|year)", 4: "senior (?:student|year)"}
_TITLE_LINES, _LAST_LINES, _SHORT_LINE, _MOST_PROSE = 8, 3, 100, 5
_PROSE = re.compile(r"(?<!\w)[a-z]{2,}(?!\w)")
_FACULTY = re.compile(r"(?m)^ *(?P<it>(?:institute|faculty|department) of [a-z ]{4,60})(?=[,.;]|$)")

# «A student of the Institute of Humanities»
_FACULTY_OF_OWN = re.compile(
    r"(?:(?:students?|freshman|study|studying|studies|enrolled|years?|group|member) (?:at|of|in|from) "
    r"(?:the |our |my )?|, )"
    r"(?P<it>(?:institute|faculty|department) of [a-z]{4,20}(?: (?:and|of|[a-z]{6,20}) ?[a-z]{4,20}){0,2}?)"
    r"(?= at | in | of |,? (?:group|gr)\b|[.;!?\n)]|, |$)"
)


def find_english_institution(folded: Folded, identity: Identity, lines: list[tuple[int, int]]) -> list[Span]:
    """Places in the English `lines` (of the folded text) that tell the author's institution, class or year."""
    spans = []
    for start, end in lines[:_TITLE_LINES]:
        if end - start < _SHORT_LINE:
            for match in _FACULTY.finditer(folded.text, start, end):
                left, right = folded.back(*match.span("it"))
                spans.append(Span(left, right, "institution", "ВУЗ", "a faculty on a title page", 0.85))
    for start, end in lines:
        for match in _FACULTY_OF_OWN.finditer(folded.text, start, end):
            left, right = folded.back(*match.span("it"))
            spans.append(Span(left, right, "institution", "ВУЗ", "the author's faculty", 0.85))
    if town := _town(identity):
        # «Petrozavodsk, 8A», «School No. 12 of Barnaul»: in short lines at both ends alone.
        for start, end in {*lines[:_TITLE_LINES], *lines[-_LAST_LINES:]}:
            if end - start < _SHORT_LINE and len(_PROSE.findall(folded.shown[start:end])) < _MOST_PROSE:
                for match in town.finditer(folded.text, start, end):
                    left, right = folded.back(*match.span())
                    spans.append(Span(left, right, "place", "МЕСТО", "the place in a byline", 0.85))
    institution = identity.institution
    name = fold(f"{institution.name} {institution.short_name}").text if institution else ""
    ends = {*lines[:_TITLE_LINES], *lines[-_LAST_LINES:]}
    for start, end in named_in_english(folded.shown, identity, _places(identity, name), lines, ends):
        left, right = folded.back(start, end)
        tag = _tag(folded.text[start:end]) or tag_of_name(name)
        spans.append(Span(left, right, "institution", tag, "an institution by its name", 0.85))
    home = _home_village(identity)
    for start, end in lines:
        for match in home.finditer(folded.text, start, end) if home else ():
            for group in ("it", "that"):
                if match[group]:
                    left, right = folded.back(*match.span(group))
                    spans.append(Span(left, right, "place", "МЕСТО", "the author's village", 0.85))
    for start, end in lines:
        for pattern, kind, tag, reason in _patterns(identity):
            for match in pattern.finditer(folded.text, start, end):
                left, right = folded.back(*match.span("it" if "it" in pattern.groupindex else 0))
                spans.append(Span(left, right, kind, tag, reason, 0.9))
    return spans


def _tag(name: str) -> str:
    """The role tag by the last word of kind in a lower-case English name; empty for none."""
    kinds = re.findall(r"school|lyceum|gymnasium|college|university|academy|institute", name)
    tags = {"school": "ШКОЛА", "lyceum": "ШКОЛА", "gymnasium": "ШКОЛА", "college": "КОЛЛЕДЖ"}
    return tags.get(kinds[-1], "ВУЗ") if kinds else ""


def _home_village(identity: Identity) -> re.Pattern[str] | None:
    """«I live in village Zelyonaya Roshcha, it is in Rebrikhinsky district»."""
    town = _town(identity)
    if town is None:
        return None
    kinds = r"(?:the )?(?:village|stanitsa|settlement|aul|ulus|hamlet)(?: of)?"
    district = ""
    municipality = fold(identity.institution.municipality if identity.institution else "").text
    if adjective := re.match(r"[^\W\d_]{4,}ск(?=ий)", municipality):
        district = (
            rf"(?:[^.\n]{{0,30}} (?P<that>{compiled([adjective[0]]).pattern}[iy]{{0,2}}) (?:district|raion|region))?"
        )
    return re.compile(
        rf"\b(?:live|from|born|grew up|moved|lives)(?: [a-z]+)? (?:{kinds} )(?P<it>{town.pattern})"
        + (district or "(?P<that>(?!))?")
    )


def _patterns(identity: Identity) -> list[tuple[re.Pattern[str], str, str, str]]:
    found: list[tuple[re.Pattern[str], str, str, str]] = []
    if identity.institution:
        name = fold(f"{identity.institution.name} {identity.institution.short_name}").text
        tag = tag_of_name(name)
        # Kazan University is no school of Kazan.
        kinds = (
            KIND
            if re.search("университет|академи|институт", name)
            else KIND.replace("university|academy|institute|", "")
        )
        for number in set(re.findall(r"\d+", name)):
            nth = f"|{ORDINALS[int(number) - 1]}" if 0 < int(number) <= len(ORDINALS) else ""
            if spoken := aloud(int(number)):
                # «Gymnasium Five», «school number three», «the forty-second school»
                said = rf"(?<!\w)(?:{kinds} (?:no\.? |number )?{spoken}|{aloud_nth(int(number))} {kinds})(?!\w)"
                found.append((re.compile(said), "institution", tag, "the number"))
            said = rf"(?<!\w)(?:my|our) {kinds},? (?P<it>(?:no\.?|number|№|#) ?{number})(?!\d)"
            found.append((re.compile(said), "institution", tag, "the number"))
            found += [
                (
                    re.compile(
                        rf"(?:(?:secondary|high|state|city|comprehensive) )?{kinds} ?(?:no\.?|№|number|n\.?|#)?"
                        rf" ?{number}(?!\d)"
                    ),
                    "institution",
                    tag,
                    "the number",
                ),
                (re.compile(rf"(?<!\w)(?:{number}(?:st|nd|rd|th){nth}) {kinds}"), "institution", tag, "the number"),
            ]
        found += [(pattern, "institution", tag, "the name") for pattern in by_name(identity.institution, name)]
        own = [english for russian, english in PROFILES.items() if russian in name]
        if own:
            after = r"(?: named after [a-z.öäü -]{3,50}?(?=[,;)\n]|$))?"
            pattern = re.compile(rf"(?m)(?<!\w)(?:the )?(?:{'|'.join(own)}) {kinds}{after}")
            found.append((pattern, "institution", tag, "the profile"))
        places = _places(identity, name)
        for number in set(re.findall(r"\d+", name)) if places else ():
            word = f"|{aloud(int(number))}" if 0 < int(number) <= 15 else ""
            pattern = re.compile(rf"(?<!\w)(?:{places}) (?:{number}{word})(?!\w)")
            found.append((pattern, "institution", tag, "the place and the number"))
        if places:
            profile = "|".join(english for russian, english in PROFILES.items() if russian in name)
            middle = rf"(?: (?:state|secondary|high|{profile or 'public'}|comprehensive|general|village|regional))*"
            found.append(
                (
                    re.compile(
                        rf"(?m)(?<!\w)(?:{places}){middle} {kinds}(?: of [a-z ]{{4,40}}?(?=[.,;!?]"
                        r"|$))?(?: named after (?:(?:[a-z]\. ?)+[a-z-]+|[a-z][a-z -]{2,50}?(?=[.,;)]|$)))?"
                    ),
                    "institution",
                    tag,
                    "the name",
                )
            )
            found.append(
                (
                    re.compile(
                        rf"(?<!\w){kinds} (?:of|in) (?:the )?(?:village of |town of"
                        rf" )?(?:{places})(?!\w)"
                    ),
                    "institution",
                    tag,
                    "the place",
                )
            )
    course = Course.read(identity.course)
    if course.school_class:
        number = course.school_class
        letter = rf"(?:[ -]?[«\"“]?{_latin(course.letter)}[»\"”]?(?!\w))?" if course.letter else ""
        letter_aloud = rf"(?: ?[«\"“]{_latin(course.letter)}[»\"”])?" if course.letter else ""
        found += [
            (
                re.compile(
                    rf"(?<!\w)(?:grade|form|class|year)"
                    rf" (?P<it>{number}{letter})(?![\w])"
                ),
                "course",
                CLASS,
                "the author's class",
            ),
            (
                re.compile(
                    rf"(?<!\w)(?:{number}(?:st|nd|rd|th)|{_nth(number)})[ -](?:grade\w*|form|class|year)(?!\w)"
                    rf"{letter_aloud}|(?<![\w.]){number} (?:grade|form|class)(?!\w)"
                ),
                "course",
                CLASS,
                "the author's class",
            ),
        ]
        if course.letter:
            found.append(
                (
                    re.compile(
                        rf"(?<![\w.]){number}[ -]?[«\"“]?{_latin(course.letter)}[»\"”]?(?: class|"
                        rf" form)?(?!\w)"
                    ),
                    "course",
                    CLASS,
                    "the author's class",
                )
            )
        # «In the seven class» is a beginner's.
        said = rf"(?<!\w)(?:in|from|of) (?:the )?(?P<it>{aloud(number) or '(?!)'}) (?:grade|form|class)(?!\w)"
        found.append((re.compile(said), "course", CLASS, "the author's class"))
        said = rf"(?<!\w)(?:grade|form|class|year) (?P<it>{aloud(number) or '(?!)'}{letter})(?![\w])"
        found.append((re.compile(said), "course", CLASS, "the author's class"))
    if course.year:
        number = course.year
        if number in FRESHMEN:
            found.append((re.compile(rf"(?<!\w){FRESHMEN[number]}(?!\w)"), "course", YEAR, "the author's year"))
        found.append(
            (
                re.compile(
                    rf"(?m)(?<!\w)(?:year|course|year of study)[ ]?[:–-] ?(?P<it>{number}(?:st|nd|rd|th)?)(?!\w)"
                ),
                "course",
                YEAR,
                "the author's year",
            )
        )
        found.append(
            (
                re.compile(
                    rf"(?<!\w)(?:{number}(?:st|nd|rd|th)"
                    rf"|{_nth(number)})[ -]year(?!s)"
                ),
                "course",
                YEAR,
                "the author's year",
            )
        )
    for code in course.codes:
        parts = [compiled([part]).pattern if part.isalpha() else part for part in re.findall(r"\d+|[^\W\d_]+", code)]
        if len(parts) > 1:
            found.append(
                (re.compile(r"(?<!\w)" + r"[ ./-]?".join(parts) + r"(?!\w)"), "course", GROUP, "the author's group")
            )
        else:
            said = rf"(?<!\w)(?:group|gr\.)(?: no\.?)? ?(?P<it>{parts[0]})(?!\w)"
            found.append((re.compile(said), "course", GROUP, "the author's group"))
    return found


def _town(identity: Identity) -> re.Pattern[str] | None:
    """The author's place in Latin letters."""
    locality = fold(identity.institution.locality if identity.institution else "").text
    name = re.sub(r"^(?:г|с|п|пгт|рп|р\. ?п|пос|ст|д|город|село|поселок|станица)\b\.? ?", "", locality)
    words = re.findall(r"[^\W\d_]{3,}", name)
    if len("".join(words)) < 4:
        return None
    parts = [word if word.isascii() else compiled([word]).pattern for word in words]
    return re.compile(r"(?<!\w)" + "[ -]".join(f"(?:{part})" for part in parts) + r"(?!\w)")


def _places(identity: Identity, name: str) -> str:
    """A pattern for the place and the adjectives of the institution's name in Latin letters: «Rebrikha», «Altai»."""
    words = set(re.findall(r"[^\W\d_]{5,}", fold(identity.institution.locality if identity.institution else "").text))
    patterns = [compiled([word]).pattern for word in words if not word.isascii()]
    patterns += [word for word in words if word.isascii()]
    for word in re.findall(r"[^\W\d_]{3,}ск(?:ая|ий|ое)", name):
        stem = re.sub(r"(?:ин)?ск(?:ая|ий|ое)$", "", word)
        patterns.append(compiled([stem]).pattern + r"[a-z]{0,7}")
    return "|".join(sorted(set(patterns)))


def _nth(number: int) -> str:
    return ORDINALS[number - 1] if 0 < number <= len(ORDINALS) else "(?!)"


def _latin(letter: str) -> str:
    """A class's letter as it is typed in English: «Б» is B, «В» is B, V or C."""
    return {"а": "a", "б": "b", "в": "[bvc]", "г": "[gd]", "д": "[de]", "е": "e", "к": "k"}.get(
        letter, re.escape(letter) if letter.isascii() else "[a-z]"
    )

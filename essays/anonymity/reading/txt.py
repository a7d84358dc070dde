"""Plain text in any common Russian encoding."""

from __future__ import annotations

import codecs
import re

from essays.anonymity.document import Inlines, Text
from essays.anonymity.reading import limits
from essays.anonymity.reading.building import DocumentBuilder, InlineBuilder, clean
from essays.anonymity.reading.hyphens import joint
from essays.anonymity.reading.unreadable import Reading, Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CYRILLIC = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5")
# What decides where several readings are as good: Windows is met far more often than the others.
_COMMONNESS = {"cp1251": 0.02, "mac-cyrillic": -0.02}
_ALIASES = {
    "windows-1251": "cp1251",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-r",
    "ibm866": "cp866",
    "cp866": "cp866",
    "x-mac-cyrillic": "mac-cyrillic",
    "mac-cyrillic": "mac-cyrillic",
    "maccyrillic": "mac-cyrillic",
    "iso-8859-5": "iso8859-5",
}
_RUSSIAN = re.compile("[А-Яа-яЁё]").match
_SAMPLE = 64 * 1024
_ITEM = re.compile(r"(?:(?P<bullet>[•▪‣◦●])|(?P<number>\d{1,2})[.)])\s+")
_EXCHANGED = re.compile(r"(?<=[а-яё])[А-ЯЁ]|(?<![\w«„])[—–№…](?=[а-яё])|(?<![\w«])[ЦЧГЕЗИР](?= )")
_PAIR = re.compile("(?=([а-яё]{2}))")
# The commonest pairs of letters of Russian; they tell a right decoding from a wrong one that is Cyrillic too.
_PAIRS = frozenset(
    "ст но ен то на ов ни ра во ко по ро пр ер ал го ет ли не ан от ре та ть ел ло ве ор ка ль ом ва ри ле "
    "да те за ос од де ол ат ми ла ит ес ти ем ны ск об ва ма ин ил ог до вы ть бы ся же чт мо ак ку ме".split()
)


def read_txt(content: bytes) -> Reading:
    """Read plain text. Raises Unreadable."""
    text = decode(content)
    if len(text) > limits.MAX_CHARACTERS:
        raise Unreadable("too_complex", "the text is too long")
    builder = DocumentBuilder()
    for block in _blocks(text):
        _add(builder, block)
    return Reading(builder.build(), "txt")


def decode(content: bytes) -> str:
    """The text of `content`: by its byte order mark, else UTF-8, else a guess among Russian encodings."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decode(content, encoding)
    if wide := _utf16(content[:4000]):
        return _decode(content, wide)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass  # Not UTF-8: one of the single-byte encodings follows.
    if b"\0" in content:
        raise Unreadable("type_mismatch", "zero bytes in a text")
    return _guess(content)


def _utf16(sample: bytes) -> str:
    """UTF-16 without a mark: every second byte is then 04 for Cyrillic, 00 for Latin or 20 for dashes and quotes."""
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[offset::2]
        plain = high.count(0) + high.count(4)
        if high and plain * 2 > len(high) and plain + high.count(0x20) + high.count(0x21) >= 0.95 * len(high):
            return encoding
    return ""


def _decode(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("damaged", f"broken {encoding}") from error


def _guess(content: bytes) -> str:
    import chardet

    sample = content[:_SAMPLE]
    detected = str(chardet.detect(sample)["encoding"] or "").lower()
    suggested = _ALIASES.get(detected)
    # The guess of a short text is easily wrong: every candidate is also scored by how Russian it reads.
    scores = {encoding: _russian(sample.decode(encoding, "replace")) for encoding in _CYRILLIC}
    for encoding, head_start in _COMMONNESS.items():
        scores[encoding] += head_start
    if suggested:
        scores[suggested] += 0.02
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] <= 0.05 and not suggested:
        raise Unreadable("damaged", "unknown encoding")
    try:
        return content.decode(best)
    except UnicodeDecodeError:
        return content.decode(best, "replace").replace("\ufffd", "")


def _russian(text: str) -> float:
    """How Russian a text reads, roughly from 0 to 1."""
    letters = sum(1 for character in text if character.isalpha() and not character.isascii())
    if not letters:
        return 0.0
    pairs = _PAIR.findall(text.lower())
    good = sum(1 for pair in pairs if pair in _PAIRS) / max(len(pairs), 1)
    words = re.findall(r"[^\W\d_]+", text)
    natural = sum(len(word) for word in words if word.islower() or word.istitle() or word.isupper())
    lower = sum(1 for character in text if "а" <= character <= "я" or character == "ё") / letters
    case = natural / max(sum(map(len, words)), 1) * (0.8 + 0.2 * lower)
    odd = sum(1 for character in text if not character.isascii() and not character.isalpha())
    odd -= sum(text.count(character) for character in "«»—–…№„“”’\u00a0•")
    # Letters of other Cyrillic alphabets and of accented Latin: in a Russian text they mean a wrong decoding.
    odd += sum(1 for character in text if character.isalpha() and not character.isascii() and not _RUSSIAN(character))
    # «заЯвка», «—лепота», a lonely «Ц»: signs and letters that a wrong table has exchanged.
    odd += len(_EXCHANGED.findall(text))
    return (0.1 + good) * case - 2 * max(odd, 0) / len(text)


def _blocks(text: str) -> list[list[str]]:
    """Paragraphs as lists of lines.

    Where empty lines separate paragraphs, the lines between them belong together: a wrapped paragraph or verse.
    Without them, every line is a paragraph.
    """
    lines = [line.strip() for line in re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text)]
    filled = [line for line in lines if line]
    gaps = len(lines) - len(filled)
    if not filled or gaps * 8 < len(filled):
        return [[line] for line in filled]
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _add(builder: DocumentBuilder, lines: list[str]) -> None:
    if all(_ITEM.match(line) for line in lines):
        for line in lines:
            match = _ITEM.match(line)
            if match and (len(lines) > 1 or match["bullet"]):
                builder.add("item", _line(line[match.end() :]), ordered=match["bullet"] is None)
            else:
                builder.add("paragraph", _line(line))
        return
    inlines = InlineBuilder()
    wrapped = len(lines) > 1 and max(map(len, lines)) - min(map(len, lines[:-1])) < 25 and len(lines[0]) > 55
    for number, line in enumerate(lines):
        cut, between = joint(line, lines[number + 1] if number + 1 < len(lines) else "")
        if wrapped:
            inlines.add(line[: len(line) - cut] + between)
            continue
        if number:
            inlines.line_break()
        inlines.add(line)
    builder.add("paragraph", inlines.build())


def _line(text: str) -> Inlines:
    text = clean(text).strip()
    return (Text(text),) if text else ()

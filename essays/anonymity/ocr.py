"""Printed text on pictures of pages, read by tesseract where it is installed with Russian.

Only print is believed: handwriting comes out as words that the program itself trusts little, and then the pages stay
pictures. What was read is a text like any other; that it was read from a picture is a doubt, so a person looks once.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from essays.anonymity.document import Document, paragraphs

SECONDS = 15
"""For one page; a page that takes longer is no print."""
LEAST_WORDS = 20
LEAST_CONFIDENCE = 85
UNSURE = 60
MOST_UNSURE = 0.08
_MEMORY = 1 << 30
_MOST_OUTPUT = 4 << 20
_SCRIPT = Path(__file__).with_name("ocr_process.py")
_WORD_LEVEL = "5"


Box = tuple[int, int, int, int]
"""Left, top, width and height in pixels."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word with tesseract's trust in it, 0–100, the line and paragraph it stands in, and its place on the page."""

    text: str
    confidence: float
    line: tuple[str, ...]
    paragraph: tuple[str, ...]
    box: Box = (0, 0, 0, 0)


def languages() -> str:
    """What tesseract is asked for, such as «rus+eng»; empty where it or its Russian is not installed."""
    program = shutil.which("tesseract")
    return _languages_of(program) if program else ""


@lru_cache(maxsize=4)
def _languages_of(program: str) -> str:
    try:
        told = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    known = set(told.stdout.split())
    return "+".join(one for one in ("rus", "eng") if one in known) if "rus" in known else ""


class Sheets:
    """Pages (JPEG of our own making) that are read when asked for, each once; as empty where nothing can read them."""

    def __init__(self, pages: Sequence[bytes]) -> None:
        self._pages = pages
        self._languages = languages()
        self._read: dict[int, list[Word]] = {}

    def words(self, index: int) -> list[Word]:
        if not self._languages:
            return []
        if index not in self._read:
            self._read[index] = list(_words(_answer(self._pages[index], self._languages)))
        return self._read[index]

    def text(self) -> Document | None:
        """The text of all pages in their order; None when any of them is not surely print."""
        blocks: list[str] = []
        count = 0
        for index in range(len(self._pages)):
            words = self.words(index)
            if not _is_print(words):
                return None
            count += len(words)
            blocks += _paragraphs(words)
        return paragraphs(blocks) if count >= LEAST_WORDS else None


def _answer(page: bytes, wanted: str) -> str:
    """Tesseract's table of words; empty when it fails, takes too long or says too much."""
    command = [sys.executable, "-I", str(_SCRIPT), str(shutil.which("tesseract")), wanted, str(SECONDS), str(_MEMORY)]
    environment = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    if "TESSDATA_PREFIX" in os.environ:
        environment["TESSDATA_PREFIX"] = os.environ["TESSDATA_PREFIX"]
    try:
        done = subprocess.run(
            command, input=page, capture_output=True, timeout=SECONDS, check=False, env=environment, cwd="/"
        )
    except subprocess.TimeoutExpired:
        return ""
    if done.returncode or len(done.stdout) > _MOST_OUTPUT:
        return ""
    return done.stdout.decode("utf-8", "replace")


def _words(table: str) -> Iterator[Word]:
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        try:
            confidence, (left, top, width, height) = float(cells[10]), map(int, cells[6:10])
        except ValueError:
            continue
        yield Word(cells[11].strip(), confidence, tuple(cells[1:5]), tuple(cells[1:4]), (left, top, width, height))


def _is_print(words: Sequence[Word]) -> bool:
    if len(words) < LEAST_WORDS // 4:
        return False
    unsure = sum(word.confidence < UNSURE for word in words)
    trust = statistics.fmean(word.confidence for word in words)
    return trust >= LEAST_CONFIDENCE and unsure <= MOST_UNSURE * len(words)


def _paragraphs(words: Sequence[Word]) -> Iterator[str]:
    """Lines joined to paragraphs; a word broken at the end of a line becomes whole again."""
    text = ""
    before: Word | None = None
    for word in words:
        if before is None or word.paragraph != before.paragraph:
            if text:
                yield text
            text = word.text
        elif word.line != before.line and text[-1:] == "-" and text[-2:-1].isalpha() and word.text[:1].islower():
            text = text[:-1] + word.text
        else:
            text += " " + word.text
        before = word
    if text:
        yield text

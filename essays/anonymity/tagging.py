"""The recognizer's arithmetic: a convolutional tagger over word vectors, and the likeliest row of tags.

The same sums as in slovnet's own modules, in another order. What a word adds to the first layer depends on nothing
but the word: it is worked out once and kept, across texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import add
from threading import Lock
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

_MOST_WORDS = 3_072
"""Words whose part of the first layer is kept: 3 kB each."""
_OUTSIDE = 1
"""Index of the tag O among the tagger's tags."""
_CLEAR = 1e-3
"""How much better O must be than anything else for nothing else to be tried."""


class Tagger:
    """`model` is slovnet's NER module with navec's vectors."""

    def __init__(self, model: Any) -> None:
        vectors, shapes = model.emb.word, model.emb.shape
        self._codes, self._indexes, self._chunks = vectors.codes.array, vectors.indexes.array, vectors.qdims
        layers = model.encoder.layers
        if any(layer.conv.weight.array.shape[2] != 3 or layer.conv.padding != 1 for layer in layers):
            raise ValueError("a tagger of three-word windows is expected")
        # [before | here | after]: one product instead of three.
        weights = [np.ascontiguousarray(np.concatenate(list(layer.conv.weight.array.T), axis=1)) for layer in layers]
        width = vectors.dim
        self._of_words = np.ascontiguousarray(weights[0][:width])
        self._of_shapes = shapes.weight.array @ weights[0][width:]
        self._layers = list(zip([None, *weights[1:]], layers, strict=True))
        self._head = model.head.proj
        self._moves = model.head.crf.transitions.array
        # Kinds of tags: those that O comes before at little cost, and those that go on with a name.
        moves = self._moves - self._moves[_OUTSIDE, _OUTSIDE]
        tags = [tag for tag in range(len(moves)) if tag != _OUTSIDE]
        self._kinds = (
            [tag for tag in tags if moves[_OUTSIDE, tag] > -5],
            [t for t in tags if moves[_OUTSIDE, t] <= -5],
        )
        # The most that a move of a kind into, inside and out of a run of them gives, against staying at O.
        around = [[_OUTSIDE], *self._kinds]
        self._most_of_moves = [[float(moves[np.ix_(a, b)].max()) for b in around] for a in around]
        self._columns: list[list[float]] = self._moves.T.tolist()
        self._known = np.empty((_MOST_WORDS, self._of_words.shape[1]), dtype=np.float32)
        self._rows: dict[int, int] = {}
        self._lock = Lock()

    def tags(self, words: Sequence[int], shapes: Sequence[int]) -> list[int]:
        """The index of a tag for each word, of which number and shape are told."""
        return self._best_path(self._scores(words, shapes))

    def _scores(self, words: Sequence[int], shapes: Sequence[int]) -> Array:
        """Words × tags."""
        values: Array = self._first(words)
        values += self._of_shapes[np.array(shapes)]
        for weight, layer in self._layers:
            if weight is not None:
                values = values @ weight
            filters = values.shape[1] // 3
            here = values[:, filters : 2 * filters] + layer.conv.bias.array
            here[1:] += values[:-1, :filters]
            here[:-1] += values[1:, 2 * filters :]
            np.maximum(here, 0, out=here)
            here -= layer.norm.mean.array
            here /= layer.norm.std.array
            here *= layer.norm.weight.array
            here += layer.norm.bias.array
            values = here
        scores: Array = values @ self._head.weight.array + self._head.bias.array
        return scores

    def _first(self, words: Sequence[int]) -> Array:
        """What the words add to the first layer."""
        with self._lock:
            new = [word for word in dict.fromkeys(words) if word not in self._rows]
            if len(self._rows) + len(new) > _MOST_WORDS:
                self._rows.clear()
                new = list(dict.fromkeys(words))
            if new:
                vectors = self._codes[self._chunks, self._indexes[new]].reshape(len(new), -1)
                first = len(self._rows)
                self._known[first : first + len(new)] = vectors @ self._of_words
                self._rows.update(zip(new, range(first, first + len(new)), strict=True))
            result: Array = self._known[[self._rows[word] for word in words]]
        return result

    def _best_path(self, scores: Array) -> list[int]:
        """Viterbi for one sequence, only where a word may be something."""
        path = [_OUTSIDE] * len(scores)
        may_be = self._may_be(scores)
        at = 0
        while at < len(scores):
            if not may_be[at]:
                at += 1
                continue
            first, history = at, []
            total = (scores[at] + self._moves[_OUTSIDE] if at else scores[0]).tolist()
            while at + 1 < len(scores) and may_be[at]:
                at += 1
                best, reached = [], []
                for column, score in zip(self._columns, scores[at].tolist(), strict=True):
                    ways = list(map(add, total, column))
                    way = max(ways)
                    best.append(ways.index(way))
                    reached.append(way + score)
                history.append(best)
                total = reached
            tag = total.index(max(total)) if may_be[at] else _OUTSIDE
            path[at] = tag
            for place in range(at - 1, first - 1, -1):
                tag = history[place - first][tag]
                path[place] = tag
            at += 1
        return path

    def _may_be(self, scores: Array) -> list[bool]:
        """Which words may have another tag than O: of a run of other tags around the rest the most is not enough.

        Tags are two kinds here, those that may follow O and those that go on with a name.
        """
        lead = scores - scores[:, _OUTSIDE : _OUTSIDE + 1]
        ones, others = lead[:, self._kinds[0]].max(1).tolist(), lead[:, self._kinds[1]].max(1).tolist()
        (_, *enter), (leave_one, one_one, one_other), (leave_other, other_one, other_other) = self._most_of_moves
        before = []
        come_one, come_other = 0.0, 0.0  # Nothing is left behind at the first word, nothing comes after the last.
        one = other = -np.inf
        for first, second in zip(ones, others, strict=True):
            one, other = (
                max(come_one, one + one_one, other + other_one) + first,
                max(come_other, one + one_other, other + other_other) + second,
            )
            come_one, come_other = enter
            before.append((one, other))
        result = []
        one = other = 0.0  # From the word's tag on, without the word.
        for (one_before, other_before), first, second in zip(
            reversed(before), reversed(ones), reversed(others), strict=True
        ):
            result.append(one_before + one > -_CLEAR or other_before + other > -_CLEAR)
            one, other = (
                max(leave_one, one_one + first + one, one_other + second + other),
                max(leave_other, other_one + first + one, other_other + second + other),
            )
        result.reverse()
        return result

"""A many-facet Rasch model by joint maximum likelihood, to compare severities with: what psychometrics would fit.

Category x of 0…m of a judge's mark: log P(x) / P(x − 1) = ability − severity − threshold of x.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ROUNDS = 400


def chances(position: Floats, thresholds: Floats) -> Floats:
    """[mark, category]: the chance of each category at ability − severity."""
    steps = np.concatenate(
        [np.zeros((len(position), 1)), np.cumsum(position[:, None] - thresholds[None, :], axis=1)], 1
    )
    steps = np.exp(steps - steps.max(axis=1, keepdims=True))
    return steps / steps.sum(axis=1, keepdims=True)


def severities(entry: Ints, judge: Ints, mark: Ints, categories: int) -> Floats:
    """In logits, mean zero. Marks run from 0 to ``categories`` − 1; the extreme entries are kept from infinity."""
    ability, severity = np.zeros(entry.max() + 1), np.zeros(judge.max() + 1)
    thresholds = np.linspace(-2, 2, categories - 1)
    values = np.arange(categories)
    for _ in range(ROUNDS):
        before = severity.copy()
        for which, sign in ((entry, 1.0), (judge, -1.0)):
            chance = chances(ability[entry] - severity[judge], thresholds)
            mean = chance @ values
            variance = chance @ values**2 - mean**2
            target = ability if sign > 0 else severity
            step = np.bincount(which, weights=mark - mean) / np.maximum(np.bincount(which, weights=variance), 1e-3)
            target += sign * np.clip(step, -1, 1)
            np.clip(target, -8, 8, out=target)
        severity -= severity.mean()
        at_least = np.array([(mark >= category).sum() for category in values[1:]])
        chance = chances(ability[entry] - severity[judge], thresholds)
        above = np.cumsum(chance[:, ::-1], axis=1)[:, ::-1][:, 1:]
        thresholds -= np.clip(
            (at_least - above.sum(axis=0)) / np.maximum((above * (1 - above)).sum(axis=0), 1e-3), -0.5, 0.5
        )
        thresholds -= thresholds.mean()
        if np.abs(severity - before).max() < 1e-5:
            break
    return severity


def made_up(seed: int, *, entries: int, judges: int, reviews: int, categories: int) -> tuple[Ints, Ints, Ints]:
    """Entry, judge and mark of readings that the model itself draws."""
    random = np.random.default_rng(seed)
    ability, severity = random.normal(0, 1, entries), random.normal(0, 0.5, judges)
    judge = np.concatenate([random.choice(judges, reviews, replace=False) for _ in range(entries)])
    entry = np.repeat(np.arange(entries), reviews)
    chance = chances(ability[entry] - severity[judge], np.linspace(-2, 2, categories - 1))
    mark = (chance.cumsum(axis=1) < random.random(len(entry))[:, None]).sum(axis=1)
    return entry, judge, np.minimum(mark, categories - 1)

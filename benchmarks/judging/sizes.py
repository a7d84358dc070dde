"""Large deals and large calibrations: seconds of the processor, megabytes, and what came of them."""

import random
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from benchmarks.judging import rasch
from judging.assignments.allocation import Plan, allocate
from judging.assignments.parties import Entry, Judge, Pair
from judging.ranking.additive import Reading
from judging.ranking.calibration import calibrate

Result = TypeVar("Result")
CELLS = [f"cell-{number:02}" for number in range(12)]
SCHOOLS, TOWNS = 1100, 60


@dataclass(frozen=True)
class Measured:
    """``ok``: the goal is reached; None where there is none."""

    name: str
    figures: str
    goal: str = ""
    ok: bool | None = None


def megabytes() -> float:
    """The most that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(run: Callable[[], Result]) -> tuple[float, Result]:
    begun = time.process_time()
    result = run()
    return time.process_time() - begun, result


def panel(
    entries: int,
    judges: int,
    *,
    cells_each: int | None = None,
    towns: bool = False,
    capacity: tuple[int, int] | None = None,
    seed: int = 1,
) -> tuple[list[Entry], list[Judge]]:
    """Entries of schools in towns, judges of schools too: the same school (and town) is a conflict."""
    draw = random.Random(seed)

    def keys() -> frozenset[str]:
        school = draw.randrange(SCHOOLS)
        return frozenset([f"school {school}", *([f"town {school % TOWNS}"] if towns else [])])

    return (
        [Entry(f"e{number:06}", draw.choice(CELLS), keys()) for number in range(entries)],
        [
            Judge(
                f"j{number:05}",
                frozenset(draw.sample(CELLS, cells_each)) if cells_each else None,
                keys(),
                draw.randint(*capacity) if capacity else None,
            )
            for number in range(judges)
        ],
    )


def violations(entries: list[Entry], judges: list[Judge], plan: Plan) -> int:
    """Pairs against a rule: conflict, foreign cell, twice, above capacity."""
    entry_of, judge_of = {entry.id: entry for entry in entries}, {judge.id: judge for judge in judges}
    broken = len(plan.pairs) - len(set(plan.pairs))
    for entry, judge in plan.pairs:
        broken += judge_of[judge].conflicts_with(entry_of[entry]) or not judge_of[judge].serves(entry_of[entry].cell)
    load = Counter(judge for _, judge in plan.pairs)
    return broken + sum(judge.capacity is not None and load[judge.id] > judge.capacity for judge in judges)


def relative_loads(judges: list[Judge], plan: Plan) -> tuple[float, float]:
    """Lowest and highest load of the mean; by capacity, where judges have one."""
    loads = [plan.load[judge.id] / (judge.capacity or 1) for judge in judges]
    mean = sum(loads) / len(loads)
    return min(loads) / mean, max(loads) / mean


def large(name: str, *, even: bool, **kinds: object) -> Measured:
    """100,000 entries, three reviews, 2,000 judges."""
    entries, judges = panel(100_000, 2_000, **kinds)  # type: ignore[arg-type]
    seconds, plan = timed(lambda: allocate(entries, judges, reviews=3, seed=7))
    memory = megabytes()
    low, high = relative_loads(judges, plan)
    broken = violations(entries, judges, plan)
    ok = seconds <= 5 and memory <= 300 and not broken and plan.filled == plan.bound and plan.components == 1
    return Measured(
        f"100,000 × 3 × 2,000, {name}",
        f"{seconds:.1f} s, {memory:.0f} MB, {plan.filled:,} slots of at most {plan.bound:,}, load {low:.3f}–{high:.3f} of "
        f"the mean, {plan.components} component, {broken} violations",
        "≤ 5 s, ≤ 300 MB, all that can be filled" + (", ≤ 1.02" if even else ""),
        ok and (not even or high <= 1.02),
    )


def departure() -> Measured:
    """5 % of the judges leave."""
    entries, judges = panel(100_000, 2_000, cells_each=3)
    before = allocate(entries, judges, reviews=3, seed=7)
    gone = {judge.id for judge in judges[:100]}
    stay = [pair for pair in before.pairs if pair[1] not in gone]
    seconds, after = timed(lambda: allocate(entries, judges[100:], reviews=3, seed=8, fixed=stay))
    kept = set(stay) <= set(after.pairs)
    return Measured(
        "100 of 2,000 judges leave",
        f"{seconds:.1f} s, {after.filled:,} of {after.wanted:,} slots dealt anew, the rest untouched: {kept}",
        "≤ 3 s",
        seconds <= 3 and kept and after.filled == after.wanted,
    )


def late() -> Measured:
    """2,000 entries come in after the deal."""
    entries, judges = panel(102_000, 2_000, cells_each=3)
    before = allocate(entries[:100_000], judges, reviews=3, seed=7)
    seconds, after = timed(lambda: allocate(entries, judges, reviews=3, seed=8, fixed=before.pairs))
    kept = set(before.pairs) <= set(after.pairs)
    loads = after.load.values()
    return Measured(
        "2,000 late entries",
        f"{seconds:.1f} s, {after.filled:,} slots, loads {min(loads)}–{max(loads)}, the rest untouched: {kept}",
        "rest untouched",
        kept,
    )


def error_of_a_difference(pairs: list[Pair] | tuple[Pair, ...]) -> float:
    """Mean standard error of the difference of two severities, in standard deviations of a mark's residual."""
    judges = {judge: number for number, judge in enumerate(sorted({judge for _, judge in pairs}))}
    readers: dict[str, list[int]] = defaultdict(list)
    for entry, judge in pairs:
        readers[entry].append(judges[judge])
    information = np.zeros((len(judges), len(judges)))
    for several in readers.values():
        information[np.ix_(several, several)] -= 1 / len(several)
        information[several, several] += 1
    covariance = np.linalg.pinv(information)
    variances = np.diag(covariance)[:, None] + np.diag(covariance)[None, :] - 2 * covariance
    return float(np.sqrt(np.maximum(variances[np.triu_indices(len(judges), 1)], 0)).mean())


def greedy(entries: list[Entry], judges: list[Judge], reviews: int) -> list[Pair]:
    """The least loaded who may, by number: what one would write first."""
    load = Counter({judge.id: 0 for judge in judges})
    pairs = []
    for entry in entries:
        able = [judge for judge in judges if judge.serves(entry.cell) and not judge.conflicts_with(entry)]
        for judge in sorted(able, key=lambda judge: (load[judge.id], judge.id))[:reviews]:
            load[judge.id] += 1
            pairs.append((entry.id, judge.id))
    return pairs


def severity_error(name: str, cells_each: int | None) -> Measured:
    entries, judges = panel(10_000, 300, cells_each=cells_each)
    ours = error_of_a_difference(allocate(entries, judges, reviews=3, seed=7).pairs)
    other = error_of_a_difference(greedy(entries, judges, 3))
    return Measured(
        f"10,000 × 3 × 300, {name}: error of a severity difference",
        f"{ours:.4f} σ (least loaded first: {other:.3f})",
        "≤ 0.185 σ",
        ours <= 0.185,
    )


def calibration() -> Measured:
    """100,000 entries, three reviews, 1,000 judges, once more in another order of rows."""
    entries, judges = panel(100_000, 1_000)
    pairs = allocate(entries, judges, reviews=3, seed=7).pairs
    chance = np.random.default_rng(1)
    quality = dict(zip((entry.id for entry in entries), chance.normal(65, 10, len(entries)), strict=True))
    leniency = dict(zip((judge.id for judge in judges), chance.normal(0, 5, len(judges)), strict=True))
    cell = {entry.id: entry.cell for entry in entries}
    noise = chance.normal(0, 10, len(pairs))
    readings = [
        Reading(cell[entry], entry, judge, round(float(quality[entry] + leniency[judge] + more)))
        for (entry, judge), more in zip(pairs, noise, strict=True)
    ]
    del pairs, quality, entries, judges, noise
    seconds, found = timed(lambda: calibrate(readings))
    memory = megabytes()
    truth = [leniency[judge] for judge in sorted(leniency)]
    like = float(np.corrcoef([-float(found.severity[judge]) for judge in sorted(leniency)], truth)[0, 1])
    random.Random(2).shuffle(readings)
    same = calibrate(readings).scores == found.scores
    return Measured(
        "calibrating 100,000 × 3 × 1,000",
        f"{seconds:.1f} s, {memory:.0f} MB, severities correlate {like:.3f} with the truth, same in another order: {same}",
        "≤ 2 s, ≤ 250 MB, same",
        seconds <= 2 and memory <= 250 and same,
    )


def against_rasch() -> Measured:
    found = []
    for seed in range(3):
        entry, judge, mark = rasch.made_up(seed, entries=1000, judges=40, reviews=3, categories=11)
        ours = calibrate(Reading("c", f"{e:04}", f"{j:02}", int(m)) for e, j, m in zip(entry, judge, mark, strict=True))
        severity = [float(ours.severity[f"{number:02}"]) for number in range(40)]
        found.append(float(np.corrcoef(severity, rasch.severities(entry, judge, mark, 11))[0, 1]))
    return Measured(
        "severities with a many-facet Rasch fit", f"correlate {min(found):.3f}", "≥ 0.95", min(found) >= 0.95
    )


PARTS: dict[str, Callable[[], Measured]] = {
    "free": lambda: large("everybody may read everything", even=True),
    "cells": lambda: large("three of twelve cells each", even=True, cells_each=3),
    "towns": lambda: large("no entry of the judge's town", even=True, towns=True),
    "capacity": lambda: large("capacities 120–250", even=True, capacity=(120, 250)),
    "short": lambda: large("three cells each, room for 100–150", even=False, cells_each=3, capacity=(100, 150)),
    "departure": departure,
    "late": late,
    "error": lambda: severity_error("everybody may read everything", None),
    "error-cells": lambda: severity_error("three of twelve cells each", 3),
    "calibration": calibration,
    "rasch": against_rasch,
}


def measure(part: str) -> Measured:
    """One part by name, so that another process can be told which."""
    return PARTS[part]()

"""How many entries of each cell each judge reads: even relative loads, spread over all that they may read. Pure.

Loads even out by proportional response: each judge's share of a cell is divided by their relative load and the
cell is scaled back to its demand. That converges to the loads that cannot be evened any further, and leaves every
judge with something of every cell they serve, as far as that costs nothing. Where it would leave nothing, bridges
of one entry on a part of the pairs keep the cells tied to each other: severities of judges who share no entry, even
round corners, cannot be compared.
"""

import numpy as np
from numpy.typing import NDArray

from judging.assignments.lots import lots
from judging.assignments.numbers import Ints

ROUNDS = 120
BRIDGED = 0.3
# Below this a cell, or a judge's desk, is too small to spare bridges.
SMALLEST_BRIDGED_CELL = 30
SMALLEST_BRIDGED_LOAD = 10
# Fractions are compared in this grain, so that the last bit of a sum decides nothing.
GRAIN = 1 << 20

Floats = NDArray[np.float64]


def quotas(demand: Ints, most: Ints, held: Ints, limit: Ints, weight: Floats, *, begin: int) -> tuple[Ints, Ints]:
    """Quotas and bridges, both [cell, judge].

    ``demand``: slots of each cell; ``most``: how many entries of the cell the judge may read at all. A quota exceeds
    neither ``most`` nor the room under ``limit``; the quotas of a cell add up to its demand, or to less where these
    stand in the way. ``bridges``: how much of a quota should stay where it is when loads are evened.
    """
    room = np.maximum(limit - held, 0)
    shares = _fit(demand, most, held, room, weight, np.zeros_like(most))
    bridges = _bridges(demand, most, shares, held, begin)
    if bridges.any():
        shares = _fit(demand, most, held, room, weight, bridges, shares)
    shares = _fill_up(shares, demand, most, room)
    found = _rounded(shares, demand, most, room, begin)
    _level(found, most, bridges, held, limit, weight)
    return found, np.minimum(bridges, found)


def _across(values: Floats) -> Floats:
    """Sums of rows, one addend after the other: how a vectorised sum pairs them may differ between processors."""
    return np.cumsum(values, axis=1)[:, -1] if values.shape[1] else np.zeros(len(values))


def _fit(
    demand: Ints,
    most: Ints,
    held: Ints,
    room: Ints,
    weight: Floats,
    at_least: Ints,
    shares: Floats | None = None,
) -> Floats:
    if shares is None:
        shares = np.where((most > 0) & (room > 0), np.maximum(weight, 1e-9), 0.0)
        shares = _scaled(shares, demand)
    pressure = np.ones(len(held))
    for _ in range(ROUNDS if not at_least.any() else ROUNDS // 4):
        load = shares.sum(axis=0)
        relative = np.maximum((held + load) / weight, 1e-12)
        # Whoever is full is pressed until they are only just full.
        pressure = np.maximum(pressure * np.sqrt(load / np.maximum(room, 1)), 1.0)
        shares = _scaled(shares / (relative * pressure), demand)
        shares = np.maximum(np.minimum(shares, most), at_least)
    return np.round(shares * GRAIN) / GRAIN


def _scaled(shares: Floats, demand: Ints) -> Floats:
    sums = _across(shares)
    return shares * np.divide(demand, sums, out=np.zeros(len(sums)), where=sums > 0)[:, None]


def _bridges(demand: Ints, most: Ints, shares: Floats, held: Ints, begin: int) -> Ints:
    """One entry for a random part of the pairs, within what cells and judges can spare."""
    chosen = np.zeros(most.shape, dtype=np.int64)
    large = held + shares.sum(axis=0) >= SMALLEST_BRIDGED_LOAD
    spare = np.floor(np.where(large, shares.sum(axis=0), 0) / 2)
    for cell in np.flatnonzero(demand >= SMALLEST_BRIDGED_CELL):
        able = np.flatnonzero((most[cell] > 0) & (spare >= 1))
        drawn = able[np.argsort(lots(begin + 7919 * int(cell), len(able)), kind="stable")]
        count = min(int(np.ceil(BRIDGED * len(able))), int(demand[cell]) // 2)
        # Those who read enough of the cell anyway are bridges already and cost nothing.
        thin = drawn[shares[cell, drawn] < 1]
        count -= len(drawn) - len(thin)
        if count > 0:
            chosen[cell, thin[:count]] = 1
            spare[thin[:count]] -= 1
    return chosen


def _fill_up(shares: Floats, demand: Ints, most: Ints, room: Ints) -> Floats:
    """Within everybody's room; what had to be cut goes to those who have some left."""
    shares = shares * np.minimum(1, room / np.maximum(shares.sum(axis=0), 1e-12))
    for _ in range(30):
        missing = np.maximum(demand - _across(shares), 0)
        if missing.max(initial=0) < 1e-6:
            break
        slack = np.maximum(room - shares.sum(axis=0), 0)
        free = np.where(shares < most, slack[None, :], 0.0)
        extra = np.minimum(_scaled(free, missing), np.maximum(most - shares, 0))
        extra *= np.minimum(1, slack / np.maximum(extra.sum(axis=0), 1e-12))
        shares = shares + extra
    return np.round(shares * GRAIN) / GRAIN


def _rounded(shares: Floats, demand: Ints, most: Ints, room: Ints, begin: int) -> Ints:
    """Whole numbers: a cell's quotas add up exactly, and what a judge lost in one cell they get in the next."""
    found = np.zeros(most.shape, dtype=np.int64)
    carry = np.zeros(most.shape[1])
    left = room.astype(np.int64).copy()
    for cell in range(len(demand)):
        top = np.minimum(most[cell], left)
        wanted = shares[cell] + carry
        quota = np.minimum(np.maximum(np.floor(wanted).astype(np.int64), 0), top)
        surplus = int(demand[cell]) - int(quota.sum())
        drawn = lots(begin + 104729 * (cell + 1), len(quota))
        # Demand that cannot be met at all is nobody's carry.
        surplus = min(surplus, round(float(_across(shares[cell : cell + 1])[0])) - int(quota.sum()))
        while surplus > 0:
            able = np.flatnonzero(quota < top)
            if not len(able):
                break
            order = able[np.lexsort((drawn[able], quota[able] - wanted[able]))]
            order = order[(shares[cell, order] > 0) | (wanted[order] > 0)] if (shares[cell, order] > 0).any() else order
            quota[order[:surplus]] += 1
            surplus -= min(surplus, len(order))
        while surplus < 0:
            able = np.flatnonzero(quota > 0)
            order = able[np.lexsort((drawn[able], wanted[able] - quota[able]))]
            quota[order[:-surplus]] -= 1
            surplus += min(-surplus, len(order))
        carry = np.round((wanted - quota) * GRAIN) / GRAIN
        found[cell] = quota
        left -= quota
    return found


def _level(found: Ints, most: Ints, bridges: Ints, held: Ints, limit: Ints, weight: Floats) -> None:
    """Hand single entries of a cell from judge to judge until no such move evens the relative loads."""
    load = held + found.sum(axis=0)
    giving = found > bridges
    taking = found < most
    todo = list(np.argsort(-(2 * load - 1) / weight, kind="stable"))
    for giver in todo:
        while True:
            adding = np.where(load < limit, (2 * load + 1) / weight, np.inf)
            if adding.min() >= (2 * load[giver] - 1) / weight[giver]:
                break
            cells = np.flatnonzero(giving[:, giver])
            adding[~taking[cells].any(axis=0)] = np.inf
            taker = int(np.argmin(adding))
            if adding[taker] >= (2 * load[giver] - 1) / weight[giver]:
                break
            cells = cells[taking[cells, taker]]
            # From where the giver has most and the taker least: that keeps the spread.
            cell = cells[np.argmax(found[cells, giver] - found[cells, taker])]
            for judge, change in ((giver, -1), (taker, 1)):
                found[cell, judge] += change
                load[judge] += change
                giving[cell, judge] = found[cell, judge] > bridges[cell, judge]
                taking[cell, judge] = found[cell, judge] < most[cell, judge]

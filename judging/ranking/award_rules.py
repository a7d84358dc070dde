"""The awards that a contest gives, as rules: how many, from which points, in which cells. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from judging.ranking.rounding import WHOLE_DOWN, Rounding


@dataclass(frozen=True, slots=True)
class AwardRule:
    """One award of every cell, or of ``cells`` only. It is one of these:

    - for places ``place_from`` to ``place_to``;
    - for the next ``count`` entries;
    - for a ``share`` of the entries, rounded to whole ones by ``rounding`` and ``at_least`` so many; ``together``: the
      share counts from the top, awards before it included (winners up to 8 %, winners and prize-winners up to 25 %);
    - ``special``, for entries that get no other award: those named in ``entries``, or the ``count`` best by the
      criterion ``by``.

    ``minimum``: fewest points; ``minimum_share``: fewest as a part of the maximum. ``numbered`` False: its places are
    not told apart; only places are ever numbered.
    """

    key: str
    place_from: int | None = None
    place_to: int | None = None
    share: Fraction | None = None
    rounding: Rounding = WHOLE_DOWN
    minimum: Decimal | None = None
    minimum_share: Fraction | None = None
    numbered: bool = True
    together: bool = True
    at_least: int = 0
    count: int | None = None
    special: bool = False
    by: str | None = None
    entries: tuple[str, ...] = ()
    cells: frozenset[str] | None = None

    def __post_init__(self) -> None:
        bounds = [place for place in (self.place_from, self.place_to) if place is not None]
        if self.special:
            if bounds or self.share is not None or (self.by is None) == (not self.entries):
                raise ValueError(f"award {self.key}: a special prize names entries or a criterion to be best by")
        elif (len(bounds) == 2) + (self.share is not None) + (self.count is not None) != 1 or len(bounds) == 1:
            raise ValueError(f"award {self.key}: either places or a share or a count")
        if self.share is not None and (not 0 < self.share <= 1 or self.rounding.places):
            raise ValueError(f"award {self.key}: a share is above 0, at most 1, rounded to whole entries")
        if bounds and not 1 <= bounds[0] <= bounds[1]:
            raise ValueError(f"award {self.key}: places run upwards from 1")
        if (self.count is not None and self.count < 1) or self.at_least < 0:
            raise ValueError(f"award {self.key}: a count is at least 1")

    def of(self, cell: str) -> bool:
        """Is it given in this cell?"""
        return self.cells is None or cell in self.cells


@dataclass(frozen=True, slots=True)
class Withheld:
    """An award that the jury gives to nobody in a cell; ``place`` None: none of its places."""

    cell: str
    award: str
    place: int | None = None


@dataclass(frozen=True, slots=True)
class AwardRules:
    """Awards from the highest down. ``sharing``: equal entries may share a place, using up those after it.

    ``maximum``: highest possible score, for minimum shares. ``unawarded`` False: every place has to be given;
    ``withheld`` are those that the jury gives to nobody. Raises ``ValueError`` where places overlap.
    """

    awards: tuple[AwardRule, ...]
    sharing: bool = False
    maximum: Decimal | None = None
    unawarded: bool = True
    withheld: tuple[Withheld, ...] = ()

    def __post_init__(self) -> None:
        for cell in {cell for rule in self.awards for cell in rule.cells or ()} | {""}:
            self._check(rule for rule in self.awards if (rule.of(cell) if cell else rule.cells is None))
        for rule in self.awards:
            if rule.minimum_share is not None and self.maximum is None:
                raise ValueError(f"award {rule.key}: a minimum share needs the maximum")

    def _check(self, awards: Iterable[AwardRule]) -> None:
        reached = 0
        for rule in awards:
            if rule.place_from is not None and rule.place_to is not None:
                if rule.place_from <= reached:
                    raise ValueError(f"award {rule.key}: place {rule.place_from} is given away before")
                reached = rule.place_to

    def of(self, cell: str) -> "AwardRules":
        """Those that are given in this cell."""
        if all(rule.cells is None for rule in self.awards):
            return self
        return replace(self, awards=tuple(rule for rule in self.awards if rule.of(cell)))

    def moved(self, names: Mapping[str, str]) -> "AwardRules":
        """For cells that have been merged: old → new name. Where two bring the same place, the first one keeps it."""
        taken: set[tuple[str, int]] = set()
        awards = []
        for rule in self.awards:
            if rule.cells is None:
                awards.append(rule)
                continue
            places = range(rule.place_from or 1, (rule.place_to or 0) + 1)
            cells = {names.get(cell, cell) for cell in rule.cells}
            free = {cell for cell in cells if not any((cell, place) in taken for place in places)}
            taken |= {(cell, place) for cell in free for place in places}
            if free:
                awards.append(replace(rule, cells=frozenset(free)))
        return replace(self, awards=tuple(awards))

    def floor(self, rule: AwardRule) -> Fraction | None:
        """Fewest points for the award, both minima taken together."""
        floors = [] if rule.minimum is None else [Fraction(rule.minimum)]
        if rule.minimum_share is not None and self.maximum is not None:
            floors.append(rule.minimum_share * Fraction(self.maximum))
        return max(floors, default=None)

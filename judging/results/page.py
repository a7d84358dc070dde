"""The public results as rows to show: the same for the page, its preview and anything that is printed from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from essays.entries.consents import may_be_named, may_be_read
from essays.entries.models import Entry
from judging.ranking import sentences
from judging.ranking.models import RankedCopy, Ranking, in_language
from judging.ranking.table import tone_of
from judging.results.models import Announcement, Award


@dataclass(frozen=True)
class ShownAward:
    """One awarded entry. ``name`` and ``belongs`` are empty where the author may not be named: then the code stands."""

    code: str
    award: str
    place: int | None
    tone: str
    score: str
    name: str
    belongs: str
    title: str
    readable: bool


@dataclass(frozen=True)
class ShownGroup:
    """One category × nomination. ``others``: how many took part without an award; they are not listed."""

    number: int
    category: str
    nomination: str
    merged: bool
    awarded: tuple[ShownAward, ...]
    others: int

    @property
    def podium(self) -> bool:
        """Three stand beside each other; more are a list."""
        return 0 < len(self.awarded) <= 3


@dataclass(frozen=True)
class Choice:
    """A filter as a link. ``value`` is what the address says, empty for all."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Results:
    """Everything the page shows, within its filters; counts are of the whole contest."""

    groups: tuple[ShownGroup, ...]
    categories: tuple[Choice, ...]
    nominations: tuple[Choice, ...]
    entries: int
    winners: int
    prize_winners: int


@dataclass(frozen=True)
class Chosen:
    """Filters by the ids of a category and a nomination; ids that do not exist find nothing."""

    category: int | None = None
    nomination: int | None = None

    def takes(self, cell: Mapping[str, Any]) -> bool:
        by_category = self.category is None or cell["category"]["id"] == self.category
        ids = [one["id"] for one in cell["nominations"]]
        return by_category and (self.nomination is None or self.nomination in ids)


def of_announcement(announcement: Announcement, chosen: Chosen) -> Results:
    """The public page's results: four queries, whatever their number. Ask the gate first."""
    cells = [cell["number"] for cell in announcement.ranking.outline["cells"] if chosen.takes(cell)]
    standing = Award.objects.standing().filter(announcement=announcement).exclude(award_key="")
    awards = (
        standing.filter(row__cell__in=cells)
        .select_related("row__copy", "entry__institution__municipality", "entry__contest")
        .defer("row__copy__html", "row__copy__text", "row__copy__conflict_keys", "row__copy__doubts")
    )
    places = list(standing.values_list("row__award_place", flat=True))
    return _results(announcement.ranking, [(award.row, award.entry) for award in awards], chosen, places)


def of_ranking(ranking: Ranking, entries: Mapping[int, Entry], chosen: Chosen) -> Results:
    """The same as it will look, for the organizer's preview. ``entries`` by copy, from the opened envelopes."""
    rows = ranking.rows.exclude(award_key="").select_related("copy")
    pairs = [(row, entries[row.copy_id]) for row in rows if row.copy_id in entries]
    return _results(ranking, pairs, chosen, [row.award_place for row, _entry in pairs])


def _results(
    ranking: Ranking,
    pairs: list[tuple[RankedCopy, Entry]],
    chosen: Chosen,
    places: list[int | None],
) -> Results:
    """``places``: the awarded places of the whole contest, whatever is chosen."""
    named = may_be_named(entry for _, entry in pairs)
    read = may_be_read(entry for _, entry in pairs)
    by_cell: dict[int, list[ShownAward]] = {}
    for row, entry in sorted(pairs, key=lambda pair: (pair[0].cell, pair[0].place or 0, pair[0].copy.code)):
        by_cell.setdefault(row.cell, []).append(_award(ranking, row, entry, entry.pk in named, entry.pk in read))
    cells = ranking.outline["cells"]
    groups = tuple(
        ShownGroup(
            number=cell["number"],
            category=in_language(cell["category"]),
            nomination=", ".join(in_language(one) for one in cell["nominations"]),
            merged=len(cell["nominations"]) > 1,
            awarded=tuple(by_cell.get(cell["number"], ())),
            others=cell["size"] - cell["awarded"],
        )
        for cell in cells
        if chosen.takes(cell)
    )
    return Results(
        groups=groups,
        categories=_choices([cell["category"] for cell in cells], chosen.category),
        nominations=_choices([one for cell in cells for one in cell["nominations"]], chosen.nomination),
        entries=sum(cell["size"] for cell in cells),
        winners=places.count(1),
        prize_winners=len(places) - places.count(1),
    )


def _award(ranking: Ranking, row: RankedCopy, entry: Entry, named: bool, read: bool) -> ShownAward:
    place = entry.institution
    parts = [place.short_name, place.municipality.name] if named and place else []
    return ShownAward(
        code=row.copy.code,
        award=sentences.of_award(ranking.award_name(row.award_key), row.award_place),
        place=row.award_place,
        tone=tone_of(row.award_key, row.award_place),
        score=sentences.points(row.score),
        name=entry.full_name if named else "",
        belongs=", ".join(part for part in parts if part),
        # The copy's title has been read for names; the author's own has not.
        title=entry.title if named else row.copy.title,
        readable=read,
    )


def _choices(rows: list[dict[str, Any]], chosen: int | None) -> tuple[Choice, ...]:
    seen: dict[int, str] = {row["id"]: in_language(row) for row in rows}
    return tuple(Choice(str(pk), label, pk == chosen) for pk, label in seen.items())

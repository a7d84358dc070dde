"""The numbers of a jury for its organizer: how far marks can be relied on, judge by judge. By name of judges only.

A flag is a question to a person. Nothing here changes anything.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Count, Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.views.decorators.http import require_GET

from essays.anonymity.models import BlindCopy
from essays.contests.doors import organizer_page
from essays.contests.models import Contest
from essays.ledger import clock
from judging.assignments.models import Assignment
from judging.console.pictures import Bar, Whisker, histogram, reach_of, whisker
from judging.panels.models import Seat
from judging.reviews.models import Review

if TYPE_CHECKING:
    # Numbers are heavy to load: whoever opens the page pays for it, not the start of every process.
    from judging.ranking.reliability import JudgeFigures, Reliability

A_PAGE = 50
KEPT_SECONDS = 24 * 3600
# Handed in as it was opened: typed from paper or a sheet. Hours later: opened, put away, taken up again.
SHORTEST, LONGEST = timedelta(seconds=3), timedelta(hours=3)
ORDERS = ("severity", "name", "agreement", "spread", "minutes", "reviews")


@dataclass(frozen=True)
class JuryNumbers:
    """Figures of the panel and of each judge, by the id of the seat as text; ``reviews``: what they were made of."""

    panel: "Reliability"
    reviews: int
    as_of: datetime


@dataclass(frozen=True)
class Row:
    """One judge: figures, and the picture of the severity."""

    seat: Seat
    figures: "JudgeFigures"
    whisker: Whisker | None
    removed: int

    @property
    def severity(self) -> float | None:
        return self.figures.severity

    @property
    def shown_severity(self) -> str:
        """With its sign: «+3.2», «−0.4», «0.0»."""
        return _signed(self.severity or 0.0, 1, plus="+")

    @property
    def shown_agreement(self) -> str:
        return _signed(self.figures.agreement or 0.0, 2)


def _signed(value: float, places: int, *, plus: str = "") -> str:
    value = round(value, places)
    sign = plus if value > 0 else "−" if value < 0 else ""
    return f"{sign}{number_format(abs(value), places)}"


def counted(contest: Contest) -> Any:
    """Reviews that count: submitted, standing, of copies in the competition."""
    return Review.objects.filter(
        state=Review.State.SUBMITTED,
        assignment__contest=contest,
        assignment__state=Assignment.State.DONE,
        assignment__copy__admitted=True,
        assignment__copy__state=BlindCopy.State.RELEASED,
    )


def numbers_of(contest: Contest) -> JuryNumbers:
    """Computed once for each state of the reviews: two questions to the database, one if nothing has changed."""
    reviews = counted(contest)
    state = reviews.aggregate(many=Count("pk"), versions=Sum("version"), last=Max("saved_at"), seats=Sum("assignment"))
    last = state["last"].timestamp() if state["last"] else 0
    key = f"jury-numbers:{contest.pk}:{state['many']}:{state['versions']}:{state['seats']}:{last}"
    found: JuryNumbers | None = cache.get(key)
    if found is None:
        found = _computed(reviews)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _computed(reviews: Any) -> JuryNumbers:
    from judging.ranking.additive import Reading
    from judging.ranking.reliability import reliability

    as_of = clock.now()
    readings = []
    minutes: dict[str, list[float]] = defaultdict(list)
    rows = reviews.order_by().values_list(
        "assignment__copy_id",
        "assignment__seat_id",
        "assignment__copy__category_id",
        "assignment__copy__nomination_id",
        "total",
        "started_at",
        "submitted_at",
    )
    for copy, seat, category, nomination, total, started, submitted in rows.iterator(chunk_size=5000):
        readings.append(Reading(f"{category}:{nomination}", str(copy), str(seat), total))
        if submitted is not None and SHORTEST <= submitted - started <= LONGEST:
            minutes[str(seat)].append((submitted - started).total_seconds() / 60)
    return JuryNumbers(reliability(readings, minutes), len(readings), as_of)


@require_GET
@organizer_page
def judges_numbers(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Severity with interval, spread, agreement, time and questions, judge by judge; alpha and ICC of the panel."""
    numbers = numbers_of(contest)
    seats = {str(seat.pk): seat for seat in Seat.objects.filter(contest=contest).for_panel()}
    figures = [one for one in numbers.panel.judges if one.judge in seats]
    asked = sum(bool(one.flags) for one in figures)
    only = request.GET.get("show") == "questions"
    order = request.GET.get("order", "severity")
    order = order if order in ORDERS else "severity"
    shown = _ordered([one for one in figures if one.flags or not only], order, seats)
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    removed = dict(
        Assignment.objects.filter(contest=contest, state=Assignment.State.REMOVED)
        .values_list("seat_id")
        .annotate(Count("pk"))
        .order_by()
    )
    reach = reach_of((one.severity, one.interval) for one in figures)
    rows = [
        Row(
            seats[one.judge],
            one,
            whisker(one.severity, one.interval, reach),
            removed.get(seats[one.judge].pk, 0),
        )
        for one in page
    ]
    known = [one.severity for one in figures if one.severity is not None]
    # Where nobody's hand is known yet, there is nothing to draw.
    bars: Sequence[Bar] = histogram(known, reach) if known else ()
    context = {
        "contest": contest,
        "active": "judges",
        "numbers": numbers,
        "panel": numbers.panel,
        "judges": len(figures),
        "reach": number_format(round(reach, 1), 1),
        "bars": bars if len(figures) >= 5 else [],
        "asked": asked,
        "only": only,
        "order": order,
        "orders": ORDERS,
        "page": page,
        "rows": rows,
        "removed": sum(removed.values()),
    }
    return render(request, "judging/console/reliability.html", context)


def _ordered(figures: "list[JudgeFigures]", order: str, seats: dict[str, Seat]) -> "list[JudgeFigures]":
    """Strictest first, or the other figure's lowest first; what is not known comes last, equals by name."""

    def place(one: "JudgeFigures") -> tuple[bool, float, str]:
        name = str(seats[one.judge]).casefold()
        if order == "name":
            return False, 0.0, name
        value = getattr(one, order)
        if value is None:
            return True, 0.0, name
        return False, -value if order in ("severity", "reviews") else value, name

    return sorted(figures, key=place)

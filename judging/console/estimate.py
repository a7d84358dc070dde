"""What rules of judging will cost, before they are fixed: readings and hours for expected numbers. Read-only."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from essays.contests.doors import organizer_page
from essays.contests.models import Contest
from essays.entries.models import Entry
from judging.assignments.pace import MINUTES_AN_ESSAY
from judging.panels.models import Seat
from judging.reviews import estimates
from judging.reviews.estimates import Expected
from judging.rubrics.access import lock_reason
from judging.rubrics.forms import shown_points
from judging.rubrics.models import Criterion, JudgingRules

A_HUNDRED = 100


class EstimateForm(forms.Form):
    """Expected numbers, and the choices. Points are typed as whole numbers or with a comma."""

    entries = forms.IntegerField(label=gettext_lazy("Essays expected"), min_value=1, max_value=1_000_000)
    judges = forms.IntegerField(label=gettext_lazy("Judges expected"), min_value=1, max_value=100_000, required=False)
    reviews = forms.IntegerField(label=gettext_lazy("Judges who read each essay"), min_value=1, max_value=15)
    total = forms.DecimalField(
        label=gettext_lazy("A third where totals differ by, points"),
        min_value=Decimal("0.01"),
        required=False,
        localize=True,
    )
    part = forms.IntegerField(
        label=gettext_lazy("… or by this part of the most points, per cent"),
        min_value=1,
        max_value=100,
        required=False,
    )
    criterion = forms.DecimalField(
        label=gettext_lazy("… or one criterion differs by, points"),
        min_value=Decimal("0.01"),
        required=False,
        localize=True,
    )
    share = forms.IntegerField(
        label=gettext_lazy("Second look at the leaders, per cent"), min_value=0, max_value=100, required=False
    )


@dataclass(frozen=True)
class Line:
    """One choice and its price; ``found``: how many of the truly best three of each cell it finds, in per cent."""

    name: str
    readings: int
    extra: int
    found: int | None = None
    chosen: bool = False
    judges: int | None = None

    @property
    def hours(self) -> float:
        return self.readings * MINUTES_AN_ESSAY / 60

    @property
    def each(self) -> float | None:
        """Hours of each judge."""
        return self.hours / self.judges if self.judges else None


@require_GET
@organizer_page
def estimate(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Sliders of the trigger and of the second look, and what each choice costs; nothing is saved."""
    rules = JudgingRules.objects.filter(contest=contest).first()
    criteria = list(Criterion.objects.filter(rubric__contest=contest))
    present = _present(contest, rules)
    asked = {name: request.GET[name] for name in EstimateForm.base_fields if name in request.GET}
    form = EstimateForm({**present, **asked} if asked else present)
    maximum = float(sum((one.maximum * one.weight for one in criteria), Decimal())) or A_HUNDRED
    lines: list[Line] = []
    points: Decimal | None = None
    if form.is_valid():
        data = form.cleaned_data
        points = data["total"]
        if points is None and data["part"]:
            points = (Decimal(str(maximum)) * data["part"] / A_HUNDRED).quantize(Decimal("0.1"))
        expected = Expected(
            entries=data["entries"],
            cells=max(1, contest.categories.count() * contest.nominations.count()),
            reviews=data["reviews"],
            maximum=maximum,
            criteria=[float(one.maximum) for one in criteria],
            step=float(min((one.step * one.weight for one in criteria), default=Decimal(1))),
        )
        lines = _lines(expected, points, data["criterion"], data["share"] or 0, data["judges"])
    context = {
        "contest": contest,
        "active": "rules",
        "form": form,
        "lines": lines,
        "points": points,
        "maximum": Decimal(str(maximum)),
        "minutes": MINUTES_AN_ESSAY,
        "lock": lock_reason(contest),
        "has_criteria": bool(criteria),
    }
    return render(request, "judging/console/estimate.html", context)


def _present(contest: Contest, rules: JudgingRules | None) -> dict[str, Any]:
    """What is known now: entries sent, judges who read, the rules as they are."""
    sent = Entry.objects.of_contest(contest).sent().count()
    return {
        "entries": sent or A_HUNDRED,
        "judges": Seat.objects.filter(contest=contest).reading().count() or "",
        "reviews": rules.reviews_per_entry if rules else 2,
        "total": shown_points(rules.third_at_total) if rules and rules.third_at_total is not None else "",
        "part": "" if rules and rules.third_at_total is not None else 20,
        "criterion": shown_points(rules.third_at_criterion) if rules and rules.third_at_criterion is not None else "",
        "share": rules.second_look_share if rules and rules.second_look_share else 20,
    }


def _lines(
    expected: Expected, points: Decimal | None, criterion: Decimal | None, share: int, judges: int | None
) -> list[Line]:
    """What is usual beside what is chosen. Parts found are those of docs/judging-numbers.md, for two readings."""
    first = estimates.first_round(expected)
    two = expected.reviews == 2
    third = estimates.thirds(expected, _float(points), _float(criterion))
    look = estimates.second_look(expected, share)
    # Measured for these choices only; other shares are not guessed at.
    usual = points is not None and criterion is None and float(points) == expected.maximum / 5

    def line(name: str, extra: int, found: int | None = None, *, chosen: bool = False) -> Line:
        return Line(name, first + extra, extra, found if two else None, chosen, judges)

    lines = [line(_("The first round alone"), 0, 51)]
    if points is not None or criterion is not None:
        lines.append(line(_("… and a third where two judges differ"), third, 52 if usual else None))
    if share:
        name = _("… and a second look at the first %(share)d %% (recommended)") % {"share": share}
        lines.append(line(name, look, 58 if share == 20 else None, chosen=True))
        if points is not None or criterion is not None:
            lines.append(line(_("… and both"), third + look))
    lines.append(line(_("One more reading of everything"), expected.entries, 57))
    return lines


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)

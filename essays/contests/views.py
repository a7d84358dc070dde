"""What everybody may see of contests: the home page and the contest's own page."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from essays.contests import calendar as dates
from essays.contests.access import may_organize
from essays.contests.calendar import Stage
from essays.contests.models import Contest
from essays.contests.terms import left_out
from essays.contests.timeline import timeline
from essays.ledger import clock

PAST_ON_HOME = 30


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Contests that one can enter now or soon, those being judged, and past ones with their results."""
    now = clock.now()
    shown: dict[str, list[Contest]] = {"open": [], "upcoming": [], "judged": [], "past": []}
    announced = Q(announced_at__lte=now)
    current = Contest.objects.public().filter(announced | ~Q(state=Contest.State.ARCHIVED))
    for contest in current.newest_first()[:100]:
        shown[_shelf(contest, now)].append(contest)
    shown["open"].sort(key=lambda contest: contest.closes_at)
    shown["upcoming"].sort(key=lambda contest: contest.opens_at)
    shown["past"] = shown["past"][:PAST_ON_HOME]
    context = {"contests": shown, "any": any(shown.values()), "at": now}
    return render(request, "essays/contests/home.html", context)


def _shelf(contest: Contest, now: datetime) -> str:
    stage = contest.stage_at(now)
    if stage == Stage.INTAKE:
        return "open"
    if stage == Stage.UPCOMING:
        return "upcoming"
    return "past" if stage in (Stage.ANNOUNCED, Stage.ARCHIVED) else "judged"


@login_not_required
def contest_page(request: HttpRequest, slug: str) -> HttpResponse:
    """All that one wants to know before entering. Organizers see their draft before it is public."""
    contest = get_object_or_404(Contest.objects.visible_to(request.user), slug=slug)
    now = clock.now()
    stage = contest.stage_at(now)
    context: dict[str, Any] = {
        "contest": contest,
        "stage": str(stage),
        "announced": contest.announced_at is not None and contest.announced_at <= now,
        "left": dates.left(contest.calendar, now),
        "milestones": timeline(contest, now),
        "left_out": left_out(contest),
        "categories": contest.categories.all(),
        "nominations": contest.nominations.all(),
        "corrections_open": dates.accepts_corrections(contest.calendar, now),
        "organizes": request.user.is_authenticated and may_organize(request.user, contest),
        "page_url": settings.SITE_ORIGIN + request.path,
        "megabytes": f"{contest.max_bytes / 1024 / 1024:.1f}".removesuffix(".0"),
        "formats": ", ".join(name.upper() for name in contest.formats),
    }
    return render(request, "essays/contests/page.html", context)

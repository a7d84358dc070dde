"""The door of a contest's organizer pages: who does not run the contest finds nothing there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from essays.contests.models import Contest
from essays.people.access import acting

View = Callable[..., HttpResponseBase]


def organizer_page(view: View) -> View:
    """Turn ``view(request, contest, …)`` into ``view(request, slug, …)``; 404 for anybody but the team."""
    return organizer_page_with()(view)


def organizer_page_with(*related: str) -> Callable[[View], View]:
    """The same door, where the page needs what belongs to the contest: read together with it, in one query."""

    def door(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
            contests = Contest.objects.organized_by(acting(request))
            contest = get_object_or_404(contests.select_related(*related) if related else contests, slug=slug)
            return view(request, contest, **kwargs)

        return guarded

    return door

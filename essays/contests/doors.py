"""The door of a contest's organizer pages: who does not run the contest finds nothing there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from essays.contests.models import Contest
from essays.people.access import acting


def organizer_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Turn ``view(request, contest, …)`` into ``view(request, slug, …)``; 404 for anybody but the team."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        contest = get_object_or_404(Contest.objects.organized_by(acting(request)), slug=slug)
        return view(request, contest, **kwargs)

    return guarded

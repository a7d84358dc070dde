"""The door of a contest's organizer pages: who does not run the contest finds nothing there."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from essays.contests.models import Contest
from essays.ledger.prepared import prepared
from essays.people.access import acting

View = Callable[..., HttpResponseBase]


def organizer_page(view: View) -> View:
    """Turn ``view(request, contest, …)`` into ``view(request, slug, …)``; 404 for anybody but the team."""
    return organizer_page_with()(view)


def organizer_page_with(*related: str) -> Callable[[View], View]:
    """The same door, where the page needs what belongs to the contest: read together with it, in one query."""

    organized = _organized(related)

    def door(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
            found = organized(acting(request).pk, slug)
            if not found:
                raise Http404
            return view(request, found[0], **kwargs)

        return guarded

    return door


@cache
def _organized(related: tuple[str, ...]) -> Callable[[int, str], list[Contest]]:
    """The contest of this slug, if this person runs it: one question for all pages that need the same beside it."""

    @prepared
    def organized(user: int, slug: str) -> QuerySet[Contest]:
        contests = Contest.objects.filter(organizers__user=user, slug=slug)
        return contests.select_related(*related) if related else contests

    return organized

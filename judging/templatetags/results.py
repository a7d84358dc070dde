"""The results as parts of pages that belong to other slices."""

from typing import Any

from django import template

from essays.entries.models import Entry
from essays.ledger import clock
from judging.ranking import sentences
from judging.ranking.models import RankedCopy, Ranking
from judging.results import access
from judging.results.panel import panel_of

register = template.Library()


@register.inclusion_tag("judging/results/_result.html", takes_context=True)
def result_of(context: dict[str, Any], entry: Entry) -> dict[str, Any]:
    """The entry's own result, for its owner, from the moment of the announcement on. Nothing before.

    The moment is the page's ``at``, where it has one.
    """
    user = context["request"].user if "request" in context else context["user"]
    announcement = access.may_see_result(user, entry, context.get("at") or clock.now())
    panel = panel_of(entry, announcement) if announcement else None
    return {"panel": panel, "entry": entry, "contest": entry.contest}


@register.inclusion_tag("judging/results/_ranked.html")
def ranked(entry: Entry) -> dict[str, Any]:
    """What became of an entry, for its organizers: code, points and award, from the approval of the ranking on."""
    row = (
        RankedCopy.objects.filter(
            ranking__state=Ranking.State.APPROVED,
            ranking__contest=entry.contest_id,
            copy__in=entry.essays.values("blind_copy"),
        )
        .select_related("ranking", "copy")
        .defer("ranking__record", "copy__html", "copy__text")
        .first()
    )
    if row is None:
        return {"row": None}
    award = sentences.of_award(row.ranking.award_name(row.award_key), row.award_place)
    return {"row": row, "award": award, "score": sentences.points(row.score)}

"""Moments of a contest on its own wall clock, and the regulation's markup."""

from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from essays.contests import zones
from essays.contests.calendar import last_minute
from essays.contests.models import Contest
from essays.contests.regulation import rendered
from essays.contests.timeline import STAGE_KINDS, STAGES, local_words, time_left_words
from essays.ledger import clock

register = template.Library()


@register.simple_tag
def moment(contest: Contest, value: datetime) -> SafeString:
    """``{% moment contest contest.opens_at %}``: a moment with the zone's words; scripts add the reader's time."""
    return _time(contest, value)


@register.simple_tag
def deadline(contest: Contest, ends_at: datetime) -> SafeString:
    """``{% deadline contest contest.closes_at %}``: the last minute that still counts («23:59», not «00:00»)."""
    return _time(contest, last_minute(ends_at))


@register.simple_tag
def plain_moment(contest: Contest, value: datetime) -> SafeString:
    """A moment without the zone's words, for tables and lists where the zone is said once."""
    written = value.astimezone(contest.zone).isoformat(timespec="minutes")
    return mark_safe(f'<time datetime="{written}">{escape(local_words(value, contest))}</time>')


def _time(contest: Contest, value: datetime) -> SafeString:
    return format_html(
        '<time class="wraps" datetime="{}" data-local data-zone="{}">{} {}</time>',
        value.astimezone(contest.zone).isoformat(timespec="minutes"),
        contest.time_zone,
        local_words(value, contest),
        zones.by_local_time(contest.time_zone),
    )


@register.filter
def time_left(until: datetime) -> str:
    """«10 days»: how long it is from now."""
    return time_left_words(until - clock.now())


@register.filter
def zone_words(contest: Contest) -> str:
    """«Barnaul time»: by whose clocks the contest's times are."""
    return str(zones.by_local_time(contest.time_zone))


@register.filter
def regulation(text: str) -> SafeString:
    """The regulation's light markup as clean HTML."""
    return _rendered(text)


@lru_cache(maxsize=64)
def _rendered(text: str) -> SafeString:
    """Kept: the same text is the same HTML, and making it costs more than the rest of a contest's page."""
    return rendered(text)


@register.simple_tag(takes_context=True)
def stage_of(context: dict[str, Any], contest: Contest) -> dict[str, Any]:
    """``{% stage_of contest as stage %}``: ``code``, ``words`` and ``kind`` (for ``_status.html``) of now.

    A page with many contests gives ``at`` in its context: the database is asked for the time once.
    """
    stage = contest.stage_at(context.get("at") or clock.now())
    return {"code": str(stage), "words": STAGES[stage], "kind": STAGE_KINDS.get(stage, "waiting")}

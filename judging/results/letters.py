"""The letters that an announcement owes: one to every entrant with their own result, one to every judge."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from essays.contests.models import Contest
from essays.entries.models import Entry
from essays.outbox.actions import Draft
from judging.panels.models import Seat
from judging.ranking import sentences
from judging.ranking.models import RankedCopy, Ranking

AWARDED, TOOK_PART, JUDGE = "result_awarded", "result_took_part", "results_judge"


def to_entrant(entry: Entry, row: RankedCopy, ranking: Ranking, announcement_id: int | None) -> Draft:
    """The letter with this entry's own result, and nobody else's. ``announcement_id`` is None in a preview."""
    language = entry.owner.language
    with translation.override(language):
        contest = entry.contest
        context: dict[str, Any] = {
            "contest_title": str(contest.title),
            "given_name": entry.given_name,
            "number": entry.number,
            "essay": entry.title,
            "award": sentences.of_award(ranking.award_name(row.award_key), row.award_place),
            "score": sentences.points(row.score),
            "link": reverse("entry", args=[entry.public_id]),
            "results_link": reverse("contest_results", args=[contest.slug]),
        }
    return Draft(
        name=AWARDED if row.award_key else TOOK_PART,
        to=entry.email or entry.owner.email,
        key=f"result:{announcement_id}:{entry.pk}",
        context=context,
        language=language,
        user_id=entry.owner_id,
        contest_id=entry.contest_id,
    )


def to_judge(seat: Seat, announcement_id: int | None) -> Draft:
    """Thanks to a judge, with the address of the results. ``seat`` comes with its user and contest."""
    language = seat.user.language if seat.user else "ru"
    with translation.override(language):
        context = {
            "contest_title": str(seat.contest.title),
            "given_name": seat.given_name,
            "patronymic": seat.patronymic,
            "link": reverse("contest_results", args=[seat.contest.slug]),
        }
    return Draft(
        name=JUDGE,
        to=seat.email,
        key=f"results-judge:{announcement_id}:{seat.pk}",
        context=context,
        language=language,
        user_id=seat.user_id,
        contest_id=seat.contest_id,
    )


def judges_of(contest: Contest) -> QuerySet[Seat]:
    """Who is thanked: everybody who holds a seat on the jury when the results come out."""
    return (
        Seat.objects.filter(contest=contest, state=Seat.State.ACCEPTED).select_related("user", "contest").order_by("pk")
    )


def in_batches(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    batch: list[int] = []
    for one in ids:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch

"""The letters that an announcement owes: one to every entrant with their own result, one to every judge."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from essays.contests.models import Contest
from essays.entries.letters import reader_of
from essays.entries.models import Entry
from essays.outbox.actions import Draft
from judging.panels.models import Seat
from judging.ranking import sentences
from judging.ranking.models import RankedCopy, Ranking
from judging.results.opening_models import NameOpening

AWARDED, TOOK_PART, JUDGE = "result_awarded", "result_took_part", "results_judge"
OPENING_ASKED, OPENING_TOLD = "name_opening_asked", "name_opening_told"


def to_entrant(entry: Entry, row: RankedCopy, ranking: Ranking, announcement_id: int | None) -> Draft:
    """The letter with this entry's own result, and nobody else's. ``announcement_id`` is None in a preview."""
    language = entry.owner.language
    reader, author = reader_of(entry)
    with translation.override(language):
        contest = entry.contest
        context: dict[str, Any] = {
            "contest_title": str(contest.title),
            "given_name": reader,
            "author": author,
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


def to_second_organizer(opening: NameOpening, user: Any) -> Draft:
    """A colleague wants to know whose an entry is: look at the reason, and confirm or call off."""
    return _of_opening(opening, OPENING_ASKED, to=user.email, user=user, given_name=user.given_name)


def to_secretary(opening: NameOpening, seat: Seat) -> Draft:
    """A name has been opened before approval: by whom and why. The letter says the code and no name of an author."""
    return _of_opening(opening, OPENING_TOLD, to=seat.email, user=seat.user, given_name=seat.given_name)


def _of_opening(opening: NameOpening, name: str, *, to: str, user: Any, given_name: str) -> Draft:
    contest = opening.contest
    language = user.language if user else "ru"
    with translation.override(language):
        context = {
            "contest_title": str(contest.title),
            "given_name": given_name,
            "code": opening.copy.code,
            "asked_by": str(opening.asked_by),
            "confirmed_by": str(opening.confirmed_by or ""),
            "reason": opening.reason,
            "until": opening.until.astimezone(contest.zone).strftime("%d.%m.%Y %H:%M"),
            "link": reverse("organizer_name", args=[contest.slug, opening.copy.code]),
        }
    return Draft(
        name=name,
        to=to,
        key=f"{name}:{opening.pk}:{to}",
        context=context,
        language=language,
        user_id=user.pk if user else None,
        contest_id=contest.pk,
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

"""Letters about appeals: to those who hear one, to its author, and to others whose place changed by it."""

from decimal import Decimal

from django.urls import reverse
from django.utils import translation

from essays.contests.calendar import last_minute
from essays.outbox.actions import Draft
from judging.appeals.models import Appeal, AppealMember
from judging.ranking import sentences
from judging.results.renewal import Changed

HEARING, RELIEVED, DECIDED, CHANGED = "appeal_hearing", "appeal_relieved", "appeal_decided", "result_changed"


def to_member(member: AppealMember, appeal: Appeal) -> Draft:
    """An appeal waits for you. Names the code and nobody."""
    seat = member.seat
    language = seat.user.language if seat.user else "ru"
    with translation.override(language):
        context = {
            "contest_title": str(appeal.contest.title),
            "given_name": seat.given_name,
            "patronymic": seat.patronymic,
            "code": appeal.copy.code,
            "until": last_minute(appeal.hear_by).astimezone(appeal.contest.zone).strftime("%d.%m.%Y"),
            "link": reverse("hear_appeal", args=[member.public_id]),
        }
    return Draft(
        name=HEARING,
        to=seat.email,
        key=f"appeal-hearing:{member.pk}",
        context=context,
        language=language,
        user_id=seat.user_id,
        contest_id=appeal.contest_id,
    )


def to_relieved(member: AppealMember, appeal: Appeal) -> Draft:
    """You need not hear it any more. Names the code and nobody."""
    seat = member.seat
    language = seat.user.language if seat.user else "ru"
    with translation.override(language):
        context = {
            "contest_title": str(appeal.contest.title),
            "given_name": seat.given_name,
            "patronymic": seat.patronymic,
            "code": appeal.copy.code,
        }
    return Draft(
        name=RELIEVED,
        to=seat.email,
        key=f"appeal-relieved:{member.public_id}",
        context=context,
        language=language,
        user_id=seat.user_id,
        contest_id=appeal.contest_id,
    )


def to_author(appeal: Appeal) -> Draft:
    """What was decided, with the answer."""
    entry = appeal.entry
    language = entry.owner.language
    with translation.override(language):
        context = {
            "contest_title": str(appeal.contest.title),
            "given_name": entry.given_name,
            "outcome": appeal.outcome,
            "before": sentences.points(Decimal(appeal.decision["before"])),
            "after": sentences.points(Decimal(appeal.decision["after"])),
            "answer": appeal.answer,
            "link": reverse("entry", args=[entry.public_id]),
        }
    return Draft(
        name=DECIDED,
        to=entry.email or entry.owner.email,
        key=f"appeal-decided:{appeal.pk}",
        context=context,
        language=language,
        user_id=entry.owner_id,
        contest_id=appeal.contest_id,
    )


def to_concerned(changed: Changed, appeal: Appeal) -> Draft:
    """To an author whose place is another one since somebody else's appeal was decided."""
    entry = changed.award.entry
    language = entry.owner.language
    with translation.override(language):
        context = {
            "contest_title": str(appeal.contest.title),
            "given_name": entry.given_name,
            "before": changed.place_before,
            "after": changed.place_after,
            "link": reverse("entry", args=[entry.public_id]),
        }
    return Draft(
        name=CHANGED,
        to=entry.email or entry.owner.email,
        key=f"result-changed:{appeal.pk}:{entry.pk}",
        context=context,
        language=language,
        user_id=entry.owner_id,
        contest_id=appeal.contest_id,
    )

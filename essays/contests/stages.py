"""What moves a contest from stage to stage by hand: published, intake closed or opened again, put away."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from essays.contests import hooks
from essays.contests.calendar import Stage
from essays.contests.models import Contest
from essays.contests.problems import Outdated, Refused
from essays.contests.publishing import publishing_problems
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.ledger.states import move
from essays.people.models import User


def publish(contest: Contest, *, actor: User) -> None:
    """Open the contest's page to everybody. Raises ``Refused`` with everything that is missing."""
    problems = publishing_problems(contest, clock.now())
    if problems:
        raise Refused(problems=tuple(problems))
    move(contest, Contest.State.PUBLISHED, actor=actor)


def unpublish(contest: Contest, *, actor: User) -> None:
    """Take a published contest back to a draft, as long as nobody has begun an entry."""
    if contest.state != Contest.State.PUBLISHED:
        raise Refused(_("Only a published contest can be taken back."))
    if contest.entries.exists():
        raise Refused(_("Entries have been begun: the page can no longer be taken back."))
    move(contest, Contest.State.DRAFT, actor=actor, action="contest.unpublished")


def archive(contest: Contest, *, actor: User) -> None:
    """Put a contest away after its results are out; its page and results stay readable."""
    if contest.announced_at is None:
        raise Refused(_("A contest is put away after its results are announced."))
    move(contest, Contest.State.ARCHIVED, actor=actor)


def close_intake(contest: Contest, *, actor: User) -> None:
    """Stop taking essays now, before the deadline."""
    now = clock.now()
    if contest.stage_at(now) != Stage.INTAKE:
        raise Refused(_("Intake is not open: there is nothing to close."))
    with transaction.atomic():
        closed = Contest.objects.filter(pk=contest.pk, intake_closed_at=None).update(intake_closed_at=now)
        if not closed:
            raise Refused(_("Somebody else has just closed intake."))
        ledger.record("contest.intake_closed", contest, actor=actor)
    contest.refresh_from_db()


def may_reopen_intake(contest: Contest, at: datetime) -> bool:
    """Intake is over, no judge has an essay, nothing is announced."""
    over = contest.stage_at(at) in (Stage.SCREENING, Stage.JUDGING, Stage.DECIDING)
    return over and contest.announced_at is None and not hooks.judging_has_begun(contest)


def reopen_intake(contest: Contest, *, closes_at: datetime, actor: User) -> None:
    """Take essays again until ``closes_at`` (aware, the first moment that is too late), before judging begins.

    Moments of screening that would come before the new deadline move with it; judging does not.
    """
    now = clock.now()
    if hooks.judging_has_begun(contest) or contest.announced_at is not None:
        raise Refused(_("Judges have been given essays already: intake stays closed."))
    if contest.stage_at(now) not in (Stage.SCREENING, Stage.JUDGING, Stage.DECIDING):
        raise Refused(_("Intake is not closed: there is nothing to reopen."))
    if closes_at <= now:
        raise Refused(_("The new deadline is in the past."), "closes_at")
    if closes_at > contest.judging_starts_at:
        raise Refused(
            _("The new deadline is after the start of judging: move the start of judging first, in the calendar."),
            "closes_at",
        )
    with transaction.atomic():
        reopened = Contest.objects.filter(pk=contest.pk, version=contest.version).update(
            version=F("version") + 1,
            closes_at=closes_at,
            intake_closed_at=None,
            screening_ends_at=max(contest.screening_ends_at, closes_at),
            corrections_end_at=max(contest.corrections_end_at, closes_at),
        )
        if not reopened:
            raise Outdated(_("Somebody else has just changed the calendar: look at it again."))
        ledger.record("contest.intake_reopened", contest, actor=actor, data={"closes_at": closes_at.isoformat()})
    contest.refresh_from_db()

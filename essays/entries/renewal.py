"""Copies that a newer engine, or a changed rule of the contest, would make differently: which, and making them anew."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from essays.anonymity import actions as copies
from essays.anonymity.models import BlindCopy
from essays.contests import hooks
from essays.contests.models import Contest
from essays.entries import blinding
from essays.entries.closing import expect_open
from essays.entries.identity import rule_of
from essays.entries.models import Entry, Essay
from essays.entries.refusals import Refused
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.ledger.prepared import prepared_numbers

OWED = (Essay.State.WAITING, Essay.State.BLINDING)
IN_PLAY = (BlindCopy.State.HELD, BlindCopy.State.RELEASED)


@dataclass(frozen=True)
class Progress:
    """How far the copies of a contest are: files in force, and how many of them still wait for their copy."""

    of: int
    owed: int

    @property
    def done(self) -> int:
        return self.of - self.owed

    @property
    def percent(self) -> int:
        return self.done * 100 // self.of if self.of else 100


def _in_force(contest: Contest) -> QuerySet[Essay]:
    return Essay.objects.current().filter(entry__contest=contest).exclude(entry__state=Entry.State.DRAFT)


def outdated(contest: Contest) -> QuerySet[Essay]:
    """Files whose copy was made by an older engine or another rule, and may still be read by judges."""
    made = _made(contest.pk)
    if rule_of(contest).hides_names:
        made = made.exclude(_UNTOUCHED)
    return made.exclude(blind_copy__engine_version=rule_of(contest).version)


# Of pages no engine has hidden anything: people have, and a newer one would do nothing better.
_UNTOUCHED = Q(page_count__gt=0) & Q(blind_copy__text="")


def _made(contest: int) -> QuerySet[Essay]:
    """Files with a copy in play. By the copy's contest, which is the entry's, and by what the file's state is not: of
    two indexes the database has to take that of the copies, or it reads through every text for its version.
    """
    made = Essay.objects.current().filter(blind_copy__contest=contest, blind_copy__state__in=IN_PLAY)
    return made.exclude(entry__state=Entry.State.DRAFT).exclude(state__in=set(Essay.State) - {Essay.State.BLINDED})


def count_outdated(contest: Contest) -> int:
    """How many ``outdated`` there are."""
    rule = rule_of(contest)
    if not rule.hides_names:
        return outdated(contest).count()
    return int(_count_outdated(contest.pk, rule.version)[0])


@prepared_numbers
def _count_outdated(contest: int, version: str) -> int:
    return _made(contest).exclude(_UNTOUCHED).exclude(blind_copy__engine_version=version).count()


def is_outdated(essay: Essay) -> bool:
    """Would this file's copy be made differently now? The copy and the contest are asked, not the file."""
    copy, rule = essay.blind_copy, rule_of(essay.entry.contest)
    if copy and essay.page_count and not copy.text and rule.hides_names:
        return False
    return bool(copy and essay.is_current and copy.state in IN_PLAY and copy.engine_version != rule.version)


def progress(contest: Contest) -> Progress:
    rows = _in_force(contest)
    return Progress(of=rows.count(), owed=rows.filter(state__in=OWED).count())


def may_renew(contest: Contest, at: datetime) -> bool:
    """All at once only before judging: later, reviews stand on the copies that judges have read."""
    return at < contest.judging_starts_at and not hooks.judging_has_begun(contest)


def renew(contest: Contest, actor: Any) -> int:
    """Owe every outdated copy anew; returns how many. An earlier copy counts until its successor is made.

    Raises ``Refused`` once judging has begun.
    """
    if not may_renew(contest, clock.now()):
        raise Refused(_("Judging has begun: copies can be made anew one by one, on their own pages."))
    with transaction.atomic():
        owed = _owe(outdated(contest))
        if owed:
            ledger.record("contest.copies_renewed", contest, actor=actor, data={"copies": owed})
    return owed


def make_anew(essay: Essay, actor: Any) -> None:
    """Owe one copy again: after a failure, or a copy that would be made differently now.

    Raises ``Refused`` where a copy stands and the ranking is approved; ``MoveRefused`` or ``SomeoneWasFirst`` when it
    is being made already.
    """
    if essay.blind_copy_id:
        expect_open(essay.entry.contest)
    blinding.retry(essay, actor)


def owe_by_new_rule(contest: Contest) -> None:
    """The rule of blindness has changed: no copy made by the old one may be released any more."""
    rows = _in_force(contest).filter(blind_copy__state=BlindCopy.State.HELD)
    for copy in BlindCopy.objects.filter(pk__in=rows.values("blind_copy")):
        copies.supersede(copy, None)
    # A worker that holds a file just now loses its lease: what it makes by the old rule is not kept.
    _owe(_in_force(contest).filter(state__in=[Essay.State.BLINDED, Essay.State.BLINDING]))


def owed_by(contest: Contest) -> list[int]:
    """Files of this contest that wait for their copy, the oldest first."""
    return list(_in_force(contest).filter(state=Essay.State.WAITING).order_by("pk").values_list("pk", flat=True))


def _owe(rows: QuerySet[Essay]) -> int:
    ids = list(rows.values_list("pk", flat=True))
    return Essay.objects.filter(pk__in=ids).update(state=Essay.State.WAITING, attempts=0, lease_until=None)

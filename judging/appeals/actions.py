"""Filing, hearing and deciding appeals. A changed result makes a new edition of ranking and page."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from essays.anonymity.document import paragraphs
from essays.anonymity.redaction import redact
from essays.contests.models import Contest
from essays.contests.terms import end_of_term
from essays.entries.identity import identity_of
from essays.entries.models import Entry
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.ledger.states import move
from essays.outbox import actions as outbox
from judging.appeals import access, finding, letters
from judging.appeals.models import Appeal, AppealMember
from judging.panels.models import Seat
from judging.ranking import actions as ranking
from judging.ranking.methods import METHODS
from judging.ranking.models import CorrectedScore
from judging.ranking.reasons import AFTER_AN_APPEAL, APPEAL_DECIDED
from judging.results import renewal
from judging.results.models import Announcement, Award
from judging.rubrics.models import Criterion
from judging.rubrics.totals import Criterion as Row
from judging.rubrics.totals import total

CENT = Decimal("0.01")


class Refused(Exception):
    """An anticipated refusal, in words. ``field``: the form's field that it belongs to."""

    def __init__(self, message: Any, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def file(entry: Entry, actor: Any, text: str) -> Appeal:
    """Take an author's appeal. Raises ``Refused`` outside the window, and for a second one."""
    now = clock.now()
    award = access.award_to_appeal(actor, entry, now)
    if award is None:
        raise Refused(_("An appeal can no longer be filed here."))
    contest = entry.contest
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(
                contest=contest,
                entry=entry,
                copy=award.row.copy,
                text=text,
                filed_at=now,
                hear_by=end_of_term(contest, now, contest.hearing_days),
            )
            ledger.record("appeal.filed", entry, actor=actor)
    except IntegrityError:
        raise Refused(_("Your appeal is here already.")) from None
    return appeal


def blind(appeal_id: int) -> bool:
    """Free the text of names for those who hear it; True if this call did. Safe to run twice."""
    appeal = Appeal.objects.unread().filter(pk=appeal_id).select_related("entry__institution__municipality").first()
    if appeal is None:
        return False
    text = redact(paragraphs(appeal.text.splitlines()), identity_of(appeal.entry)).document.text
    changed = Appeal.objects.filter(pk=appeal.pk, blinded_at=None).update(blind_text=text, blinded_at=clock.now())
    return bool(changed)


def withdraw(appeal: Appeal, actor: Any) -> None:
    """The author takes the appeal back, as long as it is not decided."""
    move(appeal, Appeal.State.WITHDRAWN, actor=actor)


def appoint(appeal: Appeal, actor: Any, seats: Iterable[Seat]) -> list[int]:
    """Name those who hear it; returns the letters owed to them. Those appointed before stay.

    Raises ``Refused`` for too few, and for somebody who has read the entry or has a conflict of interest.
    """
    chosen = {seat.pk: seat for seat in seats}
    with transaction.atomic():
        locked = Appeal.objects.select_for_update(of=("self",)).select_related("contest", "copy").get(pk=appeal.pk)
        if locked.state not in (Appeal.State.FILED, Appeal.State.HEARING):
            raise Refused(_("This appeal is over."))
        if locked.blinded_at is None:
            raise Refused(_("The text is still being freed of names. Try again in a minute."))
        able = {seat.pk for seat in access.able_to_hear(locked)}
        known = set(locked.members.values_list("seat_id", flat=True))
        if not chosen.keys() <= able:
            raise Refused(_("Somebody of these has read the entry or has a conflict of interest."), "seats")
        if len(chosen.keys() | known) < locked.contest.appeal_members:
            raise Refused(
                _("At least %(number)d who have not read the entry must hear an appeal.")
                % {"number": locked.contest.appeal_members},
                "seats",
            )
        fresh = [seat for pk, seat in chosen.items() if pk not in known]
        members = AppealMember.objects.bulk_create([AppealMember(appeal=locked, seat=seat) for seat in fresh])
        if locked.state == Appeal.State.FILED:
            move(locked, Appeal.State.HEARING, actor=actor, data={"members": len(members)})
        else:
            ledger.record("appeal.members", locked, actor=actor, data={"members": len(members)})
        return outbox.queue([letters.to_member(one, locked) for one in members])


def before(appeal: Appeal, award: Award) -> dict[str, Decimal]:
    """What the entry has by criterion now, to the cent: the mean of the reviews that made its score, or an earlier
    correction. A review that was left out counts as little here, or a point more could make the total less.
    """
    frozen = award.row.frozen
    if frozen.get("corrected"):
        return {key: Decimal(mark) for key, mark in frozen["corrected"]["marks"].items()}
    means = {}
    reviews = [one for one in frozen["reviews"] if one["id"] in frozen["counted"]] or frozen["reviews"]
    for criterion in Criterion.objects.filter(rubric__contest=appeal.contest_id).order_by("position"):
        key = str(criterion.position)
        marks = [Fraction(review["marks"][key]) for review in reviews if key in review["marks"]]
        exact = sum(marks, Fraction(0)) / len(marks) if marks else Fraction(0)
        means[key] = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(CENT)
    return means


def hear(member: AppealMember, actor: Any, marks: Mapping[str, Decimal], reason: str) -> None:
    """Keep what one of them finds; it may be changed until the decision. Raises ``Refused`` afterwards."""
    with transaction.atomic():
        appeal = Appeal.objects.select_for_update().get(pk=member.appeal_id)
        if appeal.state != Appeal.State.HEARING:
            raise Refused(_("This appeal is decided. What you found is kept as it was."))
        AppealMember.objects.filter(pk=member.pk).update(
            marks={key: str(mark) for key, mark in marks.items()}, reason=reason, found_at=clock.now()
        )
        ledger.record("appeal.heard", appeal, actor=actor)


def finding_of(appeal: Appeal, award: Award) -> finding.Finding | None:
    """What they find together; None until everybody appointed has found something."""
    members = list(appeal.members.all())
    if not members or not all(one.heard for one in members):
        return None
    found = [{key: Decimal(mark) for key, mark in one.marks.items()} for one in members]
    return finding.found(before(appeal, award), found)


def score_after(appeal: Appeal, award: Award, found: finding.Finding) -> Decimal:
    """The entry's score by what was found, to the cent: moved by as much as the total of its criteria is."""
    score, rows = award.row.score or Decimal(0), rows_of(appeal)
    if not found.changed:
        return score
    frozen = award.row.frozen
    how = METHODS.get(frozen["method"] or "")
    reviews = len(frozen["counted"]) if how and not how.divides else 1
    return finding.moved(score, total(before(appeal, award), rows), total(found.marks, rows), reviews).quantize(CENT)


def ties_of(appeal: Appeal, award: Award) -> list[tuple[str, ...]]:
    """Ties over an award that this decision would bring, by code: the jury has to vote before it is written."""
    found = finding_of(appeal, award)
    if found is None or not found.changed:
        return []
    marks = {key: str(mark) for key, mark in found.marks.items()}
    trial = {appeal.copy.code: (marks, str(AFTER_AN_APPEAL), score_after(appeal, award, found))}
    return [one.codes for one in ranking.propose(appeal.contest, corrections=trial).problems if one.code == "tie"]


def ties_waiting(contest: Contest) -> list[tuple[str, ...]]:
    """The same of all appeals that are answered and not decided."""
    hearing = Appeal.objects.of_contest(contest).filter(state=Appeal.State.HEARING)
    unanswered = AppealMember.objects.filter(appeal=OuterRef("pk"), found_at=None)
    answered = hearing.filter(~Exists(unanswered), members__isnull=False).distinct()
    ties: dict[tuple[str, ...], None] = {}
    for appeal in answered.select_related("contest", "copy").order_by("pk"):
        award = Award.objects.select_related("row").get(announcement__contest=contest, entry=appeal.entry_id)
        ties |= dict.fromkeys(ties_of(appeal, award))
    return list(ties)


def relieve(member: AppealMember, actor: Any) -> list[int]:
    """Take somebody off a hearing who has answered nothing: ill, away, or with a conflict found late.

    Returns the letter owed to them. Raises ``Refused`` once they have answered, and when the hearing is over.
    """
    with transaction.atomic():
        locked = Appeal.objects.select_for_update(of=("self",)).select_related("contest", "copy")
        appeal = locked.get(pk=member.appeal_id)
        if appeal.state != Appeal.State.HEARING:
            raise Refused(_("This appeal is over."))
        gone, _rows = AppealMember.objects.filter(pk=member.pk, found_at=None).delete()
        if not gone:
            raise Refused(_("They have answered meanwhile: what they found counts."))
        ledger.record("appeal.relieved", appeal, actor=actor)
        return outbox.queue([letters.to_relieved(member, appeal)])


def decide(appeal: Appeal, actor: Any, *, answer: str) -> list[int]:
    """Write the decision, and where points change make the new edition; returns the letters owed.

    Raises ``Refused`` until everybody has found something, and when a new edition cannot be made.
    """
    with transaction.atomic():
        locked = (
            Appeal.objects.select_for_update(of=("self",))
            .select_related("contest", "copy", "entry__owner", "entry__contest")
            .get(pk=appeal.pk)
        )
        if locked.state != Appeal.State.HEARING:
            raise Refused(_("This appeal is over."))
        announcement = Announcement.objects.select_for_update(of=("self",)).get(contest=locked.contest)
        award = Award.objects.select_related("row").get(announcement=announcement, entry=locked.entry)
        found = finding_of(locked, award)
        if found is None:
            raise Refused(_("Not everybody who hears it has found something yet."))
        if locked.members.count() < locked.contest.appeal_members:
            raise Refused(
                _("At least %(number)d who have not read the entry must hear an appeal.")
                % {"number": locked.contest.appeal_members}
            )
        was, now = award.row.score or Decimal(0), score_after(locked, award, found)
        outcome = finding.outcome(was, now)
        move(
            locked,
            Appeal.State.DECIDED,
            actor=actor,
            data={"outcome": outcome, "before": str(was), "after": str(now)},
            outcome=outcome,
            answer=answer,
            decision={
                "before": str(was),
                "after": str(now),
                "marks": {key: str(mark) for key, mark in found.marks.items()},
                "changed": list(found.changed),
            },
            decided_by=actor,
            decided_at=clock.now(),
        )
        changed: list[Any] = []
        if found.changed:
            CorrectedScore.objects.update_or_create(
                copy=locked.copy,
                defaults={
                    "contest": locked.contest,
                    "marks": {key: str(mark) for key, mark in found.marks.items()},
                    "total": now,
                    "why": str(AFTER_AN_APPEAL),
                    "corrected_at": clock.now(),
                },
            )
            try:
                edition = ranking.renew(locked.contest, actor, str(APPEAL_DECIDED) % {"code": locked.copy.code})
            except ranking.Refused as refused:
                raise Refused(refused.message) from refused
            changed = renewal.apply(announcement, edition, actor)
        drafts = [letters.to_author(locked)]
        drafts += [letters.to_concerned(one, locked) for one in changed if one.entry_id != locked.entry_id]
        return outbox.queue(drafts)


def rows_of(appeal: Appeal) -> list[Row]:
    return [
        Row(str(one.position), one.maximum, one.step, one.weight, one.gate)
        for one in Criterion.objects.filter(rubric__contest=appeal.contest_id).order_by("position")
    ]

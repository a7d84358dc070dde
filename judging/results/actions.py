"""Announcing results: one short deliberate act, and a completion that may be interrupted anywhere."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.entries import codes
from essays.entries.models import Entry, Essay
from essays.entries.unblinding import open_envelopes
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.ledger.states import SomeoneWasFirst, move
from essays.outbox import actions as outbox
from judging.ranking.models import RankedCopy, Ranking
from judging.results import letters
from judging.results.models import Announcement, Award, Diploma

BATCH = 500
FARTHEST = timedelta(days=366)


class Refused(Exception):
    """An anticipated refusal, in words for the organizer. ``field``: the form's field that it belongs to."""

    def __init__(self, message: Any, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def announce(contest: Contest, actor: Any, at: datetime | None = None, *, seen: str) -> Announcement:
    """Decide that the ranking in force is announced at ``at`` (None: now).

    ``seen`` is the SHA-256 of the ranking that the organizer looked at. Writes one row; numbers and letters
    follow in ``complete``. Raises ``Refused`` for a moment that is over or too far, when there is no approved ranking,
    when it is another one, when a ranked entry has left the competition, or when somebody announced first.
    """
    now = clock.now()
    if at is not None and at > now + FARTHEST:
        raise Refused(_("Choose a moment within a year from now."), "at")
    if at is not None and at <= now:
        # A slip of the finger in the date must not make everything public at once.
        raise Refused(_("This moment is over already. Choose a later one, or “Now”."), "at")
    with transaction.atomic():
        ranking = Ranking.objects.in_force().select_for_update().filter(contest=contest).first()
        if ranking is None:
            raise Refused(_("There is no approved ranking yet. Approve the ranking first."))
        if ranking.sha256 != seen:
            raise Refused(_("The ranking has changed since you opened this page. Look at the results once more."))
        gone = left_since_approval(ranking)
        if gone:
            raise Refused(
                ngettext(
                    "An entry left the competition after the ranking was approved: %(codes)s. "
                    "Take the approval back and approve the ranking without it.",
                    "Entries left the competition after the ranking was approved: %(codes)s. "
                    "Take the approval back and approve the ranking without them.",
                    len(gone),
                )
                % {"codes": ", ".join(gone)}
            )
        unranked = admitted_without_rank(ranking)
        if unranked:
            raise Refused(
                ngettext(
                    "An admitted entry is not in the ranking: %(numbers)s. Take the approval back, "
                    "put it right and approve again.",
                    "Admitted entries are not in the ranking: %(numbers)s. Take the approval back, "
                    "put it right and approve again.",
                    len(unranked),
                )
                % {"numbers": ", ".join(f"№ {number}" for number in unranked[:20])}
            )
        try:
            with transaction.atomic():
                announcement = Announcement.objects.create(
                    contest=contest,
                    ranking=ranking,
                    at=max(at or now, now),
                    announced_by=actor,
                    state=Announcement.State.PROPOSED if contest.two_announce else Announcement.State.ANNOUNCING,
                )
        except IntegrityError:
            raise Refused(_("Somebody else has announced these results just now.")) from None
        # From here on the approval cannot be taken back under the announcement's feet.
        Ranking.objects.filter(pk=ranking.pk).update(settled_at=now)
        ledger.record(
            f"announcement.{announcement.state}",
            announcement,
            actor=actor,
            data={"at": announcement.at.isoformat(), "ranking": ranking.sha256},
        )
    return announcement


def confirm(contest: Contest, actor: Any, *, seen: str) -> Announcement:
    """A second organizer's word on an announcement that one has decided; a moment that is over becomes now.

    ``seen`` is the SHA-256 of the ranking that the second one looked at. Raises ``Refused`` for the same person, when
    nothing waits, or when an entry has left meanwhile.
    """
    with transaction.atomic():
        announcement = (
            Announcement.objects.select_for_update(of=("self",))
            .select_related("ranking")
            .filter(contest=contest, state=Announcement.State.PROPOSED)
            .first()
        )
        if announcement is None:
            raise Refused(_("Nothing is waiting to be announced."))
        if announcement.announced_by_id == actor.pk:
            raise Refused(_("You have decided this yourself: the second word is another organizer's."))
        if announcement.ranking.sha256 != seen:
            raise Refused(_("The ranking has changed since you opened this page. Look at the results once more."))
        if left_since_approval(announcement.ranking):
            raise Refused(_("An entry has left the competition meanwhile. Call the announcement off and approve anew."))
        move(
            announcement,
            Announcement.State.ANNOUNCING,
            actor=actor,
            action="announcement.confirmed",
            confirmed_by=actor,
            at=max(announcement.at, clock.now()),
        )
    return announcement


def left_since_approval(ranking: Ranking) -> list[str]:
    """Codes of ranked entries that are no longer in the competition."""
    gone = ranking.rows.exclude(copy__in=BlindCopy.objects.of_contest(ranking.contest).in_competition())
    return list(gone.order_by("copy__code").values_list("copy__code", flat=True))


def admitted_without_rank(ranking: Ranking) -> list[int]:
    """Registration numbers of admitted entries that the ranking does not know."""
    ranked = Essay.objects.filter(entry=OuterRef("pk"), blind_copy__in=ranking.rows.values("copy_id"), is_current=True)
    admitted = Entry.objects.of_contest(ranking.contest).filter(state=Entry.State.ADMITTED)
    missing = admitted.exclude(Exists(ranked)).order_by("number").values_list("number", flat=True)
    return [number or 0 for number in missing]


def call_off(contest: Contest, actor: Any) -> None:
    """Take back an announcement whose moment has not come: nobody has read anything of it.

    Raises ``Refused`` when there is none, or when its moment is here.
    """
    with transaction.atomic():
        announcement = Announcement.objects.select_for_update().filter(contest=contest).first()
        if announcement is None:
            raise Refused(_("Nothing is waiting to be announced."))
        if announcement.state != Announcement.State.PROPOSED and announcement.at <= clock.now():
            raise Refused(_("The results are public already and cannot be taken back."))
        ledger.record("announcement.called_off", announcement, actor=actor)
        Ranking.objects.filter(pk=announcement.ranking_id).update(settled_at=None)
        announcement.delete()
        Contest.objects.filter(pk=contest.pk).update(announced_at=None)


def complete(announcement_id: int) -> list[int]:
    """Number the documents, open the results at their moment, owe the letters. Returns ids of new letters.

    Safe to interrupt after any statement, to run again and to run twice at once: every step asks what is still
    missing, and unique rows stop a second one. Letters are owed only when the moment has come.
    """
    announcement = (
        Announcement.objects.select_related("contest", "ranking", "announced_by").filter(pk=announcement_id).first()
    )
    if announcement is None or announcement.state == Announcement.State.PROPOSED:
        return []
    if announcement.state == Announcement.State.ANNOUNCING:
        _open_envelopes(announcement)
        number_documents(announcement)
        _unlock(announcement)
    if announcement.completed_at is not None or announcement.at > clock.now():
        return []
    return _owe_letters(announcement)


def _open_envelopes(announcement: Announcement) -> None:
    """An award row for every ranked copy: from here on results and names are together."""
    missing = RankedCopy.objects.filter(ranking=announcement.ranking, award=None).order_by("pk")
    for ids in letters.in_batches(list(missing.values_list("pk", flat=True)), BATCH):
        with transaction.atomic():
            rows = list(RankedCopy.objects.filter(pk__in=ids))
            entries = open_envelopes(
                [row.copy_id for row in rows],
                ranking=announcement.ranking,
                actor=announcement.announced_by,
                whole=False,
            )
            Award.objects.bulk_create(
                [
                    Award(
                        announcement=announcement,
                        entry=entries[row.copy_id],
                        row=row,
                        award_key=row.award_key,
                    )
                    for row in rows
                ],
                ignore_conflicts=True,
            )


def number_documents(announcement: Announcement) -> None:
    """A diploma or certificate for every award, and thanks to the mentors of the awarded."""
    now = clock.now()
    year = announcement.at.astimezone(announcement.contest.zone).year
    awards = Award.objects.filter(announcement=announcement).order_by("pk")
    for ids in letters.in_batches(list(awards.values_list("pk", flat=True)), BATCH):
        with transaction.atomic():
            known = set(Diploma.objects.filter(award__in=ids).values_list("award_id", "kind"))
            Diploma.objects.bulk_create(
                [
                    Diploma(award=award, kind=kind, number=f"LR-{year}-{codes.new_code()}", issued_at=now)
                    for award in awards.filter(pk__in=ids).select_related("entry")
                    for kind in documents_of(award)
                    if (award.pk, kind) not in known
                ],
                # Someone may be numbering the same awards at this moment; one number each is enough.
                ignore_conflicts=True,
            )


def documents_of(award: Award) -> list[str]:
    """Kinds of document that an award brings."""
    if not award.award_key:
        return [Diploma.Kind.CERTIFICATE]
    kinds: list[str] = [Diploma.Kind.DIPLOMA]
    if award.entry.mentor_surname:
        kinds.append(Diploma.Kind.THANKS)
    return kinds


def _unlock(announcement: Announcement) -> None:
    """From announcing to announced: the gate opens at the announcement's moment, all of it at once."""
    with transaction.atomic():
        try:
            move(announcement, Announcement.State.ANNOUNCED, actor=announcement.announced_by)
        except SomeoneWasFirst:
            announcement.refresh_from_db()
            return
        Contest.objects.filter(pk=announcement.contest_id).update(announced_at=announcement.at)


def _owe_letters(announcement: Announcement) -> list[int]:
    owed: list[int] = []
    awards = Award.objects.standing().filter(announcement=announcement).order_by("pk")
    for ids in letters.in_batches(list(awards.values_list("pk", flat=True)), BATCH):
        batch = list(awards.filter(pk__in=ids).select_related("entry__owner", "row"))
        for award in batch:
            award.entry.contest = announcement.contest
        with transaction.atomic():
            owed += outbox.queue(
                letters.to_entrant(award.entry, award.row, announcement.ranking, announcement.pk) for award in batch
            )
    with transaction.atomic():
        owed += outbox.queue(
            letters.to_judge(seat, announcement.pk) for seat in letters.judges_of(announcement.contest)
        )
        finished = Announcement.objects.filter(pk=announcement.pk, completed_at=None).update(completed_at=clock.now())
        if finished:
            ledger.record(
                "announcement.completed",
                announcement,
                actor=None,
                contest_id=announcement.contest_id,
                data={"letters": len(owed)},
            )
    return owed

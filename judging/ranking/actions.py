"""Approving a ranking: what the organizer saw becomes the record, and no score changes any more."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from essays.anonymity.models import BlindCopy
from essays.contests.models import Category, Contest, Nomination
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.ledger.chain import canonical
from essays.ledger.states import move
from judging.ranking import sentences
from judging.ranking.gates import pending_ties
from judging.ranking.models import JuryChoice, RankedCopy, Ranking, TieVote, WithheldAward
from judging.ranking.proposal import Proposal, propose
from judging.ranking.record import outline_of
from judging.rubrics.models import AwardRule, JudgingRules

__all__ = [
    "Proposal",
    "Refused",
    "approve",
    "canonical",
    "grant",
    "propose",
    "record_choices",
    "record_vote",
    "renew",
    "take_back",
    "withhold",
]


class Refused(Exception):
    """An anticipated refusal, in words for the organizer. ``field``: the form's field that it belongs to."""

    def __init__(self, message: Any, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def approve(contest: Contest, actor: Any, seen_digest: str, *, reason: str = "") -> Ranking:
    """Freeze the ranking whose digest the organizer saw; from now on no review may change.

    ``reason`` is required for a second edition. Raises ``Refused`` when anything changed since the page was opened,
    when a problem stands against it, or when somebody else was first.
    """
    with transaction.atomic():
        rules = _locked(contest)
        _hold_copies_still(contest)
        standing = Ranking.objects.in_force().filter(contest=contest).select_related("approved_by").first()
        if standing is not None:
            raise Refused(
                _("%(who)s has approved this ranking already. Nothing was changed.") % {"who": standing.approved_by}
            )
        proposal = propose(contest)
        if proposal.digest != seen_digest:
            raise Refused(
                _("Something has changed since you opened this page. Look at the ranking once more, then approve it.")
            )
        if not proposal.approvable:
            raise Refused(_("The ranking cannot be approved yet. What stands against it is named above."))
        predecessor = Ranking.objects.filter(contest=contest).order_by("-edition").first()
        if predecessor is not None and not reason.strip():
            raise Refused(_("Say why there is a new edition of the ranking."), "reason")
        ranking = _frozen(proposal, actor, predecessor, reason.strip())
        JudgingRules.objects.filter(pk=rules.pk).update(results_frozen_at=ranking.approved_at)
    return ranking


def take_back(contest: Contest, actor: Any) -> None:
    """Take an approval back before it is announced: reviews may change again, the edition stays in the record.

    Raises ``Refused`` when there is none, or when its announcement has been decided.
    """
    with transaction.atomic():
        rules = _locked(contest)
        ranking = Ranking.objects.in_force().filter(contest=contest).first()
        if ranking is None:
            raise Refused(_("There is no approved ranking to take back."))
        if ranking.settled_at is not None:
            raise Refused(_("The results are announced or about to be. The approval can no longer be taken back."))
        move(ranking, Ranking.State.REPLACED, actor=actor, action="ranking.taken_back")
        JudgingRules.objects.filter(pk=rules.pk).update(results_frozen_at=None)


def renew(contest: Contest, actor: Any, reason: str) -> Ranking:
    """A later edition of an announced ranking, after a decision that changed points. It is settled like the earlier.

    Raises ``Refused`` when nothing is announced, or when something stands against the new edition, such as a tie that
    an award depends on.
    """
    with transaction.atomic():
        rules = _locked(contest)
        standing = Ranking.objects.in_force().select_for_update().filter(contest=contest).first()
        if standing is None or standing.settled_at is None:
            raise Refused(_("There is no announced ranking to renew."))
        proposal = propose(contest)
        if not proposal.approvable:
            why = " ".join(sentences.of_problems(proposal.problems))
            raise Refused(_("A later edition cannot be made yet. %(why)s") % {"why": why})
        move(standing, Ranking.State.REPLACED, actor=actor, action="ranking.renewed")
        ranking = _frozen(proposal, actor, standing, reason)
        Ranking.objects.filter(pk=ranking.pk).update(settled_at=ranking.approved_at)
        ranking.settled_at = ranking.approved_at
        JudgingRules.objects.filter(pk=rules.pk).update(results_frozen_at=ranking.approved_at)
    return ranking


def closed_to_votes(contest: Contest) -> bool:
    """A ranking is in force, and no decision after its announcement waits for a vote on a tie."""
    standing = Ranking.objects.in_force().filter(contest=contest)
    settled = list(standing.values_list("settled_at", flat=True))
    return bool(settled) and (settled[0] is None or not pending_ties(contest))


def record_vote(contest: Contest, actor: Any, positions: Mapping[str, int]) -> None:
    """Note how the jury voted on a tie: code → position from 1. Replaces an earlier vote on the same entries.

    Raises ``Refused`` for a code that is not in competition, a position below 1, or once a ranking is approved; after
    the announcement only a tie that an appeal would bring is voted on.
    """
    with transaction.atomic():
        _locked(contest)
        if closed_to_votes(contest):
            raise Refused(_("The ranking is approved. A vote no longer changes it."))
        copies = {
            copy.code: copy
            for copy in BlindCopy.objects.of_contest(contest).in_competition().filter(code__in=positions)
        }
        if copies.keys() != positions.keys() or min(positions.values(), default=0) < 1:
            raise Refused(_("Choose a position for every entry of the tie."))
        now = clock.now()
        for code, position in positions.items():
            TieVote.objects.update_or_create(
                copy=copies[code],
                defaults={
                    "contest": contest,
                    "position": position,
                    "recorded_by": actor,
                    "recorded_at": now,
                },
            )
        ledger.record("ranking.vote_recorded", contest, actor=actor, data={"positions": dict(positions)})


def record_choices(contest: Contest, actor: Any, award_key: str, codes: Collection[str]) -> None:
    """Note which entries the jury gives a special prize; replaces an earlier choice for the same prize.

    Raises ``Refused`` for a prize that is not the jury's to give, a code that is not in competition or has another
    special prize, and once a ranking is approved.
    """
    with transaction.atomic():
        _locked(contest)
        if Ranking.objects.in_force().filter(contest=contest).exists():
            raise Refused(_("The ranking is approved. A choice no longer changes it."))
        prizes = AwardRule.objects.filter(contest=contest, kind=AwardRule.Kind.CHOICE, key=award_key)
        if not prizes.exists():
            raise Refused(_("The jury gives no such prize."))
        copies = {
            copy.code: copy for copy in BlindCopy.objects.of_contest(contest).in_competition().filter(code__in=codes)
        }
        unknown = sorted(set(codes) - copies.keys())
        if unknown:
            raise Refused(_("No entry in competition has this code: %(code)s.") % {"code": unknown[0]})
        others = JuryChoice.objects.filter(copy__in=copies.values()).exclude(award_key=award_key)
        taken = others.values_list("copy__code", flat=True).first()
        if taken is not None:
            raise Refused(_("This entry has another special prize already: %(code)s.") % {"code": taken})
        JuryChoice.objects.filter(contest=contest, award_key=award_key).delete()
        now = clock.now()
        JuryChoice.objects.bulk_create(
            JuryChoice(contest=contest, copy=copy, award_key=award_key, recorded_by=actor, recorded_at=now)
            for copy in copies.values()
        )
        data = {"award": award_key, "entries": len(copies)}
        ledger.record("ranking.choice_recorded", contest, actor=actor, data=data)


def withhold(
    contest: Contest,
    actor: Any,
    *,
    category: Category,
    nomination: Nomination | None,
    award_key: str,
    place: int | None,
    reason: str,
) -> WithheldAward:
    """The jury gives an award to nobody in this category × nomination, or one place of it, whatever the points.

    Raises ``Refused`` without a reason, for an award or a part that the contest has not, and once a ranking is
    approved.
    """
    with transaction.atomic():
        _undecided(contest)
        if not reason.strip():
            raise Refused(_("Say why the award is given to nobody."), "reason")
        own = category.contest_id == contest.pk and (nomination is None or nomination.contest_id == contest.pk)
        if not own or not AwardRule.objects.filter(contest=contest, key=award_key).exists():
            raise Refused(_("The contest has no such award."))
        kept, _made = WithheldAward.objects.update_or_create(
            contest=contest,
            category=category,
            nomination=nomination,
            award_key=award_key,
            place=place,
            defaults={"reason": reason.strip(), "recorded_by": actor, "recorded_at": clock.now()},
        )
        data = {"award": award_key, "place": place}
        ledger.record("ranking.award_withheld", contest, actor=actor, data=data)
    return kept


def grant(withheld: WithheldAward, actor: Any) -> None:
    """The award may be given after all. Raises ``Refused`` once a ranking is approved."""
    with transaction.atomic():
        _undecided(withheld.contest)
        data = {"award": withheld.award_key, "place": withheld.place}
        withheld.delete()
        ledger.record("ranking.award_granted", withheld.contest, actor=actor, data=data)


def _undecided(contest: Contest) -> None:
    _locked(contest)
    if Ranking.objects.in_force().filter(contest=contest).exists():
        raise Refused(_("The ranking is approved. Nothing changes it any more."))


def _locked(contest: Contest) -> JudgingRules:
    """The row that approvals, votes and reviews queue behind."""
    rules = JudgingRules.objects.select_for_update().filter(contest=contest).first()
    if rules is None:
        raise Refused(_("The rules of judging are not set yet."))
    return rules


def _hold_copies_still(contest: Contest) -> None:
    """No copy is made anew, changed or let go until the approval stands: whoever wants to waits, then asks for it."""
    alive = BlindCopy.objects.of_contest(contest).exclude(state=BlindCopy.State.SUPERSEDED)
    list(alive.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def _frozen(proposal: Proposal, actor: Any, predecessor: Ranking | None, reason: str) -> Ranking:
    contest = proposal.contest
    latest = Ranking.objects.filter(contest=contest).aggregate(latest=Max("edition"))["latest"] or 0
    try:
        with transaction.atomic():
            ranking = Ranking.objects.create(
                contest=contest,
                edition=latest + 1,
                record=proposal.record,
                outline=outline_of(proposal.record),
                sha256=proposal.digest,
                approved_by=actor,
                approved_at=clock.now(),
                predecessor=predecessor,
                reason=reason,
            )
    except IntegrityError:
        raise Refused(_("Somebody else has approved this ranking just now. Nothing was changed.")) from None
    frozen = {entry["copy"]: entry for cell in proposal.record["cells"] for entry in cell["entries"]}
    RankedCopy.objects.bulk_create(
        [
            RankedCopy(
                ranking=ranking,
                copy_id=line.copy_id,
                category=cell.category,
                cell=cell.number,
                score=line.score,
                place=line.place,
                award_key=line.award_key,
                award_place=line.award_place,
                frozen=frozen[line.copy_id],
            )
            for cell in proposal.cells
            for line in cell.lines
        ],
        batch_size=1000,
    )
    ledger.record(
        "ranking.approved",
        ranking,
        actor=actor,
        data={"edition": ranking.edition, "sha256": ranking.sha256, "entries": ranking.rows.count()},
    )
    return ranking

"""A later edition of announced results: awards, documents and the page follow the new ranking."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from essays.ledger import actions as ledger
from essays.ledger import clock
from judging.ranking.models import RankedCopy, Ranking
from judging.results.actions import number_documents
from judging.results.models import Announcement, Award, Diploma


@dataclass(frozen=True)
class Changed:
    """An entry whose award or awarded place is another one now."""

    entry_id: int
    award: Award
    place_before: int | None
    place_after: int | None
    lost: bool


def apply(announcement: Announcement, edition: Ranking, actor: Any) -> list[Changed]:
    """Point the announcement and its awards at the new edition; returns the entries that are concerned.

    A document of an award that is lost is taken back: its number is no longer confirmed. What is gained gets a number
    at once.
    """
    with transaction.atomic():
        rows = {row.copy_id: row for row in RankedCopy.objects.filter(ranking=edition)}
        awards = list(Award.objects.filter(announcement=announcement).select_related("row"))
        changed = []
        for award in awards:
            row = rows.get(award.row.copy_id)
            if row is None:
                continue
            before = (award.award_key, award.row.award_place)
            if before != (row.award_key, row.award_place):
                lost = bool(award.award_key) and not row.award_key
                changed.append(Changed(award.entry_id, award, award.row.award_place, row.award_place, lost))
            award.row, award.award_key = row, row.award_key
        Award.objects.bulk_update(awards, ["row", "award_key"], batch_size=500)
        for one in changed:
            kinds = [Diploma.Kind.DIPLOMA, Diploma.Kind.THANKS] if one.lost else [Diploma.Kind.CERTIFICATE]
            if one.lost or one.award.award_key:
                one.award.diplomas.filter(kind__in=kinds).delete()
        Announcement.objects.filter(pk=announcement.pk).update(ranking=edition)
        announcement.ranking = edition
        number_documents(announcement)
        ledger.record(
            "announcement.renewed",
            announcement,
            actor=actor,
            data={"edition": edition.edition, "changed": len(changed), "at": clock.now().isoformat()},
        )
    return changed

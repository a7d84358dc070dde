"""The only door back from a blind copy to its author. ``judging.results`` alone may open it."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from essays.entries.models import Entry, Essay
from essays.ledger import actions as ledger


def open_envelopes(
    copy_ids: Iterable[int], *, ranking: models.Model, actor: Any, whole: bool = True
) -> dict[int, Entry]:
    """Entries by blind copy id, for the rows of an approved ranking. Each opening is in the ledger. One query.

    ``ranking`` is the frozen ranking that allows it: names are opened after approval and not before. ``whole``:
    with contest, institution, owner, category and nomination.
    """
    if getattr(ranking, "approved_at", None) is None:
        raise PermissionError("names are opened after the ranking is approved")
    ids = set(copy_ids)
    besides = ["contest", "institution__municipality", "owner", "category", "nomination"] if whole else []
    essays = Essay.objects.filter(blind_copy__in=ids).select_related("entry", *(f"entry__{one}" for one in besides))
    found = {essay.blind_copy_id: essay.entry for essay in essays if essay.blind_copy_id}
    ledger.record("names.opened", ranking, actor=actor, data={"entries": len(found)})
    return found


def open_early(opening: Any, *, actor: Any) -> Entry | None:
    """The entry of one copy before approval, for one of the two organizers who asked for it and confirmed it.

    ``opening`` has ``copy``, ``asked_by_id``, ``confirmed_by_id`` and ``confirmed_at``. Each look is in the ledger.
    """
    two = {opening.asked_by_id, opening.confirmed_by_id}
    if opening.confirmed_at is None or len(two) < 2 or None in two or actor.pk not in two:
        raise PermissionError("a name is opened early by two organizers, and for them alone")
    essay = (
        Essay.objects.filter(blind_copy__contest=opening.contest_id, blind_copy__code=opening.copy.code)
        .select_related("entry__institution")
        .order_by("-version")
        .first()
    )
    ledger.record("nameopening.shown", opening, actor=actor)
    return essay.entry if essay else None

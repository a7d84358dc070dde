"""A judge's own notes and marked places in a copy: written here, shown to nobody else."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from judging.assignments.models import Assignment
from judging.reviews.models import Highlight

PLACE = ("start", "end", "quote", "before", "after", "colour", "note")


@dataclass(frozen=True)
class TooMany(Exception):
    """So many places are marked in one essay that no more are taken."""

    most: int


def notes_of(assignment: Assignment | int) -> QuerySet[Highlight]:
    """In the order of the text; those of the whole essay first."""
    return Highlight.objects.filter(assignment=assignment)


def add_note(assignment: Assignment, values: dict[str, Any]) -> Highlight:
    """Keep a note. ``values``: PLACE. Raises ``TooMany``."""
    if notes_of(assignment).count() >= Highlight.MOST:
        raise TooMany(Highlight.MOST)
    return Highlight.objects.create(assignment=assignment, **{name: values[name] for name in PLACE})


def change_note(assignment: Assignment, public_id: UUID, *, note: str, colour: str) -> bool:
    """Change words or colour of an own note; False where there is none (any more)."""
    return bool(notes_of(assignment).filter(public_id=public_id).update(note=note, colour=colour))


def remove_note(assignment: Assignment, public_id: UUID) -> bool:
    removed, _by_model = notes_of(assignment).filter(public_id=public_id).delete()
    return bool(removed)


def forget_notes() -> int:
    """Delete the notes of contests that were put into the archive. Returns how many."""
    done = Assignment.objects.filter(contest__state="archived").values("pk")
    removed, _by_model = Highlight.objects.filter(assignment__in=done).delete()
    return removed

"""Keeping the list of institutions."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.people.models import Institution, InstitutionMerger, Municipality, User
from essays.people.signals import institutions_merged, institutions_parted

FIELDS = ("short_name", "name", "kind", "municipality", "locality", "parent")


class Refused(Exception):
    """An act that is not done; ``field`` names the form's field beside which to say so."""

    def __init__(self, message: Any, field: str = "") -> None:
        self.message, self.field = message, field
        super().__init__(str(message))


def save_institution(values: Mapping[str, Any], *, actor: User, institution: Institution | None = None) -> Institution:
    """Add an institution or change one. ``values``: FIELDS, and ``new_municipality`` (a name, or empty).

    What an organizer saves is confirmed by that. A branch of a branch, and a second institution of the same
    official name in the same municipality, are refused.
    """
    with transaction.atomic():
        place = institution or Institution()
        for name in FIELDS:
            setattr(place, name, values[name])
        if values.get("new_municipality"):
            place.municipality = Municipality.objects.get_or_create(name=values["new_municipality"].strip())[0]
        if place.parent and (place.parent.parent_id is not None or place.parent == place):
            raise Refused(_("A branch belongs to a main institution, not to another branch."), "parent")
        if place.parent and place.pk and place.branches.exists():
            raise Refused(_("It has branches of its own, so it cannot be a branch."), "parent")
        same = Institution.objects.filter(name=place.name, municipality=place.municipality).exclude(pk=place.pk)
        if same.exists():
            raise Refused(_("This institution is in the list already."), "name")
        place.confirmed = True
        place.save()
        ledger.record("institution.changed" if institution else "institution.added", place, actor=actor)
    return place


def confirm_institution(institution: Institution, *, actor: User) -> None:
    """Say that an institution written in by an entrant is real and new."""
    with transaction.atomic():
        confirmed = Institution.objects.filter(pk=institution.pk, confirmed=False).update(confirmed=True)
        if confirmed:
            ledger.record("institution.confirmed", institution, actor=actor)


def merge_institution(source: Institution, target: Institution, *, actor: User) -> list[int]:
    """Say that ``source`` is ``target``: entries and judges follow, and conflicts hold as if it had been one all along.

    Branches of ``source`` become branches of ``target``. Returns letters to send. Raises ``Refused``.
    """
    with transaction.atomic():
        both = Institution.objects.select_for_update(no_key=True).in_bulk([source.pk, target.pk])
        if len(both) < 2 or any(one.merged_into_id for one in both.values()):
            raise Refused(_("One of them has been merged already: open the list again."))
        source, target = both[source.pk], both[target.pk]
        if target.parent_id == source.pk or (target.parent_id and source.branches.exists()):
            raise Refused(_("It has branches of its own, so it cannot be a branch."))
        moved: dict[str, Any] = {
            "branches": list(source.branches.values_list("pk", flat=True)),
            "merged": list(source.merged.values_list("pk", flat=True)),
            "parent": source.parent_id,
            "confirmed": source.confirmed,
        }
        source.branches.update(parent=target)
        source.merged.update(merged_into=target)
        Institution.objects.filter(pk=source.pk).update(merged_into=target, parent=None, confirmed=True)
        ledger.record("institution.merged", target, actor=actor, data={"source": source.pk})
        answers: list[tuple[Any, Any]] = institutions_merged.send(
            Institution, source=source, target=target, actor=actor, moved=moved
        )
        InstitutionMerger.objects.create(
            source=source, target=target, moved=moved, merged_by=actor, merged_at=clock.now()
        )
        return [letter for _receiver, letters in answers for letter in letters or ()]


def part_institutions(source: Institution, *, actor: User) -> list[int]:
    """Undo a merger: what moved with it moves back, where nobody has changed it since. Returns letters to send.

    Essays that were taken off desks because of it are not given back: others read them by now. Raises ``Refused``
    where nothing is to be undone, where the other one was merged further, or a name is taken meanwhile.
    """
    with transaction.atomic():
        locked = Institution.objects.select_for_update(no_key=True).get(pk=source.pk)
        merger = InstitutionMerger.objects.filter(source=locked, undone_at=None).select_related("target").first()
        if merger is None or locked.merged_into_id != merger.target_id:
            raise Refused(_("This merger cannot be undone any more."))
        moved, target = merger.moved, merger.target
        parent = Institution.objects.filter(pk=moved["parent"], merged_into=None, parent=None).first()
        Institution.objects.filter(pk=locked.pk).update(
            merged_into=None, parent=parent, confirmed=bool(moved["confirmed"])
        )
        locked.refresh_from_db()
        Institution.objects.filter(pk__in=moved["branches"], parent=target).update(parent=locked)
        Institution.objects.filter(pk__in=moved["merged"], merged_into=target).update(merged_into=locked)
        InstitutionMerger.objects.filter(pk=merger.pk).update(undone_at=clock.now())
        ledger.record("institution.parted", locked, actor=actor, data={"target": target.pk})
        answers: list[tuple[Any, Any]] = institutions_parted.send(
            Institution, source=locked, target=target, actor=actor, moved=moved
        )
        return [letter for _receiver, letters in answers for letter in letters or ()]


def appoint_organizer(email: str) -> User | None:
    """Let a registered person create contests; None where nobody has registered with this address."""
    with transaction.atomic():
        user = User.objects.select_for_update().filter(email=email.strip().lower()).first()
        if user and not user.is_organizer:
            user.is_organizer = True
            user.save(update_fields=["is_organizer"])
            ledger.record("user.appointed", user)
    return user

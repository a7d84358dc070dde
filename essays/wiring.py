"""What the entries tell the slices below, which must not know them. Filled once, at start."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.dispatch import receiver

from essays.anonymity.conversion import converter
from essays.anonymity.models import BlindCopy
from essays.contests import hooks
from essays.contests.models import Contest
from essays.entries import renewal
from essays.entries.identity import conflict_keys_of
from essays.entries.models import Entry, Essay
from essays.ledger.phrases import name_subjects
from essays.outbox.words import names_of_letters
from essays.people.models import Institution
from essays.people.signals import institutions_merged, institutions_parted


def numbers_of_entries(references: Iterable[str]) -> Mapping[str, str]:
    """Registration numbers: what an organizer knows an entry by before the ranking is approved."""
    found = Entry.objects.filter(pk__in=list(references)).values_list("pk", "number")
    return {str(pk): f"№\N{NO-BREAK SPACE}{number}" for pk, number in found if number}


def numbers_of_essays(references: Iterable[str]) -> Mapping[str, str]:
    found = Essay.objects.filter(pk__in=list(references)).values_list("pk", "entry__number")
    return {str(pk): f"№\N{NO-BREAK SPACE}{number}" for pk, number in found if number}


def names_of_institutions(references: Iterable[str]) -> Mapping[str, str]:
    return {str(place.pk): str(place) for place in Institution.objects.filter(pk__in=list(references))}


def copies_are_out(contest: Contest) -> bool:
    """From the first copy that was released to judges on."""
    out = [BlindCopy.State.RELEASED, BlindCopy.State.RETIRED]
    return BlindCopy.objects.of_contest(contest).filter(state__in=out).exists()


def unreadable_formats() -> Iterable[str]:
    """Old DOC needs a converter that is not part of the product."""
    return () if converter() else ("doc",)


hooks.format_checks.append(unreadable_formats)
hooks.release_checks.append(copies_are_out)
hooks.blindness_listeners.append(renewal.owe_by_new_rule)
name_subjects("entry", numbers_of_entries)
name_subjects("essay", numbers_of_essays)
name_subjects("institution", names_of_institutions)
name_subjects("letter", names_of_letters)


@receiver(institutions_merged)
def entries_follow(
    sender: type, *, source: Institution, target: Institution, moved: dict[str, Any], **kwargs: Any
) -> None:
    """Whoever named the one has named the other."""
    theirs = Entry.objects.filter(institution=source)
    moved["entries"] = list(theirs.values_list("pk", flat=True))
    theirs.update(institution=target)


@receiver(institutions_parted)
def entries_return(
    sender: type, *, source: Institution, target: Institution, moved: dict[str, Any], **kwargs: Any
) -> None:
    """Back to what was named; copies that were made meanwhile get the keys of it."""
    theirs = Entry.objects.filter(pk__in=moved["entries"], institution=target)
    ids = list(theirs.values_list("pk", flat=True))
    theirs.update(institution=source)
    essays = Essay.objects.current().filter(entry__in=ids)
    for essay in essays.select_related("entry__contest", "entry__institution", "entry__owner"):
        if essay.blind_copy_id is not None:
            BlindCopy.objects.filter(pk=essay.blind_copy_id).update(conflict_keys=conflict_keys_of(essay.entry))

"""What must be true of entries, their essays and the copies of them."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q

from essays.anonymity.models import BlindCopy
from essays.entries.models import Entry, Essay
from judging.console.stating import invariant


@invariant("every sent entry has exactly one current essay")
def one_current_essay() -> Iterator[str]:
    current = Count("essays", filter=Q(essays__is_current=True))
    for entry in Entry.objects.sent().annotate(current=current).exclude(current=1).order_by("pk"):
        yield f"entry {entry.pk} has {entry.current} current essays"


@invariant("a version of an essay has a blind copy exactly when it is blinded")
def one_copy_per_version() -> Iterator[str]:
    bare = Essay.objects.filter(state=Essay.State.BLINDED, blind_copy=None)
    for pk in bare.order_by("pk").values_list("pk", flat=True):
        yield f"essay {pk} is blinded and has no copy"


@invariant("every living copy belongs to one current essay and carries its entry's code, category and nomination")
def copies_belong() -> Iterator[str]:
    owner = Essay.objects.filter(
        blind_copy=OuterRef("pk"),
        is_current=True,
        entry__contest=OuterRef("contest"),
        entry__code=OuterRef("code"),
        entry__category=OuterRef("category"),
        entry__nomination=OuterRef("nomination"),
    )
    alive = BlindCopy.objects.exclude(state=BlindCopy.State.SUPERSEDED).exclude(Exists(owner))
    for pk in alive.order_by("pk").values_list("pk", flat=True):
        yield f"copy {pk} does not fit the entry behind it"


@invariant("a copy is admitted exactly when its entry is")
def admitted_alike() -> Iterator[str]:
    apart = (
        Essay.objects.current().filter(blind_copy__isnull=False).exclude(blind_copy__state=BlindCopy.State.SUPERSEDED)
    )
    admitted = Q(entry__state=Entry.State.ADMITTED)
    apart = apart.filter((admitted & Q(blind_copy__admitted=False)) | (~admitted & Q(blind_copy__admitted=True)))
    for pk in apart.order_by("pk").values_list("entry_id", flat=True):
        yield f"entry {pk} and its copy disagree about admission"

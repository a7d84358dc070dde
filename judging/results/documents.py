"""What an organizer does with documents: their design, a name put right, all of them as one ZIP."""

import logging
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from essays.contests.models import Contest
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.ledger.states import SomeoneWasFirst, claim
from judging.ranking.downloads import as_csv
from judging.results import access, design, wording
from judging.results.actions import Refused
from judging.results.diploma import pdf
from judging.results.models import Announcement, Diploma, DocumentBundle, DocumentDesign

LEASE = timedelta(minutes=5)
KEPT = timedelta(days=7)
BATCH = 100
logger = logging.getLogger("laureate.documents")
FOLDERS = {
    Diploma.Kind.DIPLOMA: "diplomas",
    Diploma.Kind.CERTIFICATE: "certificates",
    Diploma.Kind.THANKS: "thanks",
}


def save_design(contest: Contest, actor: Any, seen_version: int, values: dict[str, Any]) -> DocumentDesign:
    """Keep the design that an organizer wrote. ``seen_version`` 0: there was none when the page was opened.

    Raises ``Refused`` when somebody else has changed it meanwhile.
    """
    with transaction.atomic():
        found = DocumentDesign.objects.select_for_update().filter(contest=contest).first()
        if (found.version if found else 0) != seen_version:
            raise Refused(
                _("Somebody else has changed the documents since you opened this page. What you typed is still here.")
            )
        try:
            with transaction.atomic():
                kept = found or DocumentDesign.objects.create(contest=contest, version=0)
        except IntegrityError:
            raise Refused(_("Somebody else is changing the documents at this moment. Save once more.")) from None
        for name, value in values.items():
            setattr(kept, name, value)
        kept.version += 1
        kept.save()
        ledger.record("documents.designed", contest, actor=actor, data={"version": kept.version})
    return kept


def copy_design(source: Contest, contest: Contest) -> None:
    """A contest after an earlier one begins with its documents; who signs is looked at anew, so no signature."""
    found = DocumentDesign.objects.filter(contest=source).first()
    if found is not None:
        DocumentDesign.objects.create(contest=contest, wordings=found.wordings, place=found.place, emblem=found.emblem)


def print_name(diploma: Diploma, actor: Any, name: str) -> None:
    """Put the holder's name right for print; empty goes back to the application's. The application stays as it is."""
    with transaction.atomic():
        Diploma.objects.filter(pk=diploma.pk).update(printed_name=name)
        diploma.printed_name = name
        ledger.record(
            "documents.name_corrected",
            diploma.award.announcement.contest,
            actor=actor,
            data={"number": diploma.number},
        )


def standing(announcement: Announcement, kind: str) -> Any:
    """Documents that a bundle of that kind ("" for all) holds now."""
    found = Diploma.objects.for_document().filter(award__announcement=announcement)
    return found.filter(kind=kind) if kind else found


def ask(contest: Contest, actor: Any, kind: str) -> DocumentBundle:
    """Owe a ZIP of the documents; the one in the making if there is one. Raises ``Refused`` before the announcement."""
    announcement = access.readable(contest, clock.now())
    if announcement is None:
        raise Refused(_("The documents open with the results."))
    total = standing(announcement, kind).count()
    if not total:
        raise Refused(_("There are no documents of this kind."))
    in_the_making = DocumentBundle.objects.filter(
        announcement=announcement, kind=kind, state__in=[DocumentBundle.State.WAITING, DocumentBundle.State.MAKING]
    )
    found = in_the_making.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            made = DocumentBundle.objects.create(
                announcement=announcement, kind=kind, asked_by=actor, asked_at=clock.now(), total=total
            )
            ledger.record("documents.bundle_asked", contest, actor=actor, data={"kind": kind, "documents": total})
    except IntegrityError:
        return in_the_making.get()
    return made


def make(bundle_id: int) -> bool:
    """Make the ZIP if it is owed; True if this call made it. Safe to run twice, and to be killed anywhere.

    The row is leased and the lease is renewed with every hundred documents: who loses it stops and leaves nothing.
    """
    bundle = DocumentBundle.objects.owed(clock.now()).filter(pk=bundle_id).first()
    if bundle is None:
        return False
    try:
        if bundle.attempts >= DocumentBundle.MAX_ATTEMPTS:
            claim(
                bundle,
                bundle.state,
                where={"lease_until": bundle.lease_until},
                state=DocumentBundle.State.FAILED,
                lease_until=None,
            )
            logger.error("bundle %s is given up after %s attempts", bundle.pk, bundle.attempts)
            return False
        claim(
            bundle,
            bundle.state,
            where={"lease_until": bundle.lease_until, "attempts": bundle.attempts},
            state=DocumentBundle.State.MAKING,
            attempts=bundle.attempts + 1,
            lease_until=clock.now() + LEASE,
            made=0,
        )
    except SomeoneWasFirst:
        return False
    # Every attempt writes a file of its own: a slow one that lost its lease cannot spoil the other's.
    part = path_of(bundle).with_suffix(f".{bundle.attempts}.part")
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        made = _write(bundle, part)
        part.replace(path_of(bundle))
        claim(
            bundle,
            DocumentBundle.State.MAKING,
            where={"lease_until": bundle.lease_until},
            state=DocumentBundle.State.MADE,
            lease_until=None,
            made=made,
            total=made,
            size=path_of(bundle).stat().st_size,
            made_at=clock.now(),
        )
    except SomeoneWasFirst:
        logger.info("bundle %s: another worker holds the lease", bundle.pk)
        return False
    finally:
        part.unlink(missing_ok=True)
    return True


def _write(bundle: DocumentBundle, part: Path) -> int:
    announcement = Announcement.objects.select_related("contest").get(pk=bundle.announcement_id)
    own = DocumentDesign.objects.filter(contest=announcement.contest_id).first()
    shown = design.pictures_of(own)
    ids = list(standing(announcement, bundle.kind).order_by("kind", "number").values_list("pk", flat=True))
    listed: list[list[Any]] = [[str(_("Number")), str(_("Document")), str(_("Name")), str(_("File"))]]
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
        for start in range(0, len(ids), BATCH):
            batch = Diploma.objects.for_document().filter(pk__in=ids[start : start + BATCH])
            for diploma in batch.order_by("kind", "number"):
                name = f"{FOLDERS[Diploma.Kind(diploma.kind)]}/{diploma.number}.pdf"
                words = wording.wording_of(diploma, own)
                archive.writestr(name, pdf(words, shown))
                kind = str(Diploma.Kind(diploma.kind).label)
                listed.append([diploma.number, kind, words.name.replace("\n", " "), name])
            _go_on(bundle, len(listed) - 1)
        archive.writestr("list.csv", as_csv(listed))
    return len(listed) - 1


def _go_on(bundle: DocumentBundle, made: int) -> None:
    """Say how far it is, and keep the lease. Raises ``SomeoneWasFirst`` for a lease that ran out."""
    claim(
        bundle,
        DocumentBundle.State.MAKING,
        where={"lease_until": bundle.lease_until},
        made=made,
        lease_until=clock.now() + LEASE,
    )


def path_of(bundle: DocumentBundle) -> Path:
    return Path(settings.MEDIA_ROOT) / "bundles" / f"{bundle.public_id}.zip"


NAMES_OF_BUNDLES = re.compile(r"bundles/[0-9a-f-]{36}\.zip")


def files_of_bundles() -> Iterator[str]:
    """Paths under the private root of all bundles that are made or being made; a removed one has no right to a file."""
    standing = DocumentBundle.objects.exclude(state=DocumentBundle.State.GONE).order_by()
    for public_id in standing.values_list("public_id", flat=True).iterator():
        yield f"bundles/{public_id}.zip"


def outdated(bundle: DocumentBundle) -> bool:
    """Whether documents have come or gone since: a consent was taken back, somebody was disqualified."""
    return standing(bundle.announcement, bundle.kind).count() != bundle.total


def remove(bundle: DocumentBundle) -> None:
    """Names of minors do not lie about: the file goes, the row says that there was one."""
    try:
        claim(bundle, bundle.state, state=DocumentBundle.State.GONE)
    except SomeoneWasFirst:
        return
    path_of(bundle).unlink(missing_ok=True)


def remove_old() -> None:
    """Remove files that are a week old."""
    old = DocumentBundle.objects.filter(state=DocumentBundle.State.MADE, made_at__lt=clock.now() - KEPT)
    for bundle in old.order_by("pk"):
        remove(bundle)

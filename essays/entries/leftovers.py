"""Whole files that no row names: a process died between the rename and the commit, or between a deletion and its file.

Such a file is an author's essay that nobody can find, take back or let expire. Only files in the private root's own
folders, under names that only this program gives, are ever looked at.
"""

import logging
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from essays.anonymity.models import CopyPage
from essays.entries.models import Essay
from essays.entries.page_models import DraftPage, EssayPage

# Far longer than any request or job works on a file before its row is committed.
LIFETIME = timedelta(hours=6)
# More than dying processes leave behind: then rather the database is the wrong one, or an older one.
FEW = 20
MOST_SHARE = 4
STORED = re.compile(r"(\d+|copies)/[0-9a-f]{32}")
log = logging.getLogger("laureate.files")

MODELS = (Essay, EssayPage, DraftPage, CopyPage)
Owner = tuple[re.Pattern[str], Callable[[], Iterable[str]]]


def _named_by_rows() -> Iterator[str]:
    for model in MODELS:
        yield from model._default_manager.order_by().values_list("file", flat=True).iterator()


owners: list[Owner] = [(STORED, _named_by_rows)]
"""Names that files are given, and which of them rows name; paths under the private root. Filled once, at start."""


def leftovers(at: datetime) -> list[str]:
    """Paths under the private root of files that have lain about for hours and that no row names, in order."""
    return _lost(_old(at))


def sweep(at: datetime) -> int:
    """Remove what ``leftovers`` finds, and tell the log; returns how many.

    Nothing is removed where it would be a large part of all files, or every one of them: that is no crash but a
    database that does not belong to these files.
    """
    root, old = Path(settings.MEDIA_ROOT), _old(at)
    lost = _lost(old)
    if lost and (len(lost) > max(FEW, len(old) // MOST_SHARE) or lost == old):
        log.error("%s of %s files are named by no row: is this the database they belong to?", len(lost), len(old))
        return 0
    for name in lost:
        (root / name).unlink(missing_ok=True)
        log.warning("file %s was named by no row and is removed", name)
    return len(lost)


def _old(at: datetime) -> list[str]:
    """Our own files that were last written hours ago. Read before the rows, so that no row can come in between.

    Files bear the time of a host, ``at`` is the database's: of two clocks that disagree the earlier one counts.
    """
    root, limit = Path(settings.MEDIA_ROOT), (min(at, timezone.now()) - LIFETIME).timestamp()
    found = []
    for path in root.glob("*/*"):
        name = path.relative_to(root).as_posix()
        if any(pattern.fullmatch(name) for pattern, _named in owners):
            try:
                status = path.lstat()
            except FileNotFoundError:
                continue  # It went while we looked.
            if stat.S_ISREG(status.st_mode) and status.st_mtime < limit:
                found.append(name)
    return sorted(found)


def _lost(old: list[str]) -> list[str]:
    if not old:
        return []
    named = {name for _pattern, names in owners for name in names()}
    return [name for name in old if name not in named]

"""The private storage of uploads: temporary file, flush to disk, rename; a torn file is never taken for whole."""

import errno
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.utils import timezone

from essays.entries.refusals import file_refusal

# A part that is older belongs to an upload that died.
PART_LIFETIME = timedelta(hours=6)


@dataclass(frozen=True)
class StoredFile:
    """A whole file under the private root: its path relative to it, size in bytes and SHA-256 (hex)."""

    name: str
    size: int
    sha256: str

    @property
    def path(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.name


@contextmanager
def stored(upload: File[Any], folder: str) -> Iterator[StoredFile]:
    """Write an upload under a random name; on any exception of the caller's the file is removed again.

    Raises ``OSError`` when the disk is full: nothing half-written stays behind.
    """
    root = Path(settings.MEDIA_ROOT)
    (root / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{folder}/{secrets.token_hex(16)}"
    part, whole = root / f"{name}.part", root / name
    digest, size = hashlib.sha256(), 0
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
            file.flush()
            os.fsync(file.fileno())
        part.rename(whole)
        yield StoredFile(name, size, digest.hexdigest())
    except BaseException:
        part.unlink(missing_ok=True)
        whole.unlink(missing_ok=True)
        raise


def clean_name(name: str) -> str:
    """The upload's own name for the owner's eyes: no folders, no drive, no control characters, at most 200 signs."""
    last = name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(sign for sign in last if sign.isprintable())
    return visible.strip()[-200:] or "essay"


def sweep_parts() -> int:
    """Remove parts that no upload is writing any more; returns how many."""
    limit = (timezone.now() - PART_LIFETIME).timestamp()
    removed = 0
    for part in Path(settings.MEDIA_ROOT).glob("*/*.part"):
        try:
            old = part.stat().st_mtime < limit
        except FileNotFoundError:
            continue  # Its upload came to an end while we looked.
        if old:
            part.unlink(missing_ok=True)
            removed += 1
    return removed


def file_refused_by_disk(fault: OSError) -> Exception:
    """No space or no quota is a refusal that says so; any other fault of the disk is a fault and stays one."""
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return file_refusal("no_space")
    return fault

"""Old DOC, looked at but not read here: whole and without a password, it goes to the converter (`conversion.py`)."""

from __future__ import annotations

from essays.anonymity.reading.unreadable import Reading, Unreadable

_SECTOR = 512
_FIB = b"\xec\xa5"
_ENCRYPTED = 0x01


def read_doc(content: bytes) -> Reading:
    """Always raises Unreadable: ``encrypted`` for a DOC with a password, ``unsupported`` for any other."""
    expect_open(content)
    raise Unreadable("unsupported", "old DOC files are read by way of a converter")


def expect_open(content: bytes) -> None:
    """Raises Unreadable when the DOC asks for a password: its head says so, wherever the stream begins."""
    for place in range(_SECTOR, min(len(content), 1 << 20), _SECTOR):
        if content.startswith(_FIB, place) and len(content) > place + 11:
            if content[place + 11] & _ENCRYPTED:
                raise Unreadable("encrypted", "the DOC asks for a password")
            return

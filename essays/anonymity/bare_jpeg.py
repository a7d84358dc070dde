"""Is a JPEG nothing but its picture? An allowlist of what may stand in a file that judges receive.

It looks at bytes and decodes nothing, so it may be asked about what comes from a limited child process.
"""

from __future__ import annotations

_END, _SCAN, _SIZE, _APPLICATION = 0xD9, 0xDA, 0xC0, 0xE0
_TABLES = {0xDB, 0xC4}  # Quantization and Huffman
_JFIF = b"JFIF\0\x01"
_JFIF_LENGTH = 16


def size_of(jpeg: bytes) -> tuple[int, int] | None:
    """(width, height) in pixels of a JPEG that holds one baseline picture and nothing else, otherwise None.

    Comments, previews, profiles, EXIF, a second picture and bytes behind the end all make it None.
    """
    if not jpeg.startswith(b"\xff\xd8"):
        return None
    size, at = None, 2
    while at + 4 <= len(jpeg):
        if jpeg[at] != 0xFF:
            return None
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        body = jpeg[at + 4 : at + 2 + length]
        if marker == _APPLICATION:
            if length != _JFIF_LENGTH or not body.startswith(_JFIF):
                return None
        elif marker == _SIZE:
            if size or len(body) < 6:
                return None
            size = int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big")
        elif marker == _SCAN:
            return size if _is_one_scan(jpeg, at + 2 + length) else None
        elif marker not in _TABLES:
            return None
        at += 2 + length
    return None


def _is_one_scan(jpeg: bytes, start: int) -> bool:
    """From here to the end of the file only coded pixels, closed by the end marker."""
    at = jpeg.find(b"\xff", start)
    while 0 <= at < len(jpeg) - 1:
        following = jpeg[at + 1]
        if following == _END:
            return at + 2 == len(jpeg)
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return False
        at = jpeg.find(b"\xff", at + 2)
    return False

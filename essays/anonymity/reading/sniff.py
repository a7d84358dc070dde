"""What a file is: its first bytes and, for archives, its members must agree with its name."""

from __future__ import annotations

import re

from essays.anonymity.reading.unreadable import Unreadable

FORMATS = ("docx", "odt", "pdf", "rtf", "txt", "doc")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_BINARY = (
    b"%PDF-",
    b"{\\rtf",
    _ZIP,
    _EMPTY_ZIP,
    _OLE,
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"II*\x00",
    b"MM\x00*",
    b"BM",
    b"MZ",
)
_MARKUP = re.compile(rb"\s*(?:<\?xml|<!doctype|<html|<svg)", re.IGNORECASE)


def extension(name: str) -> str:
    """The extension of an upload's name in lower case, without the dot; empty if there is none."""
    base = re.split(r"[/\\]", name)[-1].strip().rstrip(".")
    return base.rpartition(".")[2].lower() if "." in base else ""


def sniff(content: bytes, name: str) -> str:
    """One of FORMATS. Raises Unreadable: empty, unsupported, type_mismatch or encrypted."""
    kind = extension(name)
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty", "no content")
    if kind not in FORMATS:
        raise Unreadable("unsupported", f"extension {kind[:10]!r}")
    if kind == "pdf":
        if not content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n \t").startswith(b"%PDF-"):
            raise Unreadable("type_mismatch", "not a PDF")
    elif kind == "txt":
        _expect_text(content)
    elif kind == "rtf":
        if not content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n \t").startswith(b"{\\rtf"):
            raise Unreadable("type_mismatch", "not an RTF")
    elif kind == "doc":
        # Word writes «.doc» around all that it knows; only the old binary format is meant.
        if not content.startswith(_OLE) or "WordDocument".encode("utf-16-le") not in content:
            raise Unreadable("type_mismatch", "not an old Word document")
    else:
        _expect_package(content, kind)
    return kind


def _expect_text(content: bytes) -> None:
    if content.startswith(_BINARY) and not _plain_ascii_start(content):
        raise Unreadable("type_mismatch", "a binary file named .txt")
    if _MARKUP.match(content):
        raise Unreadable("type_mismatch", "markup named .txt")


def _plain_ascii_start(content: bytes) -> bool:
    """«BM…» and «MZ…» may also begin a text in Latin letters: real ones have zero bytes at once."""
    return content.startswith((b"BM", b"MZ")) and b"\0" not in content[:512]


def _expect_package(content: bytes, kind: str) -> None:
    if content.startswith(_OLE):
        # Office puts an encrypted package into an OLE container whose streams are named in UTF-16.
        if "EncryptedPackage".encode("utf-16-le") in content or "EncryptionInfo".encode("utf-16-le") in content:
            raise Unreadable("encrypted", "an encrypted Office package")
        raise Unreadable("type_mismatch", "an old Office file named as a new one")
    if not content.startswith(_ZIP):
        raise Unreadable("type_mismatch", "not a zip package")
    from essays.anonymity.reading.package import Package

    package = Package(content)
    if kind == "docx":
        if "[Content_Types].xml" not in package or "_rels/.rels" not in package:
            raise Unreadable("type_mismatch", "not an Office package")
    else:
        mimetype = package.read("mimetype", most=200).strip() if "mimetype" in package else b""
        if mimetype not in (
            b"application/vnd.oasis.opendocument.text",
            b"application/vnd.oasis.opendocument.text-template",
            b"application/vnd.oasis.opendocument.text-master",
        ):
            raise Unreadable("type_mismatch", "not an OpenDocument text")

"""A zip package (DOCX, ODT) read with bounds, and its XML parts parsed with everything dangerous off."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from essays.anonymity.reading import limits
from essays.anonymity.reading.unreadable import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element


class Package:
    """Members of a zip file by their names. Raises Unreadable for archives that are not ordinary."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, UnicodeError) as error:
            raise Unreadable("damaged", f"zip: {type(error).__name__}") from error
        members = self._zip.infolist()
        if len(members) > limits.MAX_MEMBERS:
            raise Unreadable("too_complex", "too many members")
        if sum(member.file_size for member in members) > limits.MAX_DECLARED_BYTES:
            raise Unreadable("too_complex", "too large when unpacked")
        if any(member.flag_bits & 0x1 for member in members):
            raise Unreadable("encrypted", "encrypted members")
        self._members = {member.filename: member for member in members}
        if len({name.casefold() for name in self._members}) != len(members):
            raise Unreadable("damaged", "two members of one name")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def names(self) -> list[str]:
        return list(self._members)

    def comments(self) -> list[str]:
        """Comments of the archive and of its members, as text."""
        comments = [self._zip.comment, *(member.comment for member in self._members.values())]
        return [comment.decode("utf-8", "replace") for comment in comments if comment]

    def read(self, name: str, *, most: int = limits.MAX_PART_BYTES) -> bytes:
        """The content of a member. Raises Unreadable when it is missing, damaged or longer than `most` bytes."""
        member = self._members.get(name)
        if member is None:
            raise Unreadable("damaged", "a part is missing")
        try:
            with self._zip.open(member) as file:
                content = file.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise Unreadable("damaged", f"zip member: {type(error).__name__}") from error
        except RuntimeError as error:
            raise Unreadable("encrypted", "an encrypted member") from error
        if len(content) > most:
            raise Unreadable("too_complex", "a part is too large")
        return content

    def xml(self, name: str) -> _Element:
        """The root of an XML part. Raises Unreadable."""
        return parse_xml(self.read(name))


def parse_xml(content: bytes) -> _Element:
    """The root of an XML document without DTD, entities, network or depth above libxml's 256. Raises Unreadable."""
    from lxml import etree

    def parse(recover: bool) -> tuple[_Element | None, object]:
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            dtd_validation=False,
            remove_comments=True,
            remove_pis=True,
            recover=recover,
        )
        return etree.fromstring(content, parser), parser.error_log

    try:
        root, _log = parse(recover=False)
    except etree.XMLSyntaxError as error:
        if error.code != etree.ErrorTypes.DTD_ID_REDEFINED:
            deep = "depth" in str(error).lower() or "huge" in str(error).lower()
            raise Unreadable("too_complex" if deep else "damaged", f"XML error {error.code}") from error
        # Real files of some editors repeat an xml:id. That alone is forgiven, nothing else is.
        root, log = parse(recover=True)
        if any(entry.type != etree.ErrorTypes.DTD_ID_REDEFINED for entry in log):  # type: ignore[attr-defined]
            raise Unreadable("damaged", "XML errors beside repeated ids") from error
    except ValueError as error:
        raise Unreadable("damaged", "XML declaration") from error
    if root is None:
        raise Unreadable("damaged", "no XML root")
    info = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        raise Unreadable("damaged", "a document type is not allowed")
    return root

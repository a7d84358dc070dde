"""From the words of a numbered document to its PDF.

The page is set by Typst from ``document.typ``. Words travel as JSON data and are never read as markup; no file of
the machine is in reach of the template; the same words give the same bytes.
"""

import io
import json
import threading
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import segno
import typst

from judging.results.glyphs import all_showable

HERE = Path(__file__).resolve().parent
TEMPLATE = HERE / "document.typ"
CARD = HERE / "card.typ"
FONTS = HERE / "fonts"

_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Wording:
    """All that a document says. ``tone`` is gold, silver, bronze or laurel; empty strings leave a line out."""

    document_title: str
    language: str
    tone: str
    organizer: str
    emblem: str
    heading: str
    subheading: str
    lead: str
    name: str
    belongs: str
    reason: str
    essay: str
    cell: str
    contest: str
    dated: str
    number_label: str
    number: str
    verify_label: str
    verify_url: str
    verify_shown: str
    qr_alt: str
    signer_post: str = ""
    signer_name: str = ""
    signature_alt: str = ""
    emblem_alt: str = ""


@dataclass(frozen=True)
class Pictures:
    """What an organizer puts on documents, as SVG text; empty for none."""

    emblem: str = ""
    signature: str = ""


NO_PICTURES = Pictures()


def pdf(wording: Wording, pictures: Pictures = NO_PICTURES) -> bytes:
    """One A4 page, tagged for screen readers (PDF/UA), with the title as its only metadata.

    Raises ``typst.TypstError`` if the page cannot be set, which no text should be able to cause.
    """
    with _one_at_a_time:
        made = _compiler(TEMPLATE).compile(sys_inputs=_inputs(wording, pictures), format="pdf", pdf_standards=["ua-1"])
    assert isinstance(made, bytes), "one document is one file"
    return made


def page_picture(wording: Wording, pictures: Pictures = NO_PICTURES) -> bytes:
    """The same page as PNG, 661 pixels wide: how the document will look."""
    with _one_at_a_time:
        made = _compiler(TEMPLATE).compile(sys_inputs=_inputs(wording, pictures), format="png", ppi=80)
    assert isinstance(made, bytes), "one page is one picture"
    return made


def _inputs(wording: Wording, pictures: Pictures) -> dict[str, str]:
    return {
        "data": json.dumps(all_showable(asdict(wording)), ensure_ascii=False),
        "qr": qr(wording.verify_url),
        "emblem": pictures.emblem,
        "signature": pictures.signature,
    }


@dataclass(frozen=True)
class Card:
    """The words of the picture beside a shared link."""

    language: str
    heading: str
    title: str
    line: str


def picture(card: Card) -> bytes:
    """1200 × 630 pixels, PNG: what social networks show of the results page."""
    inputs = {"data": json.dumps(all_showable(asdict(card)), ensure_ascii=False)}
    with _one_at_a_time:
        made = _compiler(CARD).compile(sys_inputs=inputs, format="png", ppi=72)
    assert isinstance(made, bytes), "one page is one picture"
    return made


def qr(address: str) -> str:
    """The address as a QR code in SVG, readable even if an eighth of it is torn off."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", border=0, xmldecl=False, svgns=True, dark="#1b1f23", light=None
    )
    return drawing.getvalue().decode()


@cache
def _compiler(template: Path) -> typst.Compiler:
    # Kept for the life of the process: fonts are read once, and the second page is four times as fast.
    return typst.Compiler(str(template), root=str(HERE), font_paths=[str(FONTS)], ignore_system_fonts=True)

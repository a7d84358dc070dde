"""PDF through typst, as a student's word processor would export it. Pure but for reading essay.typ."""

import json
from dataclasses import asdict
from functools import cache

import typst

from demo.disclosures import Manuscript
from demo.roster import HERE


@cache
def _template() -> bytes:
    return (HERE / "essay.typ").read_bytes()


def write_pdf(work: Manuscript) -> bytes:
    """The file's bytes, in typst's own fonts only; the same manuscript gives the same bytes."""
    data = asdict(work)
    created = work.properties.created
    properties = {
        "creator": work.properties.creator,
        "subject": work.properties.subject,
        "keywords": work.properties.keywords,
        "created": [created.year, created.month, created.day, created.hour, created.minute],
    }
    shown = {name: data[name] for name in ("title", "title_page", "byline", "header", "footer", "signature", "blocks")}
    inputs = {"work": json.dumps(shown | {"properties": properties}, ensure_ascii=False)}
    return typst.compile(_template(), format="pdf", ignore_system_fonts=True, sys_inputs=inputs)

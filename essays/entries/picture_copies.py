"""The copy of an essay that came as pictures: its printed text where that can be read, else pages to be painted."""

from collections.abc import Sequence
from dataclasses import replace

from essays.anonymity.decisions import Decision
from essays.anonymity.document import Document
from essays.anonymity.engine import Rule
from essays.anonymity.identity import Identity
from essays.anonymity.models import UNPAINTED
from essays.anonymity.ocr import read_print
from essays.anonymity.pipeline import Blinded, blind_reading
from essays.anonymity.reading import Reading
from essays.entries.models import Essay
from essays.entries.pages import content_of

READ = "read_from_picture"


def make(essay: Essay, identity: Identity, rule: Rule, decisions: Sequence[Decision] = ()) -> Blinded:
    """What the blinding job keeps for this essay; held in either case. Raises ``FileNotFoundError``.

    Read text goes the way of all texts, and a person looks whether it was read well. Pages that stay pictures wait,
    with an empty text, until a person has painted over what tells who the author is.
    """
    rows = list(essay.pages.all())
    printed = None if essay.stays_pictures else read_print([content_of(page) for page in rows])
    strings = tuple(sorted({string for page in rows for string in page.metadata_strings}))
    if printed is not None:
        reading = Reading(printed, essay.format, (READ,), strings)
        return blind_reading(reading, identity, essay.entry.title, rule, decisions)
    blinded = blind_reading(Reading(Document(), essay.format, (), strings), identity, essay.entry.title, rule)
    return replace(blinded, doubts=sorted({*blinded.doubts, UNPAINTED}))

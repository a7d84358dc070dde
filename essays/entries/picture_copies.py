"""The copy of an essay that came as pictures: its printed text where that can be read, else pages to be painted."""

from collections.abc import Sequence
from dataclasses import replace

from essays.anonymity.decisions import Decision
from essays.anonymity.document import Document
from essays.anonymity.engine import Rule
from essays.anonymity.identity import Identity
from essays.anonymity.models import UNPAINTED
from essays.anonymity.ocr import Sheets
from essays.anonymity.pipeline import Blinded, blind_reading
from essays.anonymity.reading import Reading
from essays.anonymity.suggestions import suggested
from essays.entries.models import Essay
from essays.entries.page_models import EssayPage
from essays.entries.pages import content_of

READ = "read_from_picture"


def make(essay: Essay, identity: Identity, rule: Rule, decisions: Sequence[Decision] = ()) -> Blinded:
    """What the blinding job keeps for this essay; held in either case. Raises ``FileNotFoundError``.

    Read text goes the way of all texts, and a person looks whether it was read well. Pages that stay pictures wait,
    with an empty text, until a person has painted over what tells who the author is.
    """
    rows = list(essay.pages.all())
    sheets = Sheets([content_of(page) for page in rows])
    printed = None if essay.stays_pictures else sheets.text()
    strings = tuple(sorted({string for page in rows for string in page.metadata_strings}))
    if printed is not None:
        reading = Reading(printed, essay.format, (READ,), strings)
        return blind_reading(reading, identity, essay.entry.title, rule, decisions)
    if rule.hides_names:
        _suggest(rows, sheets, identity)
    blinded = blind_reading(Reading(Document(), essay.format, (), strings), identity, essay.entry.title, rule)
    return replace(blinded, doubts=sorted({*blinded.doubts, UNPAINTED}))


def _suggest(rows: Sequence[EssayPage], sheets: Sheets, identity: Identity) -> None:
    """Paint what is read for certain on the first and the last page, where authors name themselves; once.

    It is only a beginning: the pages are not confirmed, and whoever paints sees and may remove it.
    """
    for index in sorted({0, len(rows) - 1}):
        page = rows[index]
        places = suggested(sheets.words(index), identity, (page.width, page.height)) if not page.revision else []
        if places:
            EssayPage.objects.filter(pk=page.pk, revision=0).update(places=places, revision=1)

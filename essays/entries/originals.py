"""The read original behind a copy, with the places the engine found and what people decided: kept and fetched."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from essays.anonymity.child import read_in_child
from essays.anonymity.composing import Composed, compose, from_data, to_data
from essays.anonymity.decisions import Decision, carried
from essays.anonymity.document import paragraphs
from essays.anonymity.pipeline import Blinded, hide
from essays.anonymity.reading import Unreadable
from essays.anonymity.spans import Span
from essays.entries.identity import identity_of, rule_of
from essays.entries.models import Essay
from essays.entries.redaction_models import Redaction


def decisions_for(essay: Essay) -> list[Decision]:
    """What people decided about this file; a new version begins with what they decided for the whole text before it."""
    own = Redaction.objects.filter(essay=essay).values_list("decisions", flat=True).first()
    if own is not None:
        return [Decision.from_data(one) for one in own]
    earlier = Redaction.objects.filter(essay__entry=essay.entry_id, essay__version__lt=essay.version)
    data = earlier.order_by("-essay__version").values_list("decisions", flat=True).first()
    return carried(Decision.from_data(one) for one in data or [])


def keep(essay: Essay, blinded: Blinded, decisions: Sequence[Decision]) -> None:
    """Keep what the desk needs of a file that was read just now."""
    Redaction.objects.update_or_create(
        essay=essay,
        defaults={
            "document": blinded.original.to_data(),
            "title": essay.entry.title,
            "title_spans": blinded.title_spans,
            "metadata_strings": [storable(one) for one in blinded.metadata_strings],
            "decisions": [decision.to_data() for decision in decisions],
        },
    )


def storable(words: str) -> str:
    """Without what no database takes: properties of a file may hold NUL and halves of characters."""
    return words.replace("\0", "").encode("utf-8", "ignore").decode()


def redaction_of(essay: Essay) -> Redaction:
    """The row of this file; of one whose copy was made before such rows were kept the file is read once more.

    ``essay.entry`` with its institution and contest should be joined in. Raises ``Unreadable``, and
    FileNotFoundError where the file is gone.
    """
    row = Redaction.objects.filter(essay=essay).first()
    if row is not None:
        return row
    reading = read_in_child(Path(settings.MEDIA_ROOT) / str(essay.file.name), essay.original_name)
    entry = essay.entry
    if any(span["end"] > len(reading.document.text) for span in essay.spans):
        raise Unreadable("damaged", "the file is read in another way than when its copy was made")
    found = hide(paragraphs([entry.title]), identity_of(entry), rule_of(entry.contest))
    return Redaction.objects.get_or_create(
        essay=essay,
        defaults={
            "document": reading.document.to_data(),
            "title": entry.title,
            "title_spans": to_data(found.spans),
            "metadata_strings": [storable(one) for one in reading.metadata_strings],
        },
    )[0]


def found_in(essay: Essay, row: Redaction) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The engine's places in the text and in the title."""
    return from_data(essay.spans, row.original.text), from_data(row.title_spans, row.title)


def composed_from(essay: Essay, row: Redaction, decisions: Sequence[Decision] | None = None) -> Composed:
    """The copy as the row's decisions (or these) want it, attacked with what the application says now."""
    if decisions is None:
        decisions = [Decision.from_data(one) for one in row.decisions]
    entry = essay.entry
    return compose(
        row.original,
        row.title,
        *found_in(essay, row),
        decisions,
        identity=identity_of(entry) if rule_of(entry.contest).hides_names else None,
        metadata_strings=row.metadata_strings,
    )

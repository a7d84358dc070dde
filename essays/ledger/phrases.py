"""The ledger in plain words: names of subjects and sentences of acts, for a reader in either language.

The sentences themselves are in ``ledger.catalogue``. Slices above name their subjects at start.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from essays.ledger.catalogue import SENTENCES

# The kinds that the page filters by, in the order of the story.
KINDS: dict[str, Any] = {
    "contest": _("contest and regulation"),
    "entry": _("entries"),
    "essay": _("essay files"),
    "consent": _("consents"),
    "blindcopy": _("blind copies"),
    "rubric": _("rubric and rules"),
    "seat": _("jury"),
    "deal": _("deals"),
    "assignment": _("assignments"),
    "review": _("reviews"),
    "ranking": _("ranking"),
    "nameopening": _("names opened before approval"),
    "session": _("the jury's meetings"),
    "announcement": _("results"),
    "documents": _("documents"),
    "appeal": _("appeals"),
    "letter": _("letters"),
    "institution": _("institutions"),
    "user": _("accounts"),
}
# Codes that stand in an event's data, by the name of the value.
WORDS: dict[str, dict[str, Any]] = {
    "section": {
        "texts": _("texts"),
        "requirements": _("requirements"),
        "calendar": _("calendar"),
    },
    "kind": {
        "processing": _("processing of personal data"),
        "dissemination": _("publication of the name"),
        "essay": _("publication of the essay"),
        "missed": _("something was missed"),
        "needless": _("something is hidden needlessly"),
    },
    "outcome": {
        "done": _("the copy was changed"),
        "kept": _("the copy stays as it is"),
    },
    "reason": {
        "knows_author": _("knows the author"),
        "conflict": _("another conflict of interest"),
        "identity_visible": _("the text shows who wrote it"),
        "round_ended": _("the second look was ended"),
        "judge_left": _("the judge left the jury"),
        "lapsed": _("nobody confirmed it in time"),
        "restored": _("the review that it stood for counts again"),
        "copy_left": _("the essay left the competition"),
        "rejected": _("the entry was not admitted"),
        "withdrawn": _("the author withdrew the entry"),
        "disqualified": _("the entry was disqualified"),
        "organizer": _("an organizer's decision"),
        "entrant_remark": _("the author found a place that was missed"),
        "leak:shown": _("a place that was shown tells who the author is"),
        "three_attempts": _("three attempts ended without a result"),
        "file_missing": _("the file is not on the disk"),
        "encrypted": _("the file is protected by a password"),
        "timeout": _("the file takes too long to read"),
        "too_complex": _("the file is too complicated to be read safely"),
        "no_text": _("there is no text in the file"),
        "damaged": _("the file is damaged"),
    },
}
NAMERS: dict[str, Callable[[Iterable[str]], Mapping[str, str]]] = {}
"""By kind: from the references of subjects to short names that an organizer may read. None for blind copies and
what belongs to them: before the ranking is approved the ledger must not tie a code to an entry."""


def name_subjects(kind: str, namer: Callable[[Iterable[str]], Mapping[str, str]]) -> None:
    """Let a slice name its subjects; ``namer`` asks the database once for all references."""
    NAMERS[kind] = namer


class _Values(dict[str, Any]):
    """Values of a sentence; one that an old event lacks is shown as a dash, not as a fault of the page."""

    def __missing__(self, key: str) -> str:
        return "—"


def sentence(action: str, data: Mapping[str, Any]) -> str:
    """«Intake was closed by hand», in the active language; the bare code where no sentence is known."""
    phrase = SENTENCES.get(action)
    if phrase is None:
        return action
    values = {name: words(name, value) for name, value in data.items()}
    return str(phrase) % _Values(values) if "%(" in str(phrase) else str(phrase)


def words(name: str, value: Any) -> str:
    """A value of an event's data as it is read: codes in words, lists with commas."""
    if isinstance(value, list):
        return ", ".join(words(name, item) for item in value)
    if value is None:
        return "—"
    return str(WORDS.get(name, {}).get(str(value), value))

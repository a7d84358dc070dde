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
    "announcement": _("results"),
    "letter": _("letters"),
    "institution": _("institutions"),
    "user": _("accounts"),
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
    values = {name: _words(value) for name, value in data.items()}
    return str(phrase) % _Values(values) if "%(" in str(phrase) else str(phrase)


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return "—" if value is None else str(value)

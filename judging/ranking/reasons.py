"""Reasons that the product writes where a person writes one: kept in the language of the act, read in the reader's.

A frozen record is hashed with the words in it, so they are recognised and said anew where they are shown. Words of a
person, and those of a translation that was changed since, stay as they were written.
"""

import re
from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

AFTER_AN_APPEAL = _("decision on an appeal")
APPEAL_DECIDED = _("Decision on the appeal about %(code)s")
JURY_DECIDED = _("Decision of the jury, meeting %(session)s, question %(question)s")
WRITTEN = (AFTER_AN_APPEAL, APPEAL_DECIDED, JURY_DECIDED)
VALUE = re.compile(r"%\\\((\w+)\\\)s")


def in_readers_language(reason: str) -> str:
    """``reason`` as it is kept, or the same sentence in the active language if the product wrote it."""
    for pattern, sentence in _patterns():
        if found := pattern.fullmatch(reason):
            return gettext(sentence) % found.groupdict()
    return reason


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """For each sentence in each language of the product: what it looks like filled in, and its msgid."""
    found = []
    with translation.override(None):
        sentences = [str(sentence) for sentence in WRITTEN]
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for sentence in sentences:
                said = re.escape(gettext(sentence))
                found.append((re.compile(VALUE.sub(r"(?P<\1>[\\w-]+)", said)), sentence))
    return tuple(found)

"""Why a blind copy is held, in words for the organizer. The codes stand in ``BlindCopy.doubts``."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Any] = {
    "organizer": _("An organizer held the copy back."),
    "identity_visible": _("A judge gave the essay back: the text shows who wrote it."),
    "entrant_remark": _("The author found a place in the copy that still tells who wrote it."),
    "pictures_unpainted": _("The essay came as pictures: paint over what tells who wrote it."),
    "read_from_picture": _("The text was read from pictures of the pages: is it what is written there?"),
    "remark:missed": _("The author asks: something was missed."),
    "remark:needless": _("The author asks: something is hidden needlessly."),
    "not_confident": _("It is not certain that everything is hidden that should be, and nothing else."),
    "surname_of_public_figure": _("A well-known person has the author's surname: are the right places hidden?"),
    "misspelt_surname": _("A word looks like the author's surname with a slip of the pen: is it the author?"),
    "misspelt_given_name": _("A word looks like the author's name with a slip of the pen: is it the author?"),
    "converted": _("The file was converted from an old format: is everything where it belongs?"),
    "name_or_common_word": _("The author's name is an ordinary word too: are the right places hidden?"),
    "leak:mentor": _("The mentor's surname may have stayed in the text."),
    "leak:guardian": _("The surname of the parent or guardian may have stayed in the text."),
    "leak": _("Something that tells who the author is may have stayed in the text."),
}
BY_PEOPLE = frozenset({"organizer", "identity_visible", "entrant_remark"})
"""Reasons that somebody gave: they stand until somebody has looked."""
GROUPS: dict[str, Any] = {
    "leak": _("the check found the author"),
    "judge": _("a judge can tell"),
    "author": _("the author's remark: missed"),
    "unsure": _("the program is not certain"),
    "needless": _("the author's remark: needless"),
    "file": _("converted or read from pictures"),
    "organizer": _("held back by an organizer"),
    "pictures": _("pages to paint over"),
}
OTHER = _("The program found a place that it cannot judge by itself.")


def words(codes: Iterable[str]) -> list[str]:
    """A sentence for each reason, each once, in the order of the codes."""
    sentences = (WORDS.get(code) or WORDS.get(code.split(":")[0]) or OTHER for code in codes)
    return list(dict.fromkeys(str(sentence) for sentence in sentences))


def group(code: str) -> str:
    """What a group of the redaction queue is called."""
    return str(GROUPS[code])

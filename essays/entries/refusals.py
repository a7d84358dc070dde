"""Why an entry or a file is not taken, in words for a thirteen-year-old."""

from typing import Any

from django.utils.formats import number_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from essays.entries.intake import Code, Problem

MEGABYTE = 1 << 20


class Refused(Exception):
    """An anticipated refusal. ``message`` is translated and shown beside ``field`` (None: the whole form)."""

    def __init__(self, message: Any, *, field: str | None = None, code: str = "") -> None:
        super().__init__(str(code or message))
        self.message = message
        self.field = field
        self.code = code


FILE_MESSAGES = {
    "empty": _(
        "The file is empty. Open it on your device, check that the essay is there, save it and choose it again."
    ),
    "too_large": _(
        "The file is too large: {size}, and at most {limit} are allowed. "
        "Remove pictures from it or save it again as DOCX, then choose it again."
    ),
    "encrypted": _("The file is protected by a password. Save it without a password and choose it again."),
    "type_mismatch": _(
        "Inside the file is something else than its name says. Open it in the program in which you wrote it, "
        "choose “Save as” – DOCX, ODT, PDF or TXT – and choose that file."
    ),
    "unsupported": _(
        "Files of this kind are not accepted. Save the essay as DOCX, ODT, PDF or TXT and choose that file."
    ),
    "old_doc": _(
        "Old Word files (DOC) cannot be read here. Open the file in Word or LibreOffice, "
        "choose “Save as” – DOCX – and choose that file."
    ),
    "no_text": _(
        "There is no text in the file that we can read: it may be a scan or a photograph. "
        "Choose the file in which the text was typed."
    ),
    "damaged": _("The file is damaged and cannot be opened. Save it again under a new name and choose that file."),
    "too_complex": _(
        "The file is too complicated to be read safely. "
        "Copy the text into a new document, save it and choose that file."
    ),
    "timeout": _("The file takes too long to read. Copy the text into a new document, save it and choose that file."),
    "no_space": _(
        "The file could not be kept just now, and nothing of it was taken. Please try again in a few minutes."
    ),
    "format": _("The contest does not accept files of this kind. Save the essay in one of these formats: {formats}."),
}


def file_refusal(code: str, **values: Any) -> Refused:
    """The refusal of a file by its code (codes of ``Unreadable`` and a few of ours)."""
    message = FILE_MESSAGES[code]
    return Refused(format_lazy(message, **values) if values else message, field="file", code=code)


def too_large(size: int, limit: int) -> Refused:
    """The refusal of a file of ``size`` bytes where ``limit`` bytes are allowed."""
    # A file a few bytes over the limit must not read «10 MB, and at most 10 MB».
    return file_refusal("too_large", size=megabytes(max(size, limit + MEGABYTE // 10)), limit=megabytes(limit))


def megabytes(size: int) -> str:
    """«10 MB», «2.5 MB» in the active language: a digit after the point only where it says something."""
    number = round(size / MEGABYTE, 1)
    return _("%(number)s MB") % {"number": number_format(int(number) if number == int(number) else number)}


def length_refusal(problem: Problem) -> Refused:
    """The refusal of a text that is too short or too long: how long it is, what is asked, how much to change."""
    values = {"actual": problem.actual, "limit": problem.limit, "difference": problem.difference}
    if problem.code == Code.EMPTY:
        return file_refusal("no_text")
    sentence = {
        Code.TOO_FEW_CHARACTERS: ngettext_lazy(
            "The essay is too short: it has %(actual)d character with spaces, at least %(limit)d are needed. "
            "Add about %(difference)d more.",
            "The essay is too short: it has %(actual)d characters with spaces, at least %(limit)d are needed. "
            "Add about %(difference)d more.",
            "actual",
        ),
        Code.TOO_MANY_CHARACTERS: ngettext_lazy(
            "The essay is too long: it has %(actual)d character with spaces, at most %(limit)d are allowed. "
            "Take about %(difference)d away.",
            "The essay is too long: it has %(actual)d characters with spaces, at most %(limit)d are allowed. "
            "Take about %(difference)d away.",
            "actual",
        ),
        Code.TOO_FEW_WORDS: ngettext_lazy(
            "The essay is too short: it has %(actual)d word, at least %(limit)d are needed. "
            "Add about %(difference)d more.",
            "The essay is too short: it has %(actual)d words, at least %(limit)d are needed. "
            "Add about %(difference)d more.",
            "actual",
        ),
        Code.TOO_MANY_WORDS: ngettext_lazy(
            "The essay is too long: it has %(actual)d word, at most %(limit)d are allowed. "
            "Take about %(difference)d away.",
            "The essay is too long: it has %(actual)d words, at most %(limit)d are allowed. "
            "Take about %(difference)d away.",
            "actual",
        ),
    }[problem.code]
    return Refused(sentence % values, field="file", code=problem.code)

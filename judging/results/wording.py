"""What a numbered document says, from the frozen ranking and the opened envelope."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _

from essays.entries.models import Entry
from essays.templatetags.quotes import nested
from judging.ranking import sentences
from judging.ranking.table import tone_of
from judging.results.diploma import Wording
from judging.results.models import Diploma

ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
LONGEST = 160


def wording_of(diploma: Diploma) -> Wording:
    """The document's words, in the product's first language whatever the reader's is: a document is one.

    ``diploma`` comes with its award, entry, institution, row, announcement, ranking and contest.
    """
    with translation.override(settings.LANGUAGE_CODE):
        if diploma.kind == Diploma.Kind.DIPLOMA:
            return _diploma(diploma)
        if diploma.kind == Diploma.Kind.THANKS:
            return _thanks(diploma)
        return _certificate(diploma)


def award_of(diploma: Diploma) -> str:
    """«Prize-winner, place 2», in the active language; empty for one who took part without an award."""
    award = diploma.award
    name = award.announcement.ranking.award_name(award.award_key)
    return sentences.of_award(name, award.row.award_place)


def holder_of(diploma: Diploma) -> str:
    """Whose document it is: the author, or the mentor who is thanked."""
    entry = diploma.award.entry
    return mentor_of(entry) if diploma.kind == Diploma.Kind.THANKS else entry.full_name


def mentor_of(entry: Entry) -> str:
    parts = (entry.mentor_surname, entry.mentor_given_name, entry.mentor_patronymic)
    return " ".join(part for part in parts if part)


def roman(number: int) -> str:
    written = ""
    for value, sign in ROMAN:
        while number >= value:
            written += sign
            number -= value
    return written


def _diploma(diploma: Diploma) -> Wording:
    award = diploma.award
    entry = award.entry
    return _wording(
        diploma,
        tone=tone_of(award.award_key, award.row.award_place),
        emblem=roman(award.row.award_place or 0),
        heading=_("Diploma"),
        subheading=award_of(diploma),
        lead=_("is awarded to"),
        name=_two_lines(entry.surname, entry.given_name, entry.patronymic),
        belongs=_belongs(entry),
        reason=_("for the essay"),
        essay=_quoted(entry.title),
    )


def _certificate(diploma: Diploma) -> Wording:
    entry = diploma.award.entry
    return _wording(
        diploma,
        tone="laurel",
        emblem="",
        heading=_("Certificate"),
        subheading=_("of a participant"),
        lead="",
        name=_two_lines(entry.surname, entry.given_name, entry.patronymic),
        belongs=_belongs(entry),
        reason=_("Author of the essay that the jury of the competition has read and scored"),
        essay=_quoted(entry.title),
    )


def _thanks(diploma: Diploma) -> Wording:
    entry = diploma.award.entry
    return _wording(
        diploma,
        tone="laurel",
        emblem="",
        heading=_("Thanks"),
        subheading="",
        lead="",
        name=_two_lines(entry.mentor_surname, entry.mentor_given_name, entry.mentor_patronymic),
        belongs="",
        reason=_("Thank you for mentoring the author of the awarded essay: %(author)s (%(award)s)")
        % {"author": _short(entry.full_name), "award": award_of(diploma)},
        essay=_quoted(entry.title),
    )


def _wording(diploma: Diploma, **words: str) -> Wording:
    award = diploma.award
    announcement = award.announcement
    contest = announcement.contest
    cell = announcement.ranking.cell(award.row.cell)
    address = settings.SITE_ORIGIN + reverse("verify_document", args=[diploma.number])
    shown = urlsplit(address)
    day = announcement.at.astimezone(contest.zone).date()
    return Wording(
        document_title=f"{words['heading']} {diploma.number}",
        language=settings.LANGUAGE_CODE,
        organizer=_short(str(contest.organizer_name)),
        # On two lines: a nomination's name is long, and its last word must not hang alone.
        cell="\n".join(
            (
                _("Category “%(name)s”") % {"name": nested(cell["category"]["name_ru"])},
                _("Nomination “%(name)s”") % {"name": nested(_short(str(award.entry.nomination)))},
            )
        ),
        contest=_short(str(contest.title)),
        dated=formats.date_format(day, "j E Y"),
        number_label=_("Document"),
        number=diploma.number,
        verify_label=_("Its authenticity can be checked here:"),
        verify_url=address,
        verify_shown=f"{shown.netloc}{shown.path}",
        qr_alt=_("QR code of the address where this document can be checked"),
        **words,
    )


def _belongs(entry: Entry) -> str:
    parts = (entry.institution.short_name if entry.institution else "", entry.course)
    return _short(", ".join(part for part in parts if part))


def _two_lines(surname: str, given_name: str, patronymic: str) -> str:
    return f"{surname}\n{given_name} {patronymic}".strip()


def _quoted(title: str) -> str:
    return _("“%(title)s”") % {"title": nested(_short(title))} if title else ""


def _short(words: str) -> str:
    """One page stays one page: what is longer than two lines ends in an ellipsis."""
    words = " ".join(words.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"

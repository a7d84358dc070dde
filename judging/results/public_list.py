"""The public results as a document to print: what the page shows at this moment, and nothing that it does not."""

from django.utils import formats
from django.utils.translation import gettext as _

from judging.results import page
from judging.results.models import Announcement
from judging.results.protocol import Protocol, Section, Table


def list_of(announcement: Announcement) -> Protocol:
    """The awarded by category and nomination, in the active language. Ask the gate first.

    Names and institutions stand as far as consents reach now: the list is made anew each time it is asked for.
    """
    contest = announcement.contest
    heading = (_("Award"), _("Author"), _("Institution"), _("Essay"), _("Points"))
    sections = []
    for group in page.of_announcement(announcement, page.Chosen()).groups:
        rows = tuple(
            (one.award, one.name or one.code, one.belongs or "–", one.title, one.score) for one in group.awarded
        )
        none = () if rows else (_("No places were awarded here."),)
        tables = (("", Table(heading, rows, numeric=(4,))),) if rows else ()
        sections.append(Section(f"{group.category} · {group.nomination}", none, tables))
    return Protocol(
        title=_("Results"),
        organizer=str(contest.organizer_name),
        contest=str(contest.title),
        dated=formats.date_format(announcement.at.astimezone(contest.zone).date(), "j E Y"),
        sections=tuple(sections),
        signatures=(),
        checksum="",
    )

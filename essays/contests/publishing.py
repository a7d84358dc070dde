"""What is still missing before a contest may be published, and the words for a calendar's problems."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from essays.contests import calendar as dates
from essays.contests import hooks
from essays.contests.models import ConsentText, Contest
from essays.contests.problems import Problem

MOMENTS: dict[str, Any] = {
    "opens_at": _("intake opens"),
    "closes_at": _("intake closes"),
    "screening_ends_at": _("applications are checked until"),
    "corrections_end_at": _("corrections are taken until"),
    "judging_starts_at": _("judging starts"),
    "judging_ends_at": _("judging ends"),
    "session_ends_at": _("the jury decides until"),
    "results_at": _("results are announced by"),
}


def calendar_problems(calendar: dates.Calendar) -> list[Problem]:
    """Named problems of the planned moments, each beside the field that is out of order."""
    found = []
    for problem in dates.problems(calendar):
        if problem.field not in MOMENTS:
            continue
        field = MOMENTS[problem.field]
        if problem.code == "missing" or problem.earlier not in MOMENTS:
            message: Any = _("“%(moment)s” has no date.") % {"moment": field}
        else:
            message = _("“%(later)s” stands before “%(earlier)s”: check both dates.") % {
                "later": field,
                "earlier": MOMENTS[problem.earlier],
            }
        found.append(Problem(message, problem.field, "calendar"))
    return found


def publishing_problems(contest: Contest, at: datetime) -> list[Problem]:
    """Everything that stands against publishing now, in the order of the organizer's pages."""
    found: list[Problem] = []
    if not contest.summary_ru:
        found.append(
            Problem(_("Nothing says what the contest is about: write a short summary."), "summary_ru", "texts")
        )
    if not contest.regulation_ru:
        found.append(Problem(_("The regulation has no text yet."), "regulation_ru", "texts"))
    if not contest.contact_email:
        found.append(
            Problem(_("There is no e-mail address for questions."), "contact_email", "texts"),
        )
    if not contest.formats:
        found.append(Problem(_("No file format is allowed: choose at least one."), "formats", "requirements"))
    if not contest.categories.exists():
        found.append(Problem(_("There is no category: nobody could enter."), section="categories"))
    if not contest.nominations.exists():
        found.append(Problem(_("There is no nomination: nobody could enter."), section="nominations"))
    found += calendar_problems(contest.calendar)
    if contest.closes_at <= at:
        found.append(
            Problem(_("The deadline is in the past: nobody could enter."), "closes_at", "calendar"),
        )
    kinds = set(contest.consent_texts.values_list("kind", flat=True))
    if ConsentText.Kind.PROCESSING not in kinds:
        found.append(Problem(_("The text of the consent to processing personal data is missing."), section="consents"))
    if ConsentText.Kind.DISSEMINATION not in kinds:
        found.append(Problem(_("The text of the consent to publish names is missing."), section="consents"))
    for check in hooks.publishing_checks:
        found += check(contest)
    return found

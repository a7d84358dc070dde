"""Letters in plain words: what kind of letter it is, and why it could not be sent."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essays.outbox.models import Letter

KINDS: dict[str, Any] = {
    "receipt": gettext_lazy("receipt of the essay"),
    "entry_returned": gettext_lazy("asked to correct the application"),
    "entry_rejected": gettext_lazy("not admitted, with the reason"),
    "entry_disqualified": gettext_lazy("excluded, with the reason"),
    "remark_answered": gettext_lazy("answer to a remark about the copy"),
    "essay_quarantined": gettext_lazy("a file could not be read, to organizers"),
    "guardian_request": gettext_lazy("a parent's consent is asked for"),
    "organizer_added": gettext_lazy("added to the organizers"),
    "judge_invitation": gettext_lazy("invitation to the jury"),
    "essays_wait": gettext_lazy("essays wait for the judge"),
    "judge_reminder": gettext_lazy("reminder to the judge"),
    "reviews_removed": gettext_lazy("reviews no longer count, to the judge"),
    "reviews_restored": gettext_lazy("reviews count again, to the judge"),
    "name_opening_asked": gettext_lazy("a name is to be opened before approval, to organizers"),
    "name_opening_told": gettext_lazy("a name was opened before approval, to the secretary"),
    "result_awarded": gettext_lazy("result, with an award"),
    "result_took_part": gettext_lazy("result, thanks for taking part"),
    "appeal_hearing": gettext_lazy("an appeal to hear, to judges"),
    "appeal_relieved": gettext_lazy("taken off the hearing of an appeal, to judges"),
    "appeal_decided": gettext_lazy("an appeal is decided, to its author"),
    "result_changed": gettext_lazy("a place has changed by another's appeal"),
    "results_judge": gettext_lazy("results, to judges"),
}
"""By name of the letter; a letter without words here is shown by its name."""


def kind_of(name: str) -> str:
    return str(KINDS.get(name, name))


def names_of_letters(references: Iterable[str]) -> Mapping[str, str]:
    """«Receipt of the essay, to anna@example.org»: as the page of letters lists them, and no more of what they say."""
    found = Letter.objects.filter(pk__in=list(references)).values_list("pk", "name", "to")
    return {
        str(pk): _("%(letter)s, to %(address)s") % {"letter": kind_of(name), "address": to} for pk, name, to in found
    }


def reason_of(letter: Letter) -> str:
    """Why the last attempt failed: a plain sentence, or nothing where it has not failed."""
    if not letter.last_error:
        return ""
    fault, _colon, detail = letter.last_error.partition(":")
    if fault == "SMTPRecipientsRefused":
        return _("The mail server does not take letters for this address.")
    if fault in ("SMTPServerDisconnected", "SMTPConnectError", "ConnectionRefusedError", "TimeoutError"):
        return _("The mail server did not answer.")
    if fault == "SMTPAuthenticationError":
        return _("The mail server refused our password: tell the site's administrator.")
    return _("The mail server answered: %(words)s") % {"words": detail.strip()[:200]}

"""From when on copies stay as the jury has read them: once the ranking is approved."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from essays.contests import hooks
from essays.contests.models import Contest
from essays.entries.refusals import Refused


def why_closed(contest: Contest) -> Any:
    """Why no copy of this contest may change now, in words; None while they may."""
    if hooks.ranking_is_approved(contest):
        return _(
            "The ranking is approved, so copies stay as the jury has read them. To change this one, take the approval "
            "back first; that is possible until the announcement is decided."
        )
    return None


def expect_open(contest: Contest) -> None:
    """Raises ``Refused`` with the words of ``why_closed``."""
    if words := why_closed(contest):
        raise Refused(words)

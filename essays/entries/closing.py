"""From when on copies stay as the jury has read them: once the ranking is approved."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from essays.anonymity.models import BlindCopy
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


def locked(copy: BlindCopy) -> BlindCopy:
    """The copy as it is now, its row locked until the caller's transaction ends.

    An approval of the ranking locks the rows of all copies first: whoever asks ``why_closed`` after this and changes
    the copy is either before the approval, which then ranks the changed copy, or finds it closed. The question has to
    be a query of its own after the lock: one asked together with it would be answered from before the wait.
    """
    assert transaction.get_connection().in_atomic_block, "the lock would end at once"
    return BlindCopy.objects.select_for_update(no_key=True).get(pk=copy.pk)

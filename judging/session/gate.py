"""What the jury's meeting has to say before a ranking may be approved."""

from django.utils.translation import gettext_lazy as _

from essays.contests.models import Contest
from judging.ranking.problems import Problem
from judging.session.actions import counted
from judging.session.models import JurySession


def problems(contest: Contest) -> list[Problem]:
    """A meeting that is under way, or the last one without a quorum. A contest without meetings has nothing to say."""
    last = JurySession.objects.filter(contest=contest).order_by("-number").counts().first()
    if last is None:
        return []
    state, quorum, members, there = last
    if state == JurySession.State.OPEN:
        return [Problem("session_open", text=_("The jury's meeting is still open: close it first."))]
    if not counted(members, there, quorum).quorate:
        return [Problem("no_quorum", text=_("The jury's last meeting had no quorum: hold another one."))]
    return []

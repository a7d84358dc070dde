"""The organizer's board of one contest."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from essays.contests.calendar import Stage, left
from essays.contests.doors import organizer_page_with
from essays.contests.models import Contest
from essays.contests.timeline import STAGE_KINDS, STAGES, time_left_words, timeline
from essays.ledger import clock
from judging.console.board import Board, board_of
from judging.results.models import Announcement


@dataclass(frozen=True)
class Step:
    """One stage on the way of the entries: how many have reached it, of how many."""

    name: str
    number: int
    of: int
    url: str
    hint: str = ""

    @property
    def percent(self) -> int:
        return min(100, 100 * self.number // self.of) if self.of else 0


@require_GET
@organizer_page_with("judging_rules", "announcement", "second_look")
def board(request: HttpRequest, contest: Contest) -> HttpResponse:
    """What needs a person now, where the entries stand, and what comes next."""
    now = clock.now()
    numbers = board_of(contest, now)
    stage = contest.stage_at(now)
    ahead = left(contest.calendar, now)
    context = {
        "contest": contest,
        "active": "board",
        "board": numbers,
        "steps": _steps(contest, numbers),
        "tasks": _tasks(contest, numbers, stage),
        "is_draft": stage == Stage.DRAFT,
        "stage": STAGES[stage],
        "stage_kind": STAGE_KINDS.get(stage, "now"),
        "left": time_left_words(ahead.total) if ahead else "",
        "milestones": timeline(contest, now),
    }
    return render(request, "judging/console/board.html", context)


def _steps(contest: Contest, board: Board) -> list[Step]:
    entries = reverse("organizer_entries", args=[contest.slug])
    assignments = reverse("organizer_assignments", args=[contest.slug])
    reviews = reverse("organizer_reviews", args=[contest.slug])
    ranking = reverse("organizer_ranking", args=[contest.slug])
    drafts = ngettext("%(count)d draft is not sent yet", "%(count)d drafts are not sent yet", board.drafts)
    held = ngettext("%(count)d waits for a look", "%(count)d wait for a look", board.copies_held)
    return [
        Step(
            _("Received"),
            board.received,
            board.received,
            entries,
            drafts % {"count": board.drafts} if board.drafts else "",
        ),
        Step(_("Admitted"), board.admitted, board.received, entries, _outside(board)),
        Step(
            _("Blind copies made"),
            board.copies_made,
            board.copies_made + board.copies_owed + board.copies_failed,
            entries,
            held % {"count": board.copies_held} if board.copies_held else "",
        ),
        Step(_("Given to judges"), board.assigned, board.in_competition, assignments),
        Step(_("Scored"), board.reviewed, board.in_competition, reviews),
        Step(_("Ranked"), board.ranked, board.in_competition, ranking),
    ]


def _outside(board: Board) -> str:
    parts = []
    if board.returned:
        parts.append(ngettext("%(count)d returned", "%(count)d returned", board.returned) % {"count": board.returned})
    if board.rejected:
        parts.append(
            ngettext("%(count)d not admitted", "%(count)d not admitted", board.rejected) % {"count": board.rejected}
        )
    if board.withdrawn:
        parts.append(
            ngettext("%(count)d withdrawn", "%(count)d withdrawn", board.withdrawn) % {"count": board.withdrawn}
        )
    return ", ".join(parts)


def _tasks(contest: Contest, board: Board, stage: Stage) -> list[dict[str, Any]]:
    """What waits for a person, for ``_task_list.html``; most pressing first."""
    rows: list[tuple[int, str, str, str, str]] = [
        (
            board.copies_failed,
            ngettext("%(count)d file could not be read", "%(count)d files could not be read", board.copies_failed),
            "organizer_entries",
            "?copy=failed",
            "error",
        ),
        (
            board.copies_held,
            ngettext(
                "%(count)d blind copy waits for a look", "%(count)d blind copies wait for a look", board.copies_held
            ),
            "organizer_redaction",
            "",
            "warning",
        ),
        (
            board.letters_failed,
            ngettext("%(count)d letter could not be sent", "%(count)d letters could not be sent", board.letters_failed),
            "organizer_letters",
            "",
            "error",
        ),
        (
            board.to_decide,
            ngettext("%(count)d entry waits for admission", "%(count)d entries wait for admission", board.to_decide),
            "organizer_entries",
            "?state=received",
            "waiting",
        ),
        (
            board.seats_invited,
            ngettext(
                "%(count)d judge has not answered the invitation",
                "%(count)d judges have not answered the invitation",
                board.seats_invited,
            ),
            "organizer_judges",
            "",
            "quiet",
        ),
        (
            board.short_of_judges if stage in (Stage.SCREENING, Stage.JUDGING, Stage.DECIDING) else 0,
            ngettext("%(count)d entry lacks judges", "%(count)d entries lack judges", board.short_of_judges),
            "organizer_assignments",
            "",
            "warning",
        ),
        (
            board.thirds_missing,
            ngettext(
                "%(count)d entry needs a third reviewer, and nobody can be appointed",
                "%(count)d entries need a third reviewer, and nobody can be appointed",
                board.thirds_missing,
            ),
            "organizer_assignments",
            "",
            "warning",
        ),
        (
            board.reviews_overdue,
            ngettext("%(count)d review is overdue", "%(count)d reviews are overdue", board.reviews_overdue),
            "organizer_assignments",
            "",
            "warning",
        ),
    ]
    calls = {"error": _("to sort out"), "warning": _("look"), "waiting": _("to decide"), "quiet": _("no answer")}
    tasks = [
        {
            "name": sentence % {"count": number},
            "url": reverse(name, args=[contest.slug]) + query,
            "kind": kind,
            "words": calls[kind],
        }
        for number, sentence, name, query, kind in rows
        if number > 0
    ]
    return tasks + _next_act(contest, board, stage)


def _next_act(contest: Contest, board: Board, stage: Stage) -> list[dict[str, Any]]:
    """The one deliberate act that the contest is waiting for, if there is one."""
    everything_scored = 0 < board.in_competition == board.reviewed and not board.reviews_open
    act: tuple[str, str] | None = None
    if stage == Stage.DRAFT:
        act = (_("The contest is a draft: fill in the regulation and publish it"), "organizer_regulation")
    elif board.announcement is not None:
        sentences = {
            Announcement.State.PROPOSED: _("The announcement waits for a second organizer's word"),
            Announcement.State.ANNOUNCING: _("The announcement is being prepared"),
        }
        sentence = sentences.get(Announcement.State(board.announcement.state))
        act = (sentence, "organizer_results") if sentence else None
    elif board.ranking_approved:
        act = (_("The ranking is approved: the results can be announced"), "organizer_results")
    elif everything_scored and board.second_look_planned and stage in (Stage.JUDGING, Stage.DECIDING):
        act = (_("The first round is scored: the second look at the leaders can be ordered"), "organizer_second_look")
    elif everything_scored and stage in (Stage.JUDGING, Stage.DECIDING):
        act = (_("Everything is scored: the ranking can be approved"), "organizer_ranking")
    elif board.in_competition and not board.assigned and stage in (Stage.SCREENING, Stage.JUDGING):
        act = (_("Essays can be given to judges"), "organizer_assignments")
    if act is None:
        return []
    return [{"name": act[0], "url": reverse(act[1], args=[contest.slug]), "kind": "now", "words": _("next")}]

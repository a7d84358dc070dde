"""The organizer's page of the anchors: the texts, and how steady the judges' hands are."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from essays.contests.doors import organizer_page
from essays.contests.editing import posted_version, rows_page
from essays.contests.models import Contest
from essays.people.access import acting
from judging.anchors import actions
from judging.anchors.access import anchor_lock
from judging.anchors.forms import AnchorRow
from judging.anchors.readings import judges_drifts
from judging.rubrics.forms import shown_points


@organizer_page
def anchors(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Up to three texts that every judge scores twice."""
    lock = anchor_lock(contest)

    def save(rows: list[dict[str, Any]]) -> None:
        actions.save_anchors(contest, posted_version(request), rows, actor=acting(request))

    present: list[dict[str, Any]] = list(contest.anchors.values("id", *actions.ROW))
    drifts = judges_drifts(contest) if present else []
    for row in present:
        row["reference"] = "" if row["reference"] is None else shown_points(row["reference"])
    return rows_page(
        request,
        contest,
        form=AnchorRow,
        present=present,
        save=save,
        template="judging/anchors/organizer.html",
        row_kwargs={"locked": dict.fromkeys(AnchorRow.base_fields, "") if lock else {}},
        active="anchors",
        lock=lock,
        locked=lock,
        drifts=drifts,
        titles=[row["title"] for row in present],
    )

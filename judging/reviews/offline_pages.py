"""Scoring away from the desk: the essays as one file, a score sheet to fill in, and the sheet coming back."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from essays.ledger import clock
from essays.people.access import acting
from judging.assignments.views import queue_address
from judging.panels.models import Seat
from judging.reviews import offline, sheet, sheet_reading, sheet_writing
from judging.reviews.forms import name_of
from judging.reviews.offline import Fate, Line, Why
from judging.reviews.sheet import BadSheet, CellCode, SheetCode
from judging.reviews.tasks import check_disagreement
from judging.rubrics.models import Criterion
from judging.templatetags.jury import points

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A_DAY = 24 * 3600

SHEET_WORDS: dict[SheetCode, Any] = {
    SheetCode.TOO_BIG: _("The file is larger than 2 MB: a score sheet is much smaller."),
    SheetCode.NO_WORKBOOK: _("This is no sheet that can be read. Please save it as XLSX and send it again."),
    SheetCode.UNPACKS_TOO_BIG: _("This file unpacks to far more than a score sheet holds."),
    SheetCode.NOT_OURS: _("The columns are not those of a score sheet. Please fill in the sheet that is offered here."),
    SheetCode.OTHER_CRITERIA: _("The criteria of this sheet are not those of this contest. Download the sheet again."),
    SheetCode.TOO_MANY_ROWS: _("The sheet has too many rows."),
}
CELL_WORDS: dict[CellCode, Any] = {
    CellCode.FORMULA: _("a formula: write the number itself"),
    CellCode.NO_NUMBER: _("no number"),
    CellCode.A_DATE: _("became a date: give the cell the format of a number and type the points again"),
    CellCode.TOO_LONG: _("longer than 4000 characters"),
    CellCode.NO_VERSION: _("the hidden column at the end was changed; download the sheet again"),
}
WHY_WORDS: dict[Why, Any] = {
    Why.UNKNOWN: _("There is no such code among your essays."),
    Why.TWICE: _("This code stands in the sheet twice."),
    Why.CHANGED: _("You have changed this review on the site since the sheet was made. It stays as it is there."),
    Why.HANDED_IN: _("You have handed this review in already. Take it back on the site to change it."),
}


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("The sheet, filled in"), widget=forms.ClearableFileInput(attrs={"accept": f".xlsx,{XLSX}"})
    )


def own_seat(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turn ``view(request, seat, …)`` into ``view(request, slug, …)``; 404 for whoever does not read there."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        seats = Seat.objects.of(acting(request)).reading().select_related("contest__judging_rules")
        return view(request, get_object_or_404(seats, contest__slug=slug), **kwargs)

    return guarded


@own_seat
def offline_page(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What can be downloaded, and the form for the sheet that comes back. Sending it shows first what it would do."""
    form = SheetForm(request.POST or None, request.FILES or None)
    criteria = criteria_of(seat)
    lines: list[Line] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            upload = form.cleaned_data["file"]
            if upload.size > sheet_reading.LARGEST_FILE:
                raise BadSheet(SheetCode.TOO_BIG)
            rows = sheet_reading.read(upload.read(), offline.columns_of(criteria))
        except BadSheet as bad:
            form.add_error("file", SHEET_WORDS[bad.code])
        else:
            lines = offline.compared(seat, rows, criteria, clock.now())
    return _page(request, seat, criteria, form, lines)


@own_seat
def apply_sheet(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Write what the page before has shown. Everything is looked at again: meanwhile somebody may have gone on."""
    if request.method != "POST":
        return redirect("judge_offline", slug=seat.contest.slug)
    try:
        rows = unpacked(request.POST.get("rows", ""), seat)
    except signing.BadSignature:
        messages.error(request, str(_("Please send the sheet once more.")))
        return redirect("judge_offline", slug=seat.contest.slug)
    criteria = criteria_of(seat)
    lines = offline.compared(seat, rows, criteria, clock.now())
    done = offline.apply(lines, criteria, submitting=request.POST.get("act") == "submit", actor=request.user)
    for copy_id in done.copies:
        check_disagreement.delay_on_commit(copy_id)
    if done.submitted:
        said = ngettext("%(n)d review is handed in.", "%(n)d reviews are handed in.", done.submitted)
        messages.success(request, said % {"n": done.submitted})
    if done.drafts:
        said = ngettext("%(n)d review is kept as a draft.", "%(n)d reviews are kept as drafts.", done.drafts)
        messages.success(request, said % {"n": done.drafts})
    for line in done.refused:
        messages.error(request, f"{line.row.code}: {WHY_WORDS[line.why or Why.UNKNOWN]}")
    if not (done.submitted or done.drafts or done.refused):
        messages.info(request, str(_("Nothing was different: nothing to save.")))
    return redirect(queue_address(seat.contest.slug))


@require_safe
@own_seat
def essays_file(request: HttpRequest, seat: Seat, part: int) -> HttpResponse:
    """The essays that are still to be scored, as pages to read on paper."""
    rows = offline.open_rows(seat, clock.now())
    parts = offline.parts_of(rows)
    if not 0 < part <= len(parts):
        raise Http404
    return _file(offline.essays_pdf(parts[part - 1]), "essays.pdf", PDF)


@require_safe
@own_seat
def score_sheet(request: HttpRequest, seat: Seat) -> HttpResponse:
    rows = offline.open_rows(seat, clock.now())
    if not rows:
        raise Http404
    criteria = criteria_of(seat)
    words = sheet.Words(
        name=str(_("Scores")),
        code=str(_("Code")),
        title=str(_("Title")),
        cell=str(_("Category and nomination")),
        version=str(_("Version")),
        comment=str(_("Comment for the author")),
        note=str(_("Note for the jury")),
        from_zero=str(_("From 0 to %(maximum)s in steps of %(step)s.")),
        criteria=str(_("Criteria")),
    )
    made = sheet_writing.written(offline.sheet_rows(rows), _headed(criteria), words, _guide(criteria))
    return _file(made, "scores.xlsx", XLSX)


def criteria_of(seat: Seat) -> list[Criterion]:
    rubric = Criterion.objects.filter(rubric__contest=seat.contest_id)
    return list(rubric.prefetch_related("levels").order_by("position", "pk"))


def packed(lines: Sequence[Line], seat: Seat) -> str:
    """The rows that may be written, to travel with the page; only this judge of this contest can send them back."""
    rows = [
        [one.row.number, one.row.code, one.row.version, _as_text(one.row.marks), one.row.comment, one.row.note]
        for one in lines
        if one.fate == Fate.WRITE
    ]
    return signing.dumps(rows, salt=_salt(seat), compress=True)


def unpacked(text: str, seat: Seat) -> list[sheet.ReadRow]:
    """Raises ``BadSignature`` for what this page has not made for this judge within a day."""
    rows = signing.loads(text, salt=_salt(seat), max_age=A_DAY)
    return [
        sheet.ReadRow(number, code, version, {key: Decimal(value) for key, value in marks.items()}, comment, note)
        for number, code, version, marks, comment, note in rows
    ]


def _salt(seat: Seat) -> str:
    return f"score-sheet:{seat.public_id}"


def _as_text(marks: Any) -> dict[str, str]:
    return {key: f"{value:f}" for key, value in marks.items()}


def _page(
    request: HttpRequest, seat: Seat, criteria: list[Criterion], form: SheetForm, lines: list[Line] | None
) -> HttpResponse:
    rows = offline.open_rows(seat, clock.now())
    context: dict[str, Any] = {
        "seat": seat,
        "contest": seat.contest,
        "queue_url": queue_address(seat.contest.slug),
        "form": form,
        "open": len(rows),
        "parts": list(range(1, len(offline.parts_of(rows)) + 1)),
        "on_screen_only": [one.copy.code for one in rows if not one.copy.has_pages],
    }
    if lines is not None:
        names = {name_of(one): one.name for one in criteria}
        names |= {sheet.COMMENT: _("Comment for the author"), sheet.NOTE: _("Note for the jury")}
        names |= {sheet.CODE: _("Code"), sheet.VERSION: _("Version")}
        writable = [one for one in lines if one.fate == Fate.WRITE]
        context |= {
            "lines": [_shown(one, names) for one in lines if one.fate != Fate.EMPTY],
            "writable": len(writable),
            "complete": sum(one.is_complete for one in writable),
            "refused": sum(one.fate == Fate.REFUSED for one in lines),
            "empty": sum(one.fate == Fate.EMPTY for one in lines),
            "packed": packed(lines, seat) if writable else "",
        }
    return render(request, "judging/reviews/offline.html", context, status=422 if form.errors else 200)


def _shown(line: Line, names: dict[str, Any]) -> dict[str, Any]:
    """A row of the dry run in words."""
    problems = [f"{names.get(column, column)}: {CELL_WORDS.get(what, what)}" for column, what in line.problems]
    if line.why is not None:
        problems.insert(0, str(WHY_WORDS[line.why]))
    return {
        "number": line.row.number,
        "code": line.row.code[:40],
        "fate": str(line.fate),
        "total": line.total,
        "problems": problems,
        "missing": [names[key] for key in line.missing],
    }


def _headed(criteria: Sequence[Criterion]) -> list[sheet.Column]:
    """The columns with what may be given: «Стиль (0–15)»."""
    return [
        sheet.Column(name_of(one), f"{one.name} (0–{points(one.maximum)})", one.maximum, one.step) for one in criteria
    ]


def _guide(criteria: Sequence[Criterion]) -> list[list[str]]:
    """The rubric in words, for who scores without the site."""
    rows = [[str(_("Criterion")), str(_("Points")), str(_("What to look at")), str(_("What the points mean"))]]
    for one in criteria:
        levels = "\n".join(
            f"{points(level.points_from)}–{points(level.points_to)}: {level.text}" for level in one.levels.all()
        )
        looks = str(one.description)
        if one.gate is not None:
            gate = _("Below %(points)s here the total is zero.") % {"points": points(one.gate)}
            looks = f"{looks}\n{gate}".strip()
        rows.append([str(one.name), f"0–{points(one.maximum)}", looks, levels])
    return rows


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response

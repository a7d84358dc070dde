"""Judging offline: the sheet as a file (pure), the dry run, and what is written in the end."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal as D
from typing import Any

import openpyxl
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from judging.assignments.models import Assignment
from judging.reviews import actions, sheet_reading, sheet_writing
from judging.reviews.models import Review
from judging.reviews.sheet import BadSheet, CellCode, Column, SheetCode, SheetRow, Words
from judging.rubrics.models import Criterion
from tests.factories.story import AssignmentFactory, BlindCopyFactory, ContestFactory, SeatFactory, rubric, rules

WORDS = Words("S", "c", "t", "n", "v", "cm", "nt", "0..%(maximum)s/%(step)s", "Crit")
COLUMNS = [Column("mark_1", "Idea", D(10), D(1)), Column("mark_2", "Style", D("7.5"), D("0.5"))]


def made(*rows: SheetRow) -> bytes:
    return sheet_writing.written(rows, COLUMNS, WORDS, [["a", "b", "c", "d"]])


def changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The workbook after somebody worked in it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book.worksheets[0])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_sheet_comes_back_as_it_was_written() -> None:
    rows = [
        SheetRow("AB-1", "=cmd|' /C calc'!A0", "7–9", 3, {"mark_1": D(9), "mark_2": D("2.5")}, "=1+1\nи строка", ""),
        SheetRow("AB-2", "Дом", "7–9", 0),
    ]

    found = sheet_reading.read(made(*rows), COLUMNS)

    assert [(one.code, one.version, dict(one.marks), one.comment, one.problems) for one in found] == [
        ("AB-1", 3, {"mark_1": D(9), "mark_2": D("2.5")}, "=1+1\nи строка", ()),
        ("AB-2", 0, {}, "", ()),
    ]


def test_no_cell_of_a_written_sheet_is_a_formula_and_the_code_is_locked() -> None:
    page = openpyxl.load_workbook(io.BytesIO(made(SheetRow("AB-1", "=1+1", "x", 0, {}, "=2+2")))).worksheets[0]

    assert {cell.data_type for line in page.iter_rows() for cell in line} <= {"s", "n", "inlineStr"}
    assert page.protection.sheet and page["A3"].protection.locked and not page["D3"].protection.locked
    assert page.row_dimensions[1].hidden and len(page.data_validations.dataValidation) == 2


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (9, D(9)),
        (2.5, D("2.5")),
        (" 7,5 ", D("7.5")),
        ("", None),
        ("=1+1", CellCode.FORMULA),
        ("девять", CellCode.NO_NUMBER),
        ("NaN", CellCode.NO_NUMBER),
        ("1e999", CellCode.NO_NUMBER),
        (True, CellCode.NO_NUMBER),
        (date(2026, 5, 7), CellCode.A_DATE),
    ],
    ids=str,
)
def test_points_are_numbers_and_everything_else_says_what_it_is(value: Any, expected: Any) -> None:
    def type_in(page: Any) -> None:
        page["D3"] = value

    (row,) = sheet_reading.read(changed(made(SheetRow("A", "", "", 0)), type_in), COLUMNS)

    codes = [one.code for one in row.problems]
    assert (row.marks.get("mark_1"), codes) == (
        (None, [expected]) if isinstance(expected, CellCode) else (expected, [])
    )


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (sheet_reading.LARGEST_PART + 1))
    return packed.getvalue()


def with_entities() -> bytes:
    packed = io.BytesIO(made(SheetRow("A", "", "", 0)))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("xl/extra.xml", '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>')
    return packed.getvalue()


def other_columns() -> bytes:
    return sheet_writing.written([], [Column("mark_9", "x", D(1), D(1))], WORDS, [])


def without_keys() -> bytes:
    def forget(page: Any) -> None:
        page.delete_rows(1, 2)

    return changed(made(SheetRow("A", "", "", 0)), forget)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda: b"", SheetCode.NO_WORKBOOK),
        (lambda: "Шифр;Баллы\nA;1\n".encode(), SheetCode.NO_WORKBOOK),
        (lambda: made(SheetRow("A", "", "", 0))[:-200], SheetCode.NO_WORKBOOK),
        (lambda: b"x" * (sheet_reading.LARGEST_FILE + 1), SheetCode.TOO_BIG),
        (bomb, SheetCode.UNPACKS_TOO_BIG),
        (with_entities, SheetCode.NO_WORKBOOK),
        (other_columns, SheetCode.OTHER_CRITERIA),
        (without_keys, SheetCode.NOT_OURS),
    ],
)
def test_a_file_that_is_no_score_sheet_is_refused_with_a_reason(data: Callable[[], bytes], code: SheetCode) -> None:
    with pytest.raises(BadSheet) as bad:
        sheet_reading.read(data(), COLUMNS)

    assert bad.value.code == code


# --- as a judge ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(db: None) -> list[Assignment]:
    contest = ContestFactory(stage="judging")
    rules(contest)
    rubric(contest, (10, 20))
    seat = SeatFactory(contest=contest)
    return [
        AssignmentFactory(seat=seat, copy=BlindCopyFactory(contest=contest, code=f"S0000{n}"), place=n)
        for n in range(6)
    ]


@pytest.fixture
def judge(client: Client, desk: list[Assignment]) -> Client:
    client.force_login(desk[0].seat.user)
    return client


def address(name: str, assignment: Assignment, *more: Any) -> str:
    return reverse(name, args=[assignment.contest.slug, *more])


def downloaded(judge: Client, desk: list[Assignment]) -> bytes:
    return judge.get(address("offline_sheet", desk[0])).content


def sent(judge: Client, desk: list[Assignment], data: bytes) -> Any:
    return judge.post(address("judge_offline", desk[0]), {"file": SimpleUploadedFile("scores.xlsx", data)})


def fill(rows: dict[int, tuple[Any, Any, str]]) -> Callable[[Any], None]:
    def by_hand(page: Any) -> None:
        for number, (first, second, comment) in rows.items():
            page.cell(number, 4).value, page.cell(number, 5).value, page.cell(number, 6).value = first, second, comment

    return by_hand


def criteria_of(desk: list[Assignment]) -> list[Criterion]:
    return list(Criterion.objects.filter(rubric__contest=desk[0].contest))


def test_a_filled_sheet_shows_first_what_it_would_do_and_then_does_it(judge: Client, desk: list[Assignment]) -> None:
    """A complete row, an unfinished one, one off the scale, an essay changed on the site, an untouched row."""
    first, _second = criteria_of(desk)
    data = downloaded(judge, desk)
    actions.save_draft(actions.open_review(desk[3]), {first.pk: D(1)}, "на сайте", "", 0)
    work = fill({3: (9, 20, "Ясно"), 4: (5, None, ""), 5: (11, 3, ""), 6: (2, 2, "в таблице")})

    dry = sent(judge, desk, changed(data, work))
    before = Review.objects.exclude(assignment=desk[3]).count()
    done = judge.post(address("apply_sheet", desk[0]), {"rows": dry.context["packed"], "act": "submit"})

    fates = [(line["number"], line["fate"], bool(line["missing"])) for line in dry.context["lines"]]
    assert fates == [(3, "write", False), (4, "write", True), (5, "refused", False), (6, "refused", False)]
    assert (before, done.status_code) == (0, 302)
    written = {
        one.assignment_id: (one.state, one.total, one.comment_for_author)
        for one in Review.objects.filter(version__gt=0)
    }
    assert written == {
        desk[0].pk: ("submitted", D(29), "Ясно"),
        desk[1].pk: ("draft", None, ""),
        desk[3].pk: ("draft", None, "на сайте"),
    }


def test_a_review_that_changes_between_dry_run_and_writing_stays_as_it_is(
    judge: Client, desk: list[Assignment]
) -> None:
    first, _second = criteria_of(desk)
    dry = sent(judge, desk, changed(downloaded(judge, desk), fill({3: (9, 20, "в таблице")})))
    actions.save_draft(actions.open_review(desk[0]), {first.pk: D(1)}, "на сайте", "", 0)

    judge.post(address("apply_sheet", desk[0]), {"rows": dry.context["packed"], "act": "submit"})

    stored = Review.objects.get()
    assert (stored.state, stored.comment_for_author) == ("draft", "на сайте")


def test_the_same_sheet_sent_twice_says_that_nothing_is_new(judge: Client, desk: list[Assignment]) -> None:
    data = changed(downloaded(judge, desk), fill({3: (9, 20, "Ясно\nи просто")}))
    dry = sent(judge, desk, data)
    judge.post(address("apply_sheet", desk[0]), {"rows": dry.context["packed"], "act": "submit"})

    again = sent(judge, desk, data)

    assert [line["fate"] for line in again.context["lines"]] == ["same"]
    assert again.context["packed"] == ""


def test_codes_of_others_and_codes_of_nobody_are_the_same_unknown(judge: Client, desk: list[Assignment]) -> None:
    others = AssignmentFactory(copy=BlindCopyFactory(contest=desk[0].contest, code="S99999"))

    def by_hand(page: Any) -> None:
        for number, code in ((3, others.copy.code), (4, "S77777"), (5, "S00003")):
            page.cell(number, 1).value = code
            page.cell(number, 4).value = 1

    dry = sent(judge, desk, changed(downloaded(judge, desk), by_hand))

    said = {line["code"]: line["problems"] for line in dry.context["lines"] if line["fate"] == "refused"}
    assert said["S99999"] == said["S77777"] != said["S00003"]
    assert dry.context["packed"] == "" and not Review.objects.exists()


def test_rows_of_another_judge_cannot_be_sent_along(judge: Client, desk: list[Assignment], client: Client) -> None:
    dry = sent(judge, desk, changed(downloaded(judge, desk), fill({3: (9, 20, "")})))
    stranger = Client()
    stranger.force_login(SeatFactory(contest=desk[0].contest).user)

    stranger.post(address("apply_sheet", desk[0]), {"rows": dry.context["packed"], "act": "submit"})
    judge.post(address("apply_sheet", desk[0]), {"rows": dry.context["packed"] + "x", "act": "submit"})

    assert not Review.objects.exists()


def test_a_file_that_cannot_be_read_says_so_beside_the_field(judge: Client, desk: list[Assignment]) -> None:
    page = sent(judge, desk, b"no workbook")

    assert page.status_code == 422
    assert page.context["form"].errors["file"]


def test_the_essays_come_as_one_file_with_codes_and_nothing_else(judge: Client, desk: list[Assignment]) -> None:
    actions.submit(
        actions.open_review(desk[5]),
        {one.pk: D(1) for one in criteria_of(desk)},
        "",
        "",
        0,
        actor=desk[5].seat.user,
    )

    answer = judge.get(address("offline_essays", desk[0], 1))

    with pikepdf.open(io.BytesIO(answer.content)) as pages:
        assert len(pages.pages) == 5
        assert dict(pages.docinfo) == {}
    assert answer.headers["Content-Disposition"] == 'attachment; filename="essays.pdf"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert judge.get(address("offline_essays", desk[0], 2)).status_code == 404


def test_the_pages_take_as_many_queries_for_one_essay_as_for_six(judge: Client, desk: list[Assignment]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count() -> list[int]:
        found = []
        for name in ("judge_offline", "offline_sheet"):
            with CaptureQueriesContext(connection) as captured:
                judge.get(address(name, desk[0]))
            found.append(len(captured))
        return found

    count()  # what the first visit of a session asks for
    many = count()
    Assignment.objects.exclude(pk=desk[0].pk).update(state=Assignment.State.WITHDRAWN)

    assert count() == many
    assert max(many) <= 15

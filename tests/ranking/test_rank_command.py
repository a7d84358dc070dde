"""The ranking at the terminal: sheets as people have them, counted by hand."""

import csv
import random
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command

DEMO = Path(__file__).parents[2] / "docs" / "demo-rules.toml"
# Counted by hand: A (78 + 82) / 2 = 80; B 60, 85 and a third 70, median 70; C 70 and D 70 by other marks; E alone.
SHEET = """cell,entry,judge,1,2,3,4,5,6
А/x,A,j1,20,15,17,10,8,8
А/x,A,j2,21,16,17,12,8,8
А/x,B,j1,15,12,13,8,6,6
А/x,B,j2,22,17,18,12,8,8
А/x,B,j3,18,14,14,10,7,7
А/x,C,j1,18,14,14,10,7,7
А/x,C,j3,18,16,12,10,7,7
А/y,D,j1,18,14,13,11,7,7
А/y,D,j2,18,14,13,11,7,7
"""
TOTALS = """cell,entry,judge,total
a,x,1,90
a,y,1,80
a,z,1,80
a,w,1,70
"""


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Write the sheet (a text, bytes or rows of a book) and the rules, run, and give code, messages and the rows."""

    def ranked(sheet: str | bytes | list[list[object]], rules: str | Path | None = None, *more: str):
        path, out = tmp_path / ("r.xlsx" if isinstance(sheet, list) else "r.csv"), tmp_path / "out.csv"
        if isinstance(sheet, list):
            book = openpyxl.Workbook()
            for row in sheet:
                book.active.append(row)
            book.save(path)
        else:
            path.write_bytes(sheet.encode() if isinstance(sheet, str) else sheet)
        given = list(more)
        if isinstance(rules, str):
            (tmp_path / "rules.toml").write_text(rules)
            rules = tmp_path / "rules.toml"
        if rules is not None:
            given += ["--rules", str(rules)]
        code = 0
        try:
            call_command("rank", str(path), "--out", str(out), *given)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        rows = list(csv.DictReader(out.open(encoding="utf-8"))) if out.exists() else []
        out.unlink(missing_ok=True)
        return code, capsys.readouterr().err, rows

    return ranked


def short(rows: list[dict[str, str]]) -> list[str]:
    return [" ".join(row[key] for key in ("entry", "reviews", "score", "place", "award")).strip() for row in rows]


def test_the_demo_regulation_by_hand(run) -> None:
    code, said, rows = run(SHEET, DEMO)

    assert (code, {row["cell"] for row in rows}) == (0, {"А/x + y"})
    assert short(rows) == ["A 2 80 1 Победитель", "B 3 70 2 Призёр", "C 2 70 3 Призёр", "D 2 70 4"]
    assert [row["mean"] for row in rows] == ["80", "71.666667", "70", "70"]
    assert "merged: А/x into А/x + y" in said


@pytest.mark.parametrize(
    ("method", "scores"),
    # 10, 20, 40, 90 and 10, 11: mean 40; median 30; without the extremes 30; of two nothing is left out.
    [("mean", ["40", "10.5"]), ("median", ["30", "10.5"]), ("trimmed", ["30", "10.5"]), ("calibrated", ["40", "10.5"])],
)
def test_methods_without_rules(run, method: str, scores: list[str]) -> None:
    marks = {"x": (40, 10, 90, 20), "y": (11, 10)}
    sheet = "cell,entry,judge,total\n" + "".join(
        f"a,{entry},{judge},{mark}\n" for entry, all_ in marks.items() for judge, mark in enumerate(all_)
    )

    code, said, rows = run(sheet, None, "--method", method)

    assert (code, [row["score"] for row in rows], [row["award"] for row in rows]) == (0, scores, ["", ""])
    assert ("the plain mean stands" in said) == (method == "calibrated")


def test_equal_scores_share_a_place_and_use_up_the_next(run) -> None:
    assert short(run(TOTALS)[2]) == ["x 1 90 1", "y 1 80 2", "z 1 80 2", "w 1 70 4"]


def test_weights_rounding_shares_and_per_cent(run) -> None:
    rules = """
[score]
weights = 3
decimals = 1
rounding = "down"
[[criteria]]
key = "idea"
maximum = 10
weight = 2.5
[[criteria]]
key = "style"
maximum = 10
step = 0.1
weight = 0.5
[[awards]]
key = "laureate"
percent = 34
rounding = "half-up"
minimum_percent = 80
[[awards]]
key = "special"
special = true
by = "style"
"""
    # 2.5 · 10 + 0.5 · 9.9 = 29.95; 2.5 · 9 + 5 = 27.5; 25. 34 % of three is one; 80 % of thirty are 24.
    sheet = "cell;entry;judge;Idea;STYLE\r\n1;b;j;9;10\r\n1;a;j;10;9,9\r\n1;c;j;10;0\r\n".encode("cp1251")

    code, _said, rows = run(sheet, rules)

    assert (code, short(rows)) == (0, ["a 1 29.9 1 laureate", "b 1 27.5 2 special", "c 1 25 3"])


AWARDS = "[[awards]]\nkey = 'winner'\nplaces = 1\n[[awards]]\nkey = 'prize'\nplaces = [2, 3]\n"


def test_a_tie_over_an_award_is_undecided_until_the_jury_votes(run) -> None:
    code, said, rows = run(TOTALS, AWARDS)
    assert (code, short(rows)) == (3, ["x 1 90 1 winner", "y 1 80 2", "z 1 80 2", "w 1 70 4"])
    assert "undecided: cell a: a tie for prize (2 places) between y, z" in said

    voted = run(TOTALS, AWARDS + "[ties]\nvotes = { z = 1, y = 2 }\n")
    assert (voted[0], short(voted[2])) == (0, ["x 1 90 1 winner", "z 1 80 2 prize", "y 1 80 3 prize", "w 1 70 4"])
    shared = run(TOTALS, AWARDS + "[places]\nshared = true\n")
    assert (shared[0], short(shared[2])[1:3]) == (0, ["y 1 80 2 prize", "z 1 80 2 prize"])


@pytest.mark.parametrize(
    ("sheet", "word"),
    [
        (SHEET + "А/y,E,j1,18,14,13,11,7,7\n", "too few reviews for a place: E"),
        (SHEET + "А/y,E,j1,18,14,13,11,7,\nА/y,E,j2,18,14,13,11,7,7\n", "lacks marks and does not count: E"),
        (SHEET + "А/y,E,j1,25,20,13,11,7,7\nА/y,E,j2,9,9,13,11,7,7\n", "there is no third: E"),
    ],
)
def test_what_is_not_complete_is_named_and_the_rest_written(run, sheet: str, word: str) -> None:
    code, said, rows = run(sheet, DEMO)
    assert (code, short(rows)[:2]) == (3, ["A 2 80 1 Победитель", "B 3 70 2 Призёр"])
    assert word in said


def test_an_empty_mark_is_not_zero(run) -> None:
    _code, _said, rows = run("cell,entry,judge,total\na,x,1,0\na,y,1,\na,y,2,10\na,z,1,\n")
    assert short(rows) == ["y 1 10 1", "x 1 0 2", "z 0"]


def test_a_book_is_read_like_a_text(run) -> None:
    rows = [
        ["Cell", "entry ", "judge", "total", "third"],
        [1, 7, "j1", 70.1, None],
        [1, 8, "j1", "70,2", ""],
        [None] * 5,
    ]
    code, _said, out = run(rows)
    assert (code, short(out)) == (0, ["8 1 70.2 1", "7 1 70.1 2"])


HEAD = "cell,entry,judge,total\n"


@pytest.mark.parametrize(
    ("sheet", "rules", "words"),
    [
        ("", None, "r.csv: is empty"),
        (HEAD, None, "no row under the heading"),
        ("cell,entry,total\na,x,1\n", None, "no column judge"),
        ("cell,entry,judge\na,x,1\n", None, "neither a column total nor criteria"),
        (HEAD + "a,x,1,ten\n", None, "row 2, column total: not a number: ten"),
        (HEAD + "a,x,1,NaN\n", None, "row 2, column total: not a number"),
        (HEAD + "a,x,1,5,6\n", None, "row 2: more cells than columns"),
        (HEAD + "a,x,1,5\na,x,1,6\n", None, "row 3, column judge: 1 reviews x twice, first in row 2"),
        (HEAD + "a,x,1,5\nb,x,2,6\n", None, "row 3, column cell: entry x is in b here and in a above"),
        (HEAD + "a,,1,5\n", None, "row 2, column entry: empty"),
        ("cell,entry,judge,i,i\na,x,1,5,5\n", None, "column i is named twice"),
        ("cell,entry,judge,i,total\na,x,1,5,6\n", None, "column total: 6, but its marks come to 5"),
        (SHEET.replace("20,15,17", "26,15,17"), DEMO, "row 2, column 1: 26 is out of range, from 0 to 25"),
        (SHEET.replace("20,15,17", "20.5,15,17"), DEMO, "row 2, column 1: 20.5 is between the steps of 1"),
        (SHEET.replace("4,5,6", "4,5,humour"), DEMO, "unknown column humour"),
        ("cell,entry,judge,1\na,x,1,5\n", DEMO, "no column for the criterion Понимание услуги"),
        ([["cell", "entry", "judge", "total"], ["a", "x", 1, "=1+1"]], None, "row 2, column 4: a formula"),
        (b"PK\x03\x04 no book", None, "not an XLSX book"),
        (HEAD + '"a,x', None, "not a CSV table"),
        (TOTALS, "[score]\nmethod = 'mean'", "score: unknown word method"),
        (TOTALS, "[score]\naggregation = 'best'", "aggregation is one of mean, sum"),
        (TOTALS, "[score]\nweights = 1\n[[criteria]]\nkey='a'\nweight=0.7", "weights should sum to 1, but come to 0.7"),
        (TOTALS, "[score]\nmaximum = 90\n[[criteria]]\nkey='a'\nmaximum=100", "maximum should be 90, but"),
        (TOTALS, "[[awards]]\nkey='w'\nplaces=1\n[[awards]]\nkey='p'\nplaces=[1,2]", "place 1 is given away before"),
        (TOTALS, "[[awards]]\nkey='w'\npercent=120", "awards, number 1: percent is at most 100"),
        (TOTALS, "[[awards]]\nkey='w'\nplaces=1\nminimum_percent=50", "a minimum share needs the maximum"),
        (TOTALS, "[[awards]]\nkey='w'\nplaces=1\ncells=['b']", "no cell or entry b in the reviews"),
        (TOTALS, "[ties]\nvotes = {nobody = 1}", "no entry nobody in the reviews"),
        (TOTALS, "[ties]\ncriteria = ['9']", "comparison by unknown criteria"),
        (TOTALS, "[score\n", "not a TOML file"),
        (TOTALS, "[score]\nthird = 'decides'\nneeded = 2", "no column third"),
    ],
)
def test_bad_input_is_one_line_that_says_where(run, sheet, rules, words: str) -> None:
    code, said, rows = run(sheet, rules)
    assert (code, said.count("\n"), rows) == (2, 1, [])
    assert words in said


def test_a_quota_larger_than_the_field_is_said(run) -> None:
    code, said, _rows = run(HEAD + "a,x,1,5\na,y,1,4\n", AWARDS)
    assert (code, "quota larger than the field: cell a has 2 entries for 3 places" in said) == (0, True)
    code, said, _rows = run(HEAD + "a,x,1,5\na,y,1,4\n", AWARDS + "[places]\nunawarded = false\n")
    assert (code, "undecided: cell a: a place stays unawarded" in said) == (3, True)


def test_calibration_finds_severe_judges_whatever_the_order_of_rows(run, tmp_path: Path) -> None:
    draw = random.Random(5)
    severity = {f"j{number:02}": draw.gauss(0, 6) for number in range(20)}
    lines = [
        f"c{entry % 3},e{entry:03},{judge},{round(60 + quality - severity[judge] + draw.gauss(0, 5))}"
        for entry, quality in enumerate(draw.gauss(0, 8) for _ in range(300))
        for judge in draw.sample(sorted(severity), 3)
    ]
    judges = tmp_path / "judges.csv"

    code, _said, rows = run("\n".join([HEAD.strip(), *lines]), None, "--method", "calibrated", "--judges", str(judges))
    figures = {row["judge"]: row for row in csv.DictReader(judges.open())}
    draw.shuffle(lines)
    again = run("\n".join([HEAD.strip(), *lines]), None, "--method", "calibrated")

    assert (code, again[2]) == (0, rows)
    found = [float(figures[judge]["severity"]) for judge in sorted(severity)]
    truth = [severity[judge] for judge in sorted(severity)]
    mean = sum(found) / 20, sum(truth) / 20
    both = sum((a - mean[0]) * (b - mean[1]) for a, b in zip(found, truth, strict=True))
    spread = sum((a - mean[0]) ** 2 for a in found) * sum((b - mean[1]) ** 2 for b in truth)
    assert both / spread**0.5 >= 0.95
    assert any(row["mean"] != row["calibrated"] for row in rows)
    assert all(Decimal(row["score"]) == round(Decimal(row["calibrated"]), 2) for row in rows)

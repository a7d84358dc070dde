"""`manage.py allocate`: two tables in, a plan out, without a database."""

import csv
import os
import subprocess
import sys
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from judging.assignments.parties import Entry, Judge
from judging.assignments.tables import BadTable, read_entries, read_judges

ENTRIES = "entry,cell,institution,municipality\n" + "".join(
    f"e{number:02},{'ab'[number % 2]},school {number % 5},town {number % 3}\n" for number in range(24)
)
JUDGES = """judge,cells,institutions,municipalities,capacity
j1,*,school 1,,
j2,a|b,school 2|school 3,,20
j3,*,,town 1,
j4,b,,,15
j5,a,,,15
"""


def run(folder: Path, entries: str = ENTRIES, judges: str = JUDGES, **options: str) -> tuple[int, str, str, str | None]:
    """Exit code, standard output, errors, the plan."""
    (folder / "entries.csv").write_text(entries, encoding="utf-8")
    (folder / "judges.csv").write_text(judges, encoding="utf-8")
    out, err = StringIO(), StringIO()
    defaults = {"out": str(folder / "plan.csv"), "reviews": "2", "seed": "7"}
    code = 0
    try:
        call_command(
            "allocate",
            str(folder / "entries.csv"),
            str(folder / "judges.csv"),
            *(f"--{name}={value}" for name, value in {**defaults, **options}.items()),
            stdout=out,
            stderr=err,
        )
    except SystemExit as end:
        code = int(end.code or 0)
    plan = folder / "plan.csv"
    return code, out.getvalue(), err.getvalue(), plan.read_text(encoding="utf-8") if plan.exists() else None


def test_a_plan_keeps_the_rules_and_is_reported(tmp_path: Path) -> None:
    code, out, err, plan = run(tmp_path)

    rows = list(csv.reader(StringIO(plan)))
    pairs = [(int(entry[1:]), judge) for entry, judge in rows[1:]]
    broken = [
        (number, judge)
        for number, judge in pairs
        if (judge == "j1" and number % 5 == 1)
        or (judge == "j2" and number % 5 in (2, 3))
        or (judge == "j3" and number % 3 == 1)
        or (judge == "j4" and number % 2 == 0)
        or (judge == "j5" and number % 2)
    ]
    assert (code, err, rows[0], broken) == (0, "", ["entry", "judge"], [])
    assert Counter(number for number, _ in pairs) == Counter(dict.fromkeys(range(24), 2))
    assert out.splitlines()[:1] == ["entries: 24, judges: 5, reviews of each entry: 2"]
    assert out.splitlines()[1].startswith("load: lowest ") and "mean 9.60, highest 1" in out.splitlines()[1]
    assert out.splitlines()[3:5] == ["slots: 48 filled of 48, at most 48 can be filled", "components: 1"]


def test_order_of_rows_makes_no_difference_and_the_seed_does(tmp_path: Path) -> None:
    shuffled = "\n".join([*ENTRIES.splitlines()[:1], *sorted(ENTRIES.splitlines()[1:], reverse=True)])
    plans = [run(tmp_path)[3], run(tmp_path, shuffled)[3], run(tmp_path, seed="8")[3]]

    assert (plans[0] == plans[1], plans[0] == plans[2]) == (True, False)


def test_what_cannot_be_filled_is_named_and_the_best_plan_is_written(tmp_path: Path) -> None:
    judges = "judge,cells,capacity\nj1,a,\nj2,a,\nj3,b,5\n"

    code, out, err, plan = run(tmp_path, judges=judges)

    assert (code, len(plan.splitlines()) - 1) == (3, 24 + 5)
    assert "slots: 29 filled of 48, at most 29 can be filled" in out
    assert err.startswith("not filled: cell b: 19 slots of 12 entries; those who could read are full (1 serve it, 0 of")
    assert "e01" in err


def test_without_judges_everything_is_short(tmp_path: Path) -> None:
    code, out, err, plan = run(tmp_path, judges="judge,cells\n")

    assert (code, plan, len(err.splitlines())) == (3, "entry,judge\n", 2)
    assert "slots: 0 filled of 48, at most 0 can be filled" in out


def test_nothing_to_deal_is_an_empty_plan(tmp_path: Path) -> None:
    assert run(tmp_path, entries="entry,cell\n")[::3] == (0, "entry,judge\n")


@pytest.mark.parametrize(
    ("entries", "judges", "options", "line"),
    [
        ("entry,institution\ne1,x\n", JUDGES, {}, "entries.csv: no column cell in the first line"),
        ("", JUDGES, {}, "entries.csv: no column entry, cell in the first line"),
        ("entry,cell,cell\n", JUDGES, {}, "entries.csv: a column is named twice in the first line"),
        ("entry,cell\ne1,a\ne1,b\n", JUDGES, {}, "entries.csv, line 3: entry e1 is in line 2 already"),
        ("entry,cell\n\n,a\n", JUDGES, {}, "entries.csv, line 3: no entry"),
        ("entry,cell\ne1\n", JUDGES, {}, "entries.csv, line 2: no cell"),
        ("entry,cell\ne1,a,b\n", JUDGES, {}, "entries.csv, line 2: more cells than columns"),
        ('entry,cell\n"e1,a\n', JUDGES, {}, "entries.csv: not a CSV table: unexpected end of data"),
        (ENTRIES, "judge,cells\nj1,\n", {}, "judges.csv, line 2: no cells; * stands for all of them"),
        (ENTRIES, "judge,cells\nj1,*\nj1,*\n", {}, "judges.csv, line 3: judge j1 is in line 2 already"),
        (ENTRIES, "judge,cells,capacity\nj,*,-1\n", {}, "judges.csv, line 2: capacity is not a whole number: -1"),
        (ENTRIES, "judge,cells,capacity\nj,*,many\n", {}, "judges.csv, line 2: capacity is not a whole number: many"),
        (ENTRIES, JUDGES, {"reviews": "0"}, "--reviews is a whole number from 1 to 100, not 0"),
        (ENTRIES, JUDGES, {"reviews": "two"}, "--reviews is a whole number from 1 to 100, not two"),
    ],
)
def test_bad_input_is_told_in_one_line_and_nothing_is_written(
    tmp_path: Path, entries: str, judges: str, options: dict[str, str], line: str
) -> None:
    assert run(tmp_path, entries, judges, **options) == (2, "", f"{line}\n", None)


def test_files_that_are_not_there_or_not_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bytes.csv").write_bytes("entry,cell\nё,а\n".encode("cp1251"))

    with pytest.raises(BadTable, match=r"bytes\.csv: not a text in UTF-8"):
        read_entries(tmp_path / "bytes.csv")
    with pytest.raises(BadTable, match="No such file"):
        read_judges(tmp_path / "gone.csv")
    assert run(tmp_path, out=str(tmp_path / "no" / "plan.csv"))[0] == 2
    assert run(tmp_path, out=str(tmp_path / "entries.csv"))[0] == 2


def test_tables_as_spreadsheets_write_them(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text('\ufeffEntry;Cell;Institution\r\n"e;1"; а ;Школа  № 1\r\n\r\n', encoding="utf-8")
    (tmp_path / "j.csv").write_text("judge,cells,institutions\nj1,а|б,школа № 1| Лицей\n", encoding="utf-8")

    (entry,), (judge,) = read_entries(tmp_path / "e.csv"), read_judges(tmp_path / "j.csv")

    assert (entry.id, entry.cell, judge.cells) == ("e;1", "а", frozenset("аб"))
    assert judge.conflicts_with(entry)
    assert (judge.capacity, judge) == (None, Judge("j1", frozenset("аб"), judge.conflict_keys))
    assert isinstance(entry, Entry) and len(judge.conflict_keys) == 2


def test_it_runs_without_a_database(tmp_path: Path) -> None:
    (tmp_path / "entries.csv").write_text(ENTRIES, encoding="utf-8")
    (tmp_path / "judges.csv").write_text(JUDGES, encoding="utf-8")
    command = [sys.executable, "manage.py", "allocate", tmp_path / "entries.csv", tmp_path / "judges.csv"]

    done = subprocess.run(
        [*command, "--reviews", "2", "--seed", "7", "--out", tmp_path / "plan.csv"],
        env={**os.environ, "DATABASE_URL": "postgres://nobody@nowhere.invalid/none", "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr, "components: 1" in done.stdout) == (0, "", True)

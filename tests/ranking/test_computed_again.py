"""A published ranking is computed again by an outsider: from its downloads, by the tool, without the database."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from judging.assignments.models import Assignment
from judging.ranking import actions
from judging.rubrics.models import AwardRule, JudgingRules
from tests.factories.judged import Judged, judged_contest
from tests.factories.story import CategoryFactory, NominationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    """Two cells, one of them merged; a third review, a tie by criteria, one by the vote, shares and special prizes."""
    judged = judged_contest(
        [(55, 35), (54, 36)], [(40, 30), (40, 30)], [(50, 20), (50, 20)], [(50, 20), (50, 20)], [(30, 30), (33, 30)]
    )
    judged.add((60, 40), (20, 10), (40, 22), third=True)
    other, small = CategoryFactory(contest=judged.contest), NominationFactory(contest=judged.contest)
    for first in (48, 33, 31, 30, 28):
        judged.add((first, 21), (first + 1, 20), category=other, nomination=small if first == 48 else judged.nomination)
    AwardRule.objects.filter(contest=judged.contest).update(category=judged.category)
    values = {"contest": judged.contest, "position": 9, "name_en": ""}
    AwardRule.objects.create(key="half", name_ru="Лауреат", kind="percent", percent=50, category=other, **values)
    AwardRule.objects.create(key="style", name_ru="За стиль", kind="special", criterion=2, minimum=40, **values)
    JudgingRules.objects.filter(contest=judged.contest).update(decimals=1, rounding="down")
    actions.record_vote(judged.contest, judged.organizer, {"A00003": 1, "A00002": 2})
    return judged


def awarded(rows: list[list[str]]) -> set[tuple[str, ...]]:
    """Cell, entry, number of reviews, score, place and award, from either table."""
    heading, *rest = rows
    at = [heading.index(name) for name in ("cell", "entry", "reviews", "score", "place", "award")]
    return {tuple(row[index] for index in at) for row in rest}


@pytest.mark.parametrize("kind", ["reviews.csv", "xlsx", "json"])
@pytest.mark.parametrize("aggregation", ["mean", "calibrated"])
def test_the_tool_finds_what_was_frozen(judged: Judged, kind: str, aggregation: str, tmp_path: Path, capsys) -> None:
    changes = {"aggregation": aggregation, "third_review": "mean" if aggregation == "calibrated" else "median"}
    JudgingRules.objects.filter(contest=judged.contest).update(**changes)
    proposal = actions.propose(judged.contest)
    assert proposal.problems == ()
    actions.approve(judged.contest, judged.organizer, proposal.digest)
    client = Client(headers={"accept-language": "ru"})
    client.force_login(judged.organizer)
    files = {}
    for name in (kind, "toml", "csv"):
        answer = client.get(reverse("organizer_ranking_download", args=[judged.contest.slug, name]))
        files[name] = tmp_path / f"ranking.{name}"
        files[name].write_bytes(answer.content)

    rules = [] if kind == "json" else ["--rules", str(files["toml"])]
    call_command("rank", str(files[kind]), "--out", str(tmp_path / "again.csv"), *rules)

    again = list(csv.reader((tmp_path / "again.csv").open(encoding="utf-8")))
    published = list(csv.reader(io.StringIO(files["csv"].read_text(encoding="utf-8-sig"))))
    assert awarded(again) == awarded(published)
    assert {row[-1] for row in awarded(again)} == {"Победитель", "Призёр", "Лауреат", "За стиль", ""}
    if kind == "json":
        assert f"the same as the frozen ranking, SHA-256 {proposal.digest}" in capsys.readouterr().out


def test_a_record_that_was_tampered_with_is_found_out(judged: Judged, tmp_path: Path, capsys) -> None:
    record = actions.canonical(actions.propose(judged.contest).record).decode()
    path = tmp_path / "record.json"
    path.write_text(record.replace('"55"', '"45"'), encoding="utf-8")

    with pytest.raises(SystemExit) as stopped:
        call_command("rank", str(path), "--out", str(tmp_path / "again.csv"))

    assert (stopped.value.code, "A00000: the record says otherwise" in capsys.readouterr().err) == (3, True)


def test_a_second_look_far_from_the_first_round_asks_for_no_third(tmp_path: Path, capsys) -> None:
    judged = judged_contest([(40, 30), (40, 30), (55, 38)], [(45, 35), (46, 34)], third_at_total=20)
    Assignment.objects.filter(copy=judged.copies[0], seat=judged.seats[2]).update(round=Assignment.Round.SECOND_LOOK)
    proposal = actions.propose(judged.contest)
    assert proposal.problems == ()
    (tmp_path / "r.json").write_text(json.dumps(proposal.record))

    call_command("rank", str(tmp_path / "r.json"), "--out", str(tmp_path / "o.csv"))

    assert "the same as the frozen ranking" in capsys.readouterr().out


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"regulation": [], "cells": []},
        {"regulation": {}, "cells": 5},
        {"regulation": {}, "cells": [{"number": 1, "entries": [{"code": "A", "reviews": []}]}]},
        {"regulation": {}, "cells": [{"number": 1, "entries": [{"code": "A", "reviews": [{"id": 1}]}]}]},
    ],
)
def test_a_record_that_is_not_whole_is_refused_in_one_line(broken: dict, tmp_path: Path, capsys) -> None:
    (tmp_path / "r.json").write_text(json.dumps({"format": "laureate-ranking 2", **broken}))

    with pytest.raises(SystemExit) as stopped:
        call_command("rank", str(tmp_path / "r.json"), "--out", str(tmp_path / "o.csv"))

    said = capsys.readouterr().err
    assert (stopped.value.code, said.count("\n"), "not whole" in said) == (2, 1, True)

"""What the jury decides beside points: gates, withheld awards, scores that an appeal corrected; all of it computable."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from essays.ledger import clock
from essays.ledger.models import LedgerEvent
from judging.ranking import actions, downloads, gates, reasons, sentences
from judging.ranking.models import CorrectedScore, WithheldAward
from judging.ranking.problems import Problem
from judging.ranking.record import outline_of
from judging.ranking.table import cells_of
from judging.rubrics.models import AwardRule
from tests.factories.judged import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    """90, 75.5 and 60 points."""
    return judged_contest([(55, 35), (54, 36)], [(45, 30), (46, 30)], [(40, 20), (40, 20)])


def given(judged: Judged) -> list[tuple[str, str, str, int | None]]:
    lines = actions.propose(judged.contest).cells[0].lines
    return [(line.code, f"{line.score}", line.award_key, line.award_place) for line in lines]


def corrected(judged: Judged, number: int, first: str, second: str) -> None:
    CorrectedScore.objects.create(
        contest=judged.contest,
        copy=judged.copies[number],
        marks={"1": first, "2": second},
        total=str(Decimal(first) + Decimal(second)),
        why="апелляция № 3",
        corrected_at=clock.now(),
    )


def computed_again(judged: Judged, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    path = tmp_path / "ranking.json"
    path.write_bytes(actions.canonical(actions.propose(judged.contest).record))
    call_command("rank", str(path), "--out", str(tmp_path / "again.csv"))
    return capsys.readouterr().out


def test_a_slice_above_may_stand_against_approval(judged: Judged, monkeypatch) -> None:
    text = "Заседание жюри ещё не закрыто."
    monkeypatch.setattr(gates, "GATES", [lambda contest: [Problem("session_open", text=text)]])
    proposal = actions.propose(judged.contest)
    assert sentences.of_problems(proposal.problems) == [text]
    with pytest.raises(actions.Refused):
        actions.approve(judged.contest, judged.organizer, proposal.digest)


def test_the_jury_withholds_a_place_and_gives_it_after_all(judged: Judged, tmp_path: Path, capsys) -> None:
    place = {"category": judged.category, "nomination": judged.nomination, "award_key": "winner", "place": 1}
    with pytest.raises(actions.Refused):
        actions.withhold(judged.contest, judged.organizer, **place, reason=" ")
    with pytest.raises(actions.Refused):
        actions.withhold(judged.contest, judged.organizer, **place | {"award_key": "x"}, reason="Нет достойных.")

    kept = actions.withhold(judged.contest, judged.organizer, **place, reason="Нет достойных.")

    assert given(judged)[:2] == [("A00000", "90.00", "prize-winner", 2), ("A00001", "75.50", "prize-winner", 3)]
    assert [one.reason for one in actions.propose(judged.contest).cells[0].unawarded] == ["jury"]
    assert "the same as the frozen ranking" in computed_again(judged, tmp_path, capsys)
    actions.grant(kept, judged.organizer)
    assert given(judged)[0] == ("A00000", "90.00", "winner", 1)
    acts = list(LedgerEvent.objects.filter(action__startswith="ranking.award").values_list("action", flat=True))
    assert sorted(acts) == ["ranking.award_granted", "ranking.award_withheld"]


def test_a_corrected_score_stands_in_the_place_of_the_reviews(judged: Judged, tmp_path: Path, capsys) -> None:
    corrected(judged, 1, "56", "35.5")
    corrected(judged, 2, "60", "30")

    # 91.5 overtakes 90; the other 90 is told apart by the first criterion: 60 against 54.5.
    assert given(judged) == [
        ("A00001", "91.50", "winner", 1),
        ("A00002", "90.00", "prize-winner", 2),
        ("A00000", "90.00", "prize-winner", 3),
    ]
    record = actions.propose(judged.contest).record
    with translation.override("en"):
        first = cells_of(record)[0].rows[0]
    assert first.explanation == "Settled apart (апелляция № 3): 91.5; by the reviews it was 75.5"
    assert [len(row.reviews) for row in cells_of(record)[0].rows] == [2, 2, 2]
    assert outline_of(record)["cells"][0]["awarded"] == 3
    assert "the same as the frozen ranking" in computed_again(judged, tmp_path, capsys)
    (tmp_path / "r.csv").write_bytes(downloads.as_csv(downloads.review_rows(record)))
    (tmp_path / "r.toml").write_bytes(downloads.as_toml(record))
    call_command("rank", str(tmp_path / "r.csv"), "--rules", str(tmp_path / "r.toml"), "--out", str(tmp_path / "o.csv"))
    again = [line.split(",") for line in (tmp_path / "o.csv").read_text().splitlines()[1:]]
    assert [(row[1], row[5], row[6]) for row in again] == [
        ("A00001", "91.5", "1"),
        ("A00002", "90", "2"),
        ("A00000", "90", "3"),
    ]


def test_rules_that_contradict_each_other_are_named_and_break_nothing(judged: Judged) -> None:
    values = {"contest": judged.contest, "position": 8, "name_ru": "Ещё победитель"}
    AwardRule.objects.create(key="again", place_from=1, place_to=1, **values)
    proposal = actions.propose(judged.contest)
    assert [problem.code for problem in proposal.problems] == ["unsound"]
    with translation.override("en"):
        (said,) = sentences.of_problems(proposal.problems)
    assert "is given away before" in said


def test_an_award_is_withheld_and_given_by_the_page_without_a_meeting(judged: Judged) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(judged.organizer)
    path = reverse("organizer_withheld", args=[judged.contest.slug])
    assert "Every award goes to whom the points name" in client.get(path).content.decode()

    refused = client.post(path, {"act": "withhold", "cell": "1", "award": "winner:1", "reason": ""})
    client.post(path, {"act": "withhold", "cell": "1", "award": "winner:1", "reason": "Нет достойных первого места."})

    assert set(refused.context["form"].errors) == {"reason"}
    assert "winner" not in {award for _code, _score, award, _place in given(judged)}
    page = client.get(path).content.decode()
    assert "Нет достойных первого места." in page
    row = WithheldAward.objects.get()
    client.post(path, {"act": "grant", "row": row.pk})
    assert "winner" in {award for _code, _score, award, _place in given(judged)}
    assert client.post(path, {"act": "grant", "row": row.pk}).status_code == 404
    actions.approve(judged.contest, judged.organizer, actions.propose(judged.contest).digest)
    assert "nothing of it changes any more" in client.get(path).content.decode()
    answer = client.post(path, {"act": "withhold", "cell": "1", "award": "winner:1", "reason": "Поздно."})
    assert answer.status_code == 200 and not WithheldAward.objects.exists()


@pytest.mark.parametrize(
    "written", [reasons.AFTER_AN_APPEAL, reasons.APPEAL_DECIDED, reasons.JURY_DECIDED], ids=["why", "appeal", "jury"]
)
def test_reasons_that_the_product_wrote_are_read_in_the_readers_language(written) -> None:
    values = {"code": "K7P-4M2-9CT-3A6", "session": 2, "question": 13}
    said = {}
    for language in ("ru", "en"):
        with translation.override(language):
            said[language] = str(written) % values
    assert said["ru"] != said["en"]
    for language, sentence in said.items():
        with translation.override(language):
            assert [reasons.in_readers_language(one) for one in said.values()] == [sentence, sentence]
            assert reasons.in_readers_language(f"{said['ru']}, ошибка в сумме") == f"{said['ru']}, ошибка в сумме"

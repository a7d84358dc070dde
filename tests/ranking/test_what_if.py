"""Other rules beside those that stand, and awards that hang on one judge."""

from decimal import Decimal as D

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from essays.ledger.models import LedgerEvent
from judging.ranking import actions
from judging.ranking.computation import compute
from judging.ranking.gathering import Row
from judging.ranking.models import JuryChoice, Ranking
from judging.ranking.regulation import read
from judging.ranking.stability import NONE, unstable
from judging.rubrics.models import AwardRule
from tests.factories.judged import Judged, judged_contest
from tests.factories.story import NominationFactory


@pytest.fixture
def judged(db) -> Judged:
    """90, 77.5 and 70 points; the judges of the second are fifteen apart."""
    return judged_contest([(55, 35), (54, 36)], [(40, 30), (49, 36)], [(40, 30), (40, 30)])


def page(judged: Judged, name: str = "organizer_what_if", **typed: object) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(judged.organizer)
    answer = client.get(reverse(name, args=[judged.contest.slug]), typed)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_rules_as_they_stand_change_nothing(judged: Judged) -> None:
    assert "both sides are the same" in page(judged)


def test_a_moved_threshold_shows_who_would_lose_what_and_saves_nothing(judged: Judged) -> None:
    winner = AwardRule.objects.get(contest=judged.contest, key="winner")
    before = actions.propose(judged.contest).digest

    text = page(judged, **{f"award{winner.pk}_minimum": "95"})

    # Nobody wins; the three places that follow are two.
    assert "3 entries would get another award:" in text
    assert "A00000, A00001, A00002" in text
    assert actions.propose(judged.contest).digest == before
    assert not Ranking.objects.exists()


def test_an_open_tie_by_the_other_rules_is_named(judged: Judged) -> None:
    judged.add((40, 30), (40, 30))
    text = page(judged, tie_1="", tie_2="", decimals="0")
    assert "A00002, A00003" in text
    assert "The jury has to vote." in text


@pytest.mark.parametrize(
    "typed",
    [{"aggregation": "best"}, {"decimals": "9"}, {"smallest_cell": "x"}, {"page": "x"}, {"aggregation": "\x00"}],
)
def test_nonsense_in_the_address_breaks_nothing(judged: Judged, typed: dict[str, str]) -> None:
    page(judged, **typed)


def test_overlapping_places_are_refused_in_words(judged: Judged) -> None:
    prize = AwardRule.objects.get(contest=judged.contest, key="prize-winner")
    assert "place 1 is given away before" in page(judged, **{f"award{prize.pk}_place_from": "1"})


def test_awards_that_hang_on_one_judge_are_marked(judged: Judged) -> None:
    # Without the second judge the second entry has 70, as the third: told apart by criteria no more.
    text = page(judged, "organizer_stability")
    assert "deserves a second look" in text
    assert str(judged.seats[1]) in text
    assert "A00001" in text


@pytest.mark.parametrize("name", ["organizer_what_if", "organizer_stability"])
def test_pages_ask_equally_often_and_stand_empty_too(judged: Judged, name: str) -> None:
    page(judged_contest(), name)
    larger = judged_contest([(40, 30), (55, 31)], *[[(40 + n, 30), (41 + n, 31)] for n in range(8)])
    larger.add((30, 30), (30, 31), nomination=NominationFactory(contest=larger.contest))
    counts = []
    for made in (judged, larger):
        with CaptureQueriesContext(connection) as asked:
            page(made, name, tie_1="")
        counts.append(len(asked))
    # Signing in takes some of them.
    assert counts[0] == counts[1]


def test_the_jury_gives_a_prize_of_its_own(judged: Judged) -> None:
    last = judged.add((20, 10), (21, 10))
    values = {"contest": judged.contest, "position": 5, "name_ru": "За смелость"}
    prize = AwardRule.objects.create(key="courage", kind=AwardRule.Kind.CHOICE, **values)
    client = Client(headers={"accept-language": "en"})
    client.force_login(judged.organizer)
    address = reverse("organizer_ranking_choose", args=[judged.contest.slug])

    for award, codes in ((prize.key, "nobody"), ("winner", last.code)):
        client.post(address, {"award": award, "codes": codes})
    assert not JuryChoice.objects.exists()
    client.post(address, {"award": prize.key, "codes": f"{last.code.lower()}, A00000"})

    proposal = actions.propose(judged.contest)
    given = {line.code: line.award_key for line in proposal.cells[0].lines}
    assert (given[last.code], given["A00000"]) == ("courage", "winner")
    assert [(notice.code, notice.codes) for notice in proposal.notices] == [("choice_passed_over", ("A00000",))]
    assert LedgerEvent.objects.filter(action="ranking.choice_recorded").count() == 1
    ranking = actions.approve(judged.contest, judged.organizer, proposal.digest)
    assert ranking.rows.get(copy=last).award_key == "courage"
    with pytest.raises(actions.Refused):
        actions.record_choices(judged.contest, judged.organizer, prize.key, [])


RULES = {
    "score": {"needed": 2, "maximum": 9},
    "awards": [{"key": "winner", "places": 1, "minimum": "4"}, {"key": "half", "percent": 50}],
}


@st.composite
def panels(draw: st.DrawFn) -> list[Row]:
    rows = []
    for number in range(draw(st.integers(1, 7))):
        judges = draw(st.lists(st.sampled_from("pqrs"), min_size=2, max_size=3, unique=True))
        cell = draw(st.sampled_from("12"))
        for judge in judges:
            rows.append(Row(cell, f"e{number}", f"{number}{judge}", total=D(draw(st.integers(0, 9))), judge=judge))
    return rows


def held(rows: list[Row], document: dict) -> dict[str, tuple[str, int | None]]:
    computed = compute(rows, read(document))
    found = {one.entry: (one.award, one.place) for one in computed.awards.given}
    for block in computed.awards.blocks:
        found |= dict.fromkeys(block.entries, ("?", block.rank))
    return found


@settings(max_examples=60)
@given(panels(), st.booleans())
def test_leaving_a_judge_out_is_what_ranking_without_them_gives(rows: list[Row], shared: bool) -> None:
    document = {**RULES, "places": {"shared": shared}}
    few = {**document, "score": {**RULES["score"], "needed": 1}}
    now = held(rows, document)
    expected = set()
    for judge in {row.judge for row in rows}:
        then = held([row for row in rows if row.judge != judge], few)
        for entry in now.keys() | then.keys():
            if now.get(entry, NONE) != then.get(entry, NONE):
                expected.add((entry, judge, now.get(entry, NONE), then.get(entry, NONE)))

    found = unstable(compute(rows, read(document)), read(document))

    assert {(one.entry, one.judge, one.now, one.without) for one in found} == expected

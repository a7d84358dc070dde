"""Marks are drawn so that reviews differ where they are meant to; calendars put each season into its stage."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from demo.marks import opinion
from demo.regulation import load_regulation
from demo.seasons import SEASONS, Season, Stage, calendar_of
from demo.stories import CAST, DISPUTED, FEW, cast_of
from demo.texts import load_essays
from essays.contests.calendar import Calendar, problems, stage
from essays.contests.calendar import Stage as ContestStage
from judging.rubrics.soundness import award_problems, level_problems, most_points, tie_problems

ZONE = ZoneInfo("Asia/Barnaul")
MAXIMA = (25, 20, 20, 15, 10, 10)
STAGES = {
    Stage.ANNOUNCED: ContestStage.DECIDING,  # until it is announced by hand
    Stage.DECIDING: ContestStage.DECIDING,
    Stage.JUDGING: ContestStage.JUDGING,
    Stage.INTAKE: ContestStage.INTAKE,
    Stage.DRAFT: ContestStage.UPCOMING,
    Stage.APPROVED: ContestStage.DECIDING,
}


@pytest.mark.parametrize("season", SEASONS, ids=lambda season: season.stage)
def test_on_any_day_of_two_years_a_season_is_in_its_stage(season: Season) -> None:
    for day in range(0, 730, 5):
        now = datetime(2026, 11, 1, 3, 0, tzinfo=UTC) + timedelta(days=day, hours=day * 7 % 24)
        calendar = Calendar(published=True, **calendar_of(season, now, ZONE))
        assert stage(calendar, now) == STAGES[season.stage], now
        assert problems(calendar) == []


def test_two_reviews_differ_by_twenty_points_exactly_where_they_are_meant_to() -> None:
    for season in SEASONS:
        for essay in [] if season.stage == Stage.DRAFT else cast_of(season, load_essays(), small=False):
            disputed = essay.number in DISPUTED.get(season.stage, ())
            first, second, third = (
                opinion(essay, season.number, reader, MAXIMA, disputed=disputed).total for reader in range(3)
            )
            assert (abs(first - second) >= 20) == disputed, (season, essay.key)
            # The third reviewer sides with the first, so that the median is no surprise.
            assert abs(first - third) < 20


def test_points_stay_within_the_rubric_and_better_essays_get_more() -> None:
    by_quality: dict[int, list[int]] = {}
    for essay in load_essays():
        given = opinion(essay, 1, 0, MAXIMA)
        assert all(0 <= points <= maximum for points, maximum in zip(given.points, MAXIMA, strict=True))
        by_quality.setdefault(essay.quality, []).append(given.total)
    means = [sum(totals) / len(totals) for _quality, totals in sorted(by_quality.items())]
    assert means == sorted(means)


def test_two_readers_of_an_essay_never_write_the_same_comment() -> None:
    for essay in load_essays():
        comments = [opinion(essay, 2, reader, MAXIMA).comment for reader in range(3)]
        assert len(set(comments)) == len(comments), essay.key


def test_every_cast_is_written() -> None:
    numbers = {essay.number for essay in load_essays()}
    for casts in (CAST, FEW):
        assert all(cast <= numbers for cast in casts.values())


def test_the_regulation_is_sound() -> None:
    regulation = load_regulation()
    total = most_points(regulation.criteria)
    assert total == 100
    assert [int(row["maximum"]) for row in regulation.criteria] == list(MAXIMA)
    for criterion, levels in zip(regulation.criteria, regulation.levels, strict=True):
        assert level_problems(levels, criterion["maximum"]) == []
        # Every whole number of points has its level.
        covered = {point for level in levels for point in range(int(level["points_from"]), int(level["points_to"]) + 1)}
        assert covered == set(range(int(criterion["maximum"]) + 1))
    assert award_problems(regulation.awards, total) == []
    assert tie_problems(regulation.rules["tie_criteria"], range(1, 7)) == []


def test_everything_is_said_in_both_languages() -> None:
    regulation = load_regulation()
    rows = [
        regulation.texts,
        *regulation.categories,
        *regulation.nominations,
        *regulation.criteria,
        *regulation.awards,
        *(level for levels in regulation.levels for level in levels),
    ]
    for row in rows:
        russian = {name.removesuffix("_ru") for name in row if name.endswith("_ru")}
        assert russian == {name.removesuffix("_en") for name in row if name.endswith("_en")}
        assert all(row[f"{name}_{language}"].strip() for name in russian for language in ("ru", "en"))

"""Age and who signs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.people.age import BirthDateProblem, Signer, age_on, birth_date_problem, signers

DAY = date(2026, 10, 15)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2012, 10, 15), DAY, 14),
        (date(2012, 10, 16), DAY, 13),
        (date(2012, 10, 14), DAY, 14),
        (date(2026, 10, 15), DAY, 0),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2011, 12, 31), date(2026, 1, 1), 14),
    ],
)
def test_age_on_a_day(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("born", "who"),
    [
        (date(2012, 10, 16), (Signer.GUARDIAN,)),  # 13, fourteen tomorrow
        (date(2012, 10, 15), (Signer.ENTRANT, Signer.GUARDIAN)),  # 14 today
        (date(2008, 10, 16), (Signer.ENTRANT, Signer.GUARDIAN)),  # 17
        (date(2008, 10, 15), (Signer.ENTRANT,)),  # 18 today
        (date(2000, 1, 1), (Signer.ENTRANT,)),
    ],
)
def test_who_signs(born: date, who: tuple[Signer, ...]) -> None:
    assert signers(born, DAY) == who


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="before the birth"):
        age_on(date(2026, 10, 16), DAY)


@pytest.mark.parametrize(
    ("born", "problem"),
    [
        (date(2026, 10, 16), BirthDateProblem.IN_THE_FUTURE),
        (date(2021, 10, 16), BirthDateProblem.TOO_YOUNG),
        (date(2021, 10, 15), None),
        (date(2012, 3, 3), None),
        (date(1905, 10, 16), None),
        (date(1905, 10, 15), BirthDateProblem.TOO_OLD),
    ],
)
def test_birth_dates_that_cannot_be_right(born: date, problem: BirthDateProblem | None) -> None:
    assert birth_date_problem(born, DAY) == problem


@given(st.dates(date(1990, 1, 1), date(2020, 12, 31)), st.integers(0, 20000))
def test_age_never_falls_and_somebody_always_signs(born: date, days: int) -> None:
    day = born + timedelta(days=days)

    assert (0 <= age_on(born, day + timedelta(days=1)) - age_on(born, day) <= 1, bool(signers(born, day))) == (
        True,
        True,
    )

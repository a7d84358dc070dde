"""What the contest asks of the slices above it, which it must not import.

Each list is filled once, at start (``judging.wiring``). The functions take a contest and answer from the database.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from essays.contests.problems import Problem

if TYPE_CHECKING:
    from essays.contests.models import Contest

publishing_checks: list[Callable[["Contest"], Iterable[Problem]]] = []
"""What is still missing before the contest may be published."""

copiers: list[Callable[["Contest", "Contest"], None]] = []
"""Copy what belongs to the first contest to the second, new one: rubric, rules, awards."""

judging_checks: list[Callable[["Contest"], bool]] = []
"""Has judging begun?"""

approval_checks: list[Callable[["Contest"], bool]] = []
"""Is a ranking approved, so that nothing it rests on may change?"""

release_checks: list[Callable[["Contest"], bool]] = []
"""May a judge have read a copy that was made by the present rule of blindness?"""

blindness_listeners: list[Callable[["Contest"], None]] = []
"""Called, inside the transaction of the change, after the rule of blindness has changed."""

format_checks: list[Callable[[], Iterable[str]]] = []
"""Formats of files, such as «doc», that cannot be read on this machine as it is."""


def unreadable_formats() -> set[str]:
    return {name for check in format_checks for name in check()}


def copies_are_out(contest: "Contest") -> bool:
    return any(check(contest) for check in release_checks)


def ranking_is_approved(contest: "Contest") -> bool:
    return any(check(contest) for check in approval_checks)


def judging_has_begun(contest: "Contest") -> bool:
    return any(check(contest) for check in judging_checks)

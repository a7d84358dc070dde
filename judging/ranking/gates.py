"""Conditions of approval that belong to slices above: they are asked, and know nothing of each other."""

from collections.abc import Callable

from essays.contests.models import Contest
from judging.ranking.problems import Problem

GATES: list[Callable[[Contest], list[Problem]]] = []
"""Each names what stands against approval, with its ``text``; filled once, at start (``judging.wiring``)."""


PENDING_TIES: list[Callable[[Contest], list[tuple[str, ...]]]] = []
"""Ties that a decision taken after the announcement would bring, by code; filled once, at start."""


def pending_ties(contest: Contest) -> list[tuple[str, ...]]:
    return [codes for ties in PENDING_TIES for codes in ties(contest)]


def problems_of_gates(contest: Contest) -> list[Problem]:
    return [problem for gate in GATES for problem in gate(contest)]

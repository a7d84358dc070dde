"""A sentence that must be true of the database, with the question that finds what breaks it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType

Check = Callable[[], Iterable[str]]


@dataclass(frozen=True)
class Invariant:
    """``name`` is its function's; ``says`` the sentence that must be true; ``violations`` names what breaks it."""

    name: str
    says: str
    violations: Check


def invariant(says: str) -> Callable[[Check], Invariant]:
    """Makes an invariant of the function that looks for what breaks it."""

    def stated(check: Check) -> Invariant:
        return Invariant(check.__name__, says, check)

    return stated


def stated_in(module: ModuleType) -> list[Invariant]:
    """The invariants of a module, as they stand in it."""
    return [one for one in vars(module).values() if isinstance(one, Invariant)]

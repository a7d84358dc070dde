"""What a door is: who may open an address and what they get; and the doors of which there are many."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from essays.entries.models import Entry
from tests.walls.cast import ROLES, Cast

EVERYBODY = frozenset(ROLES)
MENTOR = frozenset({"mentor"})
ENTRANT, JUDGE, ORGANIZER = frozenset({"entrant"}), frozenset({"judge"}), frozenset({"organizer"})
ORGANIZERS = frozenset({"organizer", "organizer_elsewhere"})
PANEL = frozenset({"judge", "judge_elsewhere", "secretary"})


TO_LOG_IN = "to log-in"
NOT_THIS_WAY = 405

Arguments = Callable[[Cast], dict[str, Any]]
NOTHING_LIKE_IT = uuid.UUID(int=7)


@dataclass(frozen=True)
class Door:
    """Who may open an address, and what they get by GET and by a POST that says nothing; everybody else finds nothing.

    ``there`` makes the address of something that exists, ``nowhere`` one of the same form with nothing behind it.
    ``method_first``: the view looks at the method before it looks at the person, so a wrong method is told to
    everybody who is signed in; it says nothing about what is behind the address.
    """

    who: frozenset[str]
    get: int = 200
    post: int = NOT_THIS_WAY
    there: Arguments = lambda _: {}
    nowhere: Arguments | None = None
    method_first: bool = True


def of_entry(**given: Any) -> dict[str, Any]:
    return {
        "who": ENTRANT,
        "there": lambda one: {"public_id": one.entry.public_id},
        "nowhere": lambda _: {"public_id": NOTHING_LIKE_IT},
        **given,
    }


def of_draft(**given: Any) -> dict[str, Any]:
    return of_entry(there=lambda one: {"public_id": one.draft.public_id}, **given)


def of_assignment(**given: Any) -> dict[str, Any]:
    return {
        "who": JUDGE,
        "there": lambda one: {"assignment": one.assignment.public_id},
        "nowhere": lambda _: {"assignment": NOTHING_LIKE_IT},
        **given,
    }


def of_contest(**given: Any) -> dict[str, Any]:
    return {
        "who": ORGANIZER,
        "there": lambda one: {"slug": one.contest.slug},
        "nowhere": lambda _: {"slug": "no-such-contest"},
        **given,
    }


def of_version(**given: Any) -> dict[str, Any]:
    return {
        "who": ORGANIZER,
        "there": lambda one: {"slug": one.contest.slug, "public_id": one.entry.public_id, "version": 1},
        "nowhere": lambda one: {"slug": one.contest.slug, "public_id": NOTHING_LIKE_IT, "version": 1},
        **given,
    }


def of_desk(**given: Any) -> dict[str, Any]:
    return {
        "who": ORGANIZER,
        "there": lambda one: {"slug": one.contest.slug, "public_id": one.entry.public_id},
        "nowhere": lambda one: {"slug": one.contest.slug, "public_id": NOTHING_LIKE_IT},
        **given,
    }


def of_version_page() -> dict[str, Any]:
    version = of_version()
    return {name: _with_number(one) if callable(one) else one for name, one in version.items()}


def _with_number(arguments: Arguments) -> Arguments:
    return lambda one: {**arguments(one), "number": 1}


def numbered(name: str, of: str = "") -> Arguments:
    """Page 1 of something in the cast, or of nothing."""
    return lambda one: {name: getattr(one, of).public_id if of else NOTHING_LIKE_IT, "number": 1}


def mentors(one: Cast) -> Entry:
    """The entry that the mentor made, or any, where there is none."""
    return Entry.objects.filter(owner=one.people.get("mentor")).first() or one.entry


def first_page(one: Cast) -> int:
    page = one.draft.draft_pages.first()
    return page.pk if page else 1


def public(**given: Any) -> Door:
    return Door(EVERYBODY, **given)


@dataclass(frozen=True)
class AccountDoor:
    """An address of the accounts: what a stranger gets by GET, and what somebody signed in gets."""

    stranger: int | str
    signed_in: int
    there: tuple[tuple[str, str], ...] = ()

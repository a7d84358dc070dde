"""Every address of the site and who may open it. An address that is not in the table fails: a new page says who it is for.

Whoever may not open an address finds the same page as where there is nothing at all.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.walls.address_table import ACCOUNTS, DOORS
from tests.walls.cast import ROLES, Cast, cast
from tests.walls.doors import NOT_THIS_WAY, TO_LOG_IN, Door
from tests.walls.knocking import knock, outcome, seen

# The nearest that each kind of stranger comes: if these see no difference, nobody without any role does.
STRANGERS = ("anonymous", "other_entrant", "judge_elsewhere", "organizer_elsewhere")


def addresses(resolver: Any = None) -> Iterator[str]:
    """Names of all addresses; one without a name shows as its pattern."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one)
        else:
            assert isinstance(one, URLPattern)
            yield one.name or str(one.pattern)


def test_every_address_says_who_it_is_for() -> None:
    assert sorted(addresses()) == sorted(DOORS | ACCOUNTS)


@pytest.fixture
def everybody(db: None) -> Cast:
    return cast()


def test_doors_open_for_whom_they_are_meant_and_for_nobody_else(everybody: Cast, subtests: pytest.Subtests) -> None:
    clients = {role: everybody.client(role) for role in ROLES}
    for name, door in DOORS.items():
        there = reverse(name, kwargs=door.there(everybody))
        with subtests.test(name):
            found = {
                (role, method): outcome(knock(clients[role], method, there))
                for role in ROLES
                for method in ("get", "post")
            }
            assert found == {
                (role, method): expected(door, role, method) for role in ROLES for method in ("get", "post")
            }


@pytest.mark.any_database
def test_what_is_not_yours_looks_like_what_is_not_there(everybody: Cast, subtests: pytest.Subtests) -> None:
    clients = {role: everybody.client(role) for role in STRANGERS}
    for name, door in DOORS.items():
        if door.nowhere is None:
            continue
        there, nowhere = (reverse(name, kwargs=make(everybody)) for make in (door.there, door.nowhere))
        with subtests.test(name):
            for role in STRANGERS:
                if role in door.who:
                    continue
                for method in ("get", "post"):
                    mine = seen(knock(clients[role], method, there), there)
                    assert mine == seen(knock(clients[role], method, nowhere), nowhere), (role, method)


def test_pages_of_the_account(everybody: Cast, subtests: pytest.Subtests) -> None:
    stranger, somebody = everybody.client("anonymous"), everybody.client("entrant")
    for name, door in ACCOUNTS.items():
        with subtests.test(name):
            address = reverse(name, kwargs=dict(door.there))
            found = (outcome(knock(stranger, "get", address)), outcome(knock(somebody, "get", address)))
            assert found == (door.stranger, door.signed_in)


def test_no_address_leads_to_the_private_files(everybody: Cast) -> None:
    file = everybody.entry.essays.get().file.name
    for role in ROLES:
        client = everybody.client(role)
        for address in (
            f"/media/{file}",
            f"/private/{file}",
            f"/{file}",
            f"/static/{file}",
            f"/static/../private/{file}",
        ):
            assert client.get(address).status_code == 404, (role, address)


def expected(door: Door, role: str, method: str) -> int | str:
    status = door.get if method == "get" else door.post
    if role in door.who:
        return status
    if role == "anonymous":
        return TO_LOG_IN
    return NOT_THIS_WAY if status == NOT_THIS_WAY and door.method_first else 404

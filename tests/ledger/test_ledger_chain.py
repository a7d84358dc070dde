"""The hash chain: what it covers, and what it finds."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.ledger.chain import GENESIS, Link, canonical, link, verify

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("аб", max_size=3), inner, max_size=3),
    max_leaves=8,
)
events = st.dictionaries(st.text("abв", max_size=4), values, max_size=4)


def chained(payloads: list[dict]) -> list[Link]:
    links, previous = [], GENESIS
    for payload in payloads:
        own = link(previous, payload)
        links.append(Link(previous, own, payload))
        previous = own
    return links


def numbered(count: int) -> list[Link]:
    return chained([{"number": number} for number in range(count)])


class Kind(StrEnum):
    RECEIVED = "received"


def test_canonical_form_is_sorted_compact_and_readable() -> None:
    event = {
        "шифр": "K7P",
        "b": [1, True, None],
        "a": {"points": Decimal("78.50"), "kind": Kind.RECEIVED},
        "id": UUID("12345678-1234-5678-1234-567812345678"),
        "day": date(2026, 10, 1),
        "at": datetime(2026, 10, 1, 23, 59, tzinfo=timezone(timedelta(hours=7))),
    }

    assert canonical(event).decode() == (
        '{"a":{"kind":"received","points":"78.50"},"at":"2026-10-01T16:59:00.000000Z","b":[1,true,null],'
        '"day":"2026-10-01","id":"12345678-1234-5678-1234-567812345678","шифр":"K7P"}'
    )


def test_link_is_sha256_over_the_previous_hash_and_the_event() -> None:
    assert link(GENESIS, {"a": 1}) == hashlib.sha256(b"0" * 64 + b'\n{"a":1}').hexdigest()


def test_one_instant_in_two_zones_is_one_event() -> None:
    instant = datetime(2026, 10, 1, 16, 59, tzinfo=UTC)

    assert canonical({"at": instant}) == canonical({"at": instant.astimezone(timezone(timedelta(hours=7)))})


@pytest.mark.parametrize(
    ("event", "error"),
    [
        ({"score": 0.1}, TypeError),
        ({1: "one"}, TypeError),
        ({"file": b"bytes"}, TypeError),
        ({"at": datetime(2026, 10, 1)}, ValueError),  # noqa: DTZ001 (naive on purpose)
        ({"text": "\ud800"}, ValueError),
    ],
)
def test_what_has_no_canonical_form_is_refused(event: dict, error: type[Exception]) -> None:
    with pytest.raises(error):
        canonical(event)


def test_an_empty_and_a_sound_chain_are_whole() -> None:
    assert [verify([]), verify(numbered(1)), verify(numbered(5))] == [None, None, None]


def test_plain_tuples_are_links_too() -> None:
    assert verify([tuple(item) for item in numbered(3)]) is None


def test_an_event_that_cannot_be_canonical_breaks_the_chain_instead_of_the_check() -> None:
    links = numbered(3)
    links[1] = links[1]._replace(event={"number": 1.0})

    assert verify(links) == 2


def test_a_cut_at_the_end_shows_against_a_published_hash() -> None:
    links = numbered(5)
    head = links[-1].hash

    assert (verify(links, published=[head]), verify(links[:3]), verify(links[:3], published=[head])) == (None, None, 4)


def test_an_older_published_hash_may_lie_inside_the_chain() -> None:
    links = numbered(5)

    assert verify(links, published=[links[2].hash]) is None


def test_a_chain_rewritten_from_the_start_shows_against_a_published_hash() -> None:
    forged = chained([{"number": number, "forged": True} for number in range(5)])

    assert verify(forged, published=[numbered(5)[2].hash]) == 6


def test_a_part_is_verified_from_the_hash_before_it() -> None:
    links = numbered(5)

    assert (verify(links[2:], start=links[1].hash), verify(links[2:])) == (None, 1)
    assert verify(links[2:], start=links[1].hash, published=[links[1].hash, links[4].hash]) is None


@given(st.lists(events, min_size=1, max_size=6), st.data())
def test_an_edit_is_found_where_it_is(payloads: list[dict], data: st.DataObject) -> None:
    links = chained(payloads)
    position = data.draw(st.integers(0, len(links) - 1))
    links[position] = links[position]._replace(event={**links[position].event, "edited": True})

    assert verify(links) == position + 1


@given(st.lists(events, min_size=2, max_size=6), st.data())
def test_a_deletion_before_the_end_is_found(payloads: list[dict], data: st.DataObject) -> None:
    links = chained(payloads)
    position = data.draw(st.integers(0, len(links) - 2))
    del links[position]

    assert verify(links) == position + 1


@given(st.lists(events, min_size=4, max_size=8), st.data())
def test_a_middle_cut_out_is_found(payloads: list[dict], data: st.DataObject) -> None:
    links = chained(payloads)
    begin = data.draw(st.integers(0, len(links) - 2))
    end = data.draw(st.integers(begin + 1, len(links) - 1))
    del links[begin:end]

    assert verify(links) == begin + 1


@given(st.lists(events, min_size=2, max_size=6), st.data())
def test_an_exchange_of_neighbours_is_found(payloads: list[dict], data: st.DataObject) -> None:
    links = chained(payloads)
    position = data.draw(st.integers(0, len(links) - 2))
    links[position : position + 2] = reversed(links[position : position + 2])

    assert verify(links) == position + 1


@given(events)
def test_the_order_of_keys_does_not_matter(event: dict) -> None:
    assert link(GENESIS, dict(reversed(event.items()))) == link(GENESIS, event)

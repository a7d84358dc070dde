"""A contest may leave the text as written, or let judges see who entered: even then nothing else of a file gets through."""

import pytest
from django.urls import reverse

from essays.anonymity import actions as copies
from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.entries import admission
from judging.assignments import actions as assignments
from judging.assignments.models import Assignment
from tests.factories.story import (
    CategoryFactory,
    ContestFactory,
    ContestOrganizerFactory,
    NominationFactory,
    SeatFactory,
    consent_texts,
    rubric,
    rules,
)
from tests.walls.canary_entries import enter, move_to_judging, signed_in
from tests.walls.leaky_files import AUTHORS, Canaries
from tests.walls.received import Received
from tests.walls.unpacking import unpacked


def read_by_a_judge(blindness: str) -> tuple[Received, Canaries, Contest]:
    """Enter every kind of leaky file, let everything through, deal, and let a judge open all there is."""
    contest = ContestFactory(stage="intake", blindness=blindness)
    CategoryFactory(contest=contest)
    NominationFactory(contest=contest)
    consent_texts(contest)
    rules(contest)
    rubric(contest)
    organizer = ContestOrganizerFactory(contest=contest).user
    canaries = Canaries()
    for kind, author in AUTHORS.items():
        entry = enter(contest, kind, author, canaries)
        entry.refresh_from_db()
        admission.admit(entry, organizer)
    for copy in BlindCopy.objects.filter(contest=contest, state=BlindCopy.State.HELD):
        copies.release(copy, organizer)
    seats = [SeatFactory(contest=contest) for _ in range(2)]
    move_to_judging(contest)
    assignments.apply(contest, "seed", organizer)
    client, got = signed_in(seats[0].user), Received()
    got.page(client.get(reverse("judge_queue")))
    for one in Assignment.objects.filter(seat=seats[0]):
        got.page(client.get(reverse("reading_desk", args=[one.public_id])))
        pages = got.page(client.get(reverse("reading_copy_pdf", args=[one.public_id])))
        got.things += [("inside the PDF", piece) for piece in unpacked(pages.content)]  # type: ignore[attr-defined]
    return got, canaries, contest


@pytest.mark.any_database
@pytest.mark.django_db
@pytest.mark.parametrize("blindness", Contest.Blindness.values)
def test_what_hides_in_a_file_stays_out_whatever_the_contest_chose(blindness: str) -> None:
    got, canaries, _contest = read_by_a_judge(blindness)

    places = {word: place for place, word in canaries.planted.items()}
    assert {(where, places[word]) for where, word in got.with_any(places)} == set()
    written = got.with_any(stem for author in AUTHORS.values() for stem in author.stems)
    lines = got.with_any(f"{one.surname} {one.given_name} {one.patronymic}, " for one in AUTHORS.values())
    official = got.with_any(one.official_name for one in AUTHORS.values())
    # Full: nothing. Fields: the text as written. Open: the author's line on every desk beside it, and no more.
    assert bool(written) == (blindness != "full")
    assert bool(official) == (blindness == "open")
    assert got.with_any(["17.05.2000", "2000-05-17", "17 мая 2000"]) == set()
    if blindness == "open":
        on_desks = {where for where, _word in official if "/judging/" in where and not where.endswith(".pdf")}
        assert len(on_desks) == len(AUTHORS)
        assert len({word for _where, word in lines}) == len(AUTHORS)

"""Canaries in every place of every kind of file and of the application; then everything a judge can get is searched.

The way is the real one: entries, copies, the deal and the reviews are made by the actions that people use.
"""

import base64
import io
import json
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from essays.anonymity import actions as copies
from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.entries import admission
from essays.entries.models import Entry, Essay
from essays.outbox import actions as outbox
from essays.outbox.models import Letter
from judging.assignments import actions as assignments
from judging.assignments.models import Assignment
from judging.panels.models import Seat
from judging.reviews.models import Review
from tests.factories.story import (
    BlindCopyFactory,
    CategoryFactory,
    ContestFactory,
    ContestOrganizerFactory,
    NominationFactory,
    SeatFactory,
    awards,
    consent_texts,
    rubric,
    rules,
)
from tests.walls.address_table import DOORS
from tests.walls.canary_entries import (
    FIRST_ID,
    HOURS,
    LONG_AGO,
    OFFLINE_PAGES,
    PHRASES,
    Story,
    enter,
    look_through,
    move_to_judging,
    signed_in,
    start_ids_at,
)
from tests.walls.cast import Cast, cast
from tests.walls.knocking import knock
from tests.walls.leaky_files import AUTHORS, Canaries
from tests.walls.received import Received
from tests.walls.unpacking import unpacked

WITH_IDS: tuple[type[models.Model], ...] = (Entry, Essay, BlindCopy, Assignment, Review)


@pytest.fixture
def story(db: None) -> Story:
    for model in WITH_IDS:
        start_ids_at(model, FIRST_ID)
    contest = ContestFactory(stage="intake", last_number=FIRST_ID)
    CategoryFactory(contest=contest)
    NominationFactory(contest=contest)
    consent_texts(contest)
    rules(contest)
    rubric(contest)
    awards(contest)
    organizer = ContestOrganizerFactory(contest=contest).user
    canaries = Canaries()
    entries = [enter(contest, kind, author, canaries) for kind, author in AUTHORS.items()]
    for entry in entries:
        entry.refresh_from_db()
        admission.admit(entry, organizer)
    look_through(entries[0], organizer, canaries)
    # What waits for a look is let through, as somebody in a hurry would.
    for copy in BlindCopy.objects.filter(contest=contest, state=BlindCopy.State.HELD):
        copies.release(copy, organizer)
    Entry.objects.update(created_at=LONG_AGO, received_at=LONG_AGO, decided_at=LONG_AGO)
    Essay.objects.update(received_at=LONG_AGO, blinded_at=LONG_AGO)
    judges = [SeatFactory(contest=contest) for _ in range(2)]
    move_to_judging(contest)
    made = assignments.apply(contest, "seed", organizer)
    assert len(made.assignments) == len(entries) * 2
    return Story(contest, canaries, entries, judges)


@pytest.fixture
def received(story: Story) -> Received:
    """Whatever the first judge is able to get: every page and form, every address of the site, every letter."""
    seat = story.judges[0]
    assert seat.user is not None
    client, got = signed_in(seat.user), Received()

    def get(address: str) -> None:
        got.page(client.get(address))

    def post(address: str, **data: str) -> None:
        got.page(client.post(address, data))

    for query in (
        "",
        "show=to_read",
        "show=done",
        "page=2",
        "q=surname",
        "order=received",
        "category=1",
        "search=school",
    ):
        got.page(client.get(f"{reverse('judge_queue')}?{query}"))
    get(reverse("my_seat", args=[seat.public_id]))
    mine = list(Assignment.objects.filter(seat=seat).order_by("place"))
    for assignment in mine:
        desk = reverse("reading_desk", args=[assignment.public_id])
        get(desk)
        post(reverse("save_draft", args=[assignment.public_id]), version="0", points_1="7", points_2="x")
        post(desk, version="99", act="submit")
        post(desk, version="1", act="save")
        get(reverse("recuse", args=[assignment.public_id]))
        post(reverse("recuse", args=[assignment.public_id]), reason="nonsense")
    take_along(client, story.contest, got)
    review_all(mine[:-1])
    for assignment in mine:
        get(reverse("reading_desk", args=[assignment.public_id]))
    post(reverse("recuse", args=[mine[-1].public_id]), reason="knows_author", note="")
    get(reverse("reading_desk", args=[mine[-1].public_id]))
    for address in every_address(story, seat):
        for method in ("get", "post"):
            got.page(knock(client, method, address))
    assignments.remind(story.contest, actor=None)
    for letter in Letter.objects.order_by("pk"):
        outbox.deliver(letter.pk)
    to_judges = [one for one in mail.outbox if set(one.to) & {judge.email for judge in story.judges}]
    assert to_judges
    for one in to_judges:
        got.letter(one.message())
    return got


def take_along(client: Client, contest: Contest, got: Received) -> None:
    """The files for judging offline, unpacked; the sheet comes back as it went out."""
    got.page(client.get(reverse("judge_offline", args=[contest.slug])))
    pages = got.page(client.get(reverse("offline_essays", args=[contest.slug, 1])))
    sheet = got.page(client.get(reverse("offline_sheet", args=[contest.slug])))
    assert isinstance(pages, HttpResponse) and isinstance(sheet, HttpResponse)
    got.things.append((OFFLINE_PAGES, b"\n".join(unpacked(pages.content))))
    with zipfile.ZipFile(io.BytesIO(sheet.content)) as archive:
        for name in archive.namelist():
            got.things.append((f"sheet {name}", name.encode() + archive.read(name)))
    back = SimpleUploadedFile("scores.xlsx", sheet.content)
    got.page(client.post(reverse("judge_offline", args=[contest.slug]), {"file": back}))


def every_address(story: Story, seat: Seat) -> list[str]:
    """All addresses of the site, made for this story's entries, their copies and its judge's assignments."""
    around = cast()
    made = []
    for entry in story.entries:
        essay = entry.essays.current().select_related("blind_copy").get()
        assert essay.blind_copy
        here: Cast = replace(
            around,
            contest=story.contest,
            entry=entry,
            draft=entry,
            copy=essay.blind_copy,
            seat=seat,
            assignment=Assignment.objects.get(seat=story.judges[1], copy=essay.blind_copy),
        )
        # What was announced elsewhere is public, and about other people.
        made += [reverse(name, kwargs=door.there(here)) for name, door in DOORS.items()]
    return list(dict.fromkeys(made))


def review_all(mine: list[Assignment]) -> None:
    from judging.reviews import actions as reviews
    from judging.rubrics.models import Criterion

    for assignment in mine:
        assignment = Assignment.objects.select_related("seat", "copy", "contest").get(pk=assignment.pk)
        review = reviews.open_review(assignment)
        rubric_of = Criterion.objects.filter(rubric__contest=assignment.contest)
        points = {one.pk: one.maximum for one in rubric_of}
        reviews.submit(review, points, "Хорошо.", "", review.version, actor=assignment.seat.user)


def test_nothing_of_the_authors_reaches_a_judge(story: Story, received: Received, subtests: pytest.Subtests) -> None:
    with subtests.test("the essays themselves do"):
        # The searches below would find nothing in empty pages either.
        found = received.with_any(PHRASES.values())
        assert any(where == OFFLINE_PAGES for where, _phrase in found)
        assert {one for one in found if one[0] != OFFLINE_PAGES} == {
            (reverse("reading_desk", args=[one.public_id]), PHRASES[story.kind_of(one.copy)])
            for one in Assignment.objects.filter(seat=story.judges[0]).select_related("copy")
        }
    with subtests.test("canaries of files and applications"):
        places = {word: place for place, word in story.canaries.planted.items()}
        assert {(where, places[word]) for where, word in received.with_any(places)} == set()
    with subtests.test("names, schools, addresses"):
        assert received.with_any(stem for author in AUTHORS.values() for stem in author.stems) == set()
    essays = Essay.objects.filter(entry__contest=story.contest)
    with subtests.test("time and hash"):
        hashes = [value for sha in essays.values_list("sha256", flat=True) for value in (sha, sha[:12])]
        assert received.with_any([*hashes, "2011-03-07", "07.03.2011", "марта 2011"]) == set()
        hours = re.compile(rb"(?<![\d:])(" + "|".join(HOURS).encode() + rb")(?![\d:])")
        assert {where for where, content in received.things if hours.search(content)} == set()
    with subtests.test("size"):
        numbers = {str(number) for row in essays.values_list("size", "characters") for number in row if number > 999}
        assert len(numbers) >= 2 * len(story.entries)
        # Some row may have been counted up to the size of a file, and an address names its row.
        numbers -= {
            str(pk) for model in apps.get_models() for pk in model._default_manager.values_list("pk", flat=True)
        }
        assert len(numbers) >= len(story.entries)
        sizes = re.compile(rb"(?<![\w.-])(" + "|".join(numbers).encode() + rb")(?![\w.-])")
        # The two files are searched unpacked; packed (as the public list is), they are full of lengths of their own.
        open_things = [one for one in received.things if b"%PDF-" not in one[1] and b"PK\x03\x04" not in one[1]]
        assert len(received.things) - len(open_things) <= 3
        assert {where for where, content in open_things if sizes.search(content)} == set()
    with subtests.test("ids and registration numbers, which count up in the order of receipt"):
        ids = {str(pk) for model in WITH_IDS for pk in model._default_manager.values_list("pk", flat=True)}
        assert {pk[:5] for pk in ids} == {str(FIRST_ID)[:5]}
        counted = re.compile(rb"(?<![\w-])" + str(FIRST_ID)[:5].encode() + rb"\d{3}(?!\d)")
        assert {where for where, content in received.things if counted.search(content)} == set()


@pytest.mark.parametrize(
    "content",
    [
        "…Щукозеровой…".encode(),
        "Щукозеровой".encode("utf-16"),
        b"x%D0%A9%D1%83%D0%BA%D0%BE%D0%B7%D0%B5%D1%80%D0%BE%D0%B2",
        *(base64.b64encode(f"{before}Щукозерова".encode()) for before in ("", "x", "xy")),
        json.dumps({"name": "Щукозерова"}).encode(),
        b"&#1097;&#1091;&#1082;&#1086;&#1079;&#1077;&#1088;&#1086;&#1074;",
    ],
)
def test_the_search_knows_the_ways_in_which_words_travel(content: bytes) -> None:
    assert Received([("here", content)]).with_any(["щукозеров"]) == {("here", "щукозеров")}


def test_the_rows_that_judges_read_hold_none_of_it(story: Story) -> None:
    rows = Received()
    for copy in BlindCopy.objects.filter(contest=story.contest, state=BlindCopy.State.RELEASED):
        values: dict[str, Any] = {one.attname: getattr(copy, one.attname) for one in BlindCopy._meta.concrete_fields}
        rows.things.append((copy.code, json.dumps(values, default=str, ensure_ascii=False).encode()))
    stems = [stem for author in AUTHORS.values() for stem in author.stems]
    assert rows.with_any([*story.canaries.planted.values(), *stems]) == set()


def test_two_judges_read_in_different_orders_and_neither_in_that_of_receipt(db: None) -> None:
    contest = ContestFactory(stage="judging")
    rules(contest)
    rubric(contest)
    organizer = ContestOrganizerFactory(contest=contest).user
    category, nomination = CategoryFactory(contest=contest), NominationFactory(contest=contest)
    came_in = [
        BlindCopyFactory(contest=contest, category=category, nomination=nomination, code=f"Q{number:05d}").code
        for number in range(20)
    ]
    judges = [SeatFactory(contest=contest) for _ in range(2)]
    assignments.apply(contest, "seed", organizer)
    queues = [read_queue(seat) for seat in judges]
    assert [sorted(queue) for queue in queues] == [came_in, came_in]
    backwards = came_in[::-1]
    assert queues[0] not in (came_in, backwards) and queues[1] not in (came_in, backwards)
    assert queues[0] != queues[1] and queues[0] != queues[1][::-1]
    assert [read_queue(seat) for seat in judges] == queues


def read_queue(seat: Seat) -> list[str]:
    """Codes as the judge's page lists them."""
    html = signed_in(seat.user).get(reverse("judge_queue")).content.decode()
    return re.findall(r'class="shelf-mark"[^>]*>(Q\d{5})<', html)

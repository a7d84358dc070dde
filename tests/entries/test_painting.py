"""Pages on the painting page and at the judge's desk: painted over, confirmed, released."""

import io
import json

import pytest
from django.urls import reverse
from PIL import Image

from essays.anonymity import actions as copies
from essays.anonymity.models import BlindCopy
from essays.contests import hooks
from essays.entries import actions, blinding, pages, painting
from essays.entries.models import Essay
from essays.entries.page_models import EssayPage
from essays.entries.refusals import Refused
from essays.ledger.models import LedgerEvent
from essays.ledger.states import MoveRefused
from tests.entries.picture_entries import FORMATS, files, painted, sent_pictures, signed_in
from tests.factories.applications import open_contest
from tests.factories.story import ContestOrganizerFactory, SeatFactory, UserFactory, moment, rubric, rules

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare_machine")]


def test_an_organizer_paints_confirms_and_releases_without_javascript(settings, django_capture_on_commit_callbacks):
    essay = sent_pictures()
    copy = essay.blind_copy
    assert (copy.state, copy.doubts, copy.html, copy.text, copy.pages.count()) == (
        "held",
        ["pictures_unpainted"],
        "",
        "",
        0,
    )
    organizer = ContestOrganizerFactory(contest=essay.entry.contest).user
    client = signed_in(organizer)
    where = [essay.entry.contest.slug, essay.entry.public_id, essay.version]
    room = reverse("organizer_pages", args=where)

    def press(page, act, revision, **more):
        return client.post(f"{room}?page={page}", {"page": page, "revision": revision, "act": act, **more}, follow=True)

    # Nobody lets it out past the painting page.
    with pytest.raises(MoveRefused):
        copies.release(copy, organizer)
    client.post(reverse("organizer_release", args=where))
    early = press(1, "release", 0).content.decode()
    written = press(1, "add", 0, left=10, top=20, width=30, height=5).content.decode()
    nonsense = press(1, "add", 1, left=10, top=20, width=0, height="x")
    stale = press(1, "add", 0, left=1, top=1, width=9, height=9).content.decode()
    press(1, "right", 1)
    turned = EssayPage.objects.get(number=1)
    press(1, "left", 2)
    press(1, "add", 3, left=50, top=50, width=10, height=10)
    press(1, "undo", 4)
    press(1, "confirm", 5)
    press(2, "confirm", 0)

    copy.refresh_from_db()
    assert copy.state == "held"
    assert "Look at every page first" in early
    assert '<rect x="1000" y="2000" width="3000" height="500"/>' in written
    assert nonsense.status_code == 422
    assert "Somebody else has just changed this page" in stale
    assert (turned.quarters, turned.places) == (1, [[7500, 1000, 500, 3000]])
    assert list(EssayPage.objects.values_list("places", "quarters", "confirmed")) == [
        ([[1000, 2000, 3000, 500]], 0, True),
        ([], 0, True),
    ]

    done = press(2, "release", 1).content.decode()
    copy.refresh_from_db()

    assert "The painted pages are what judges will see." in done
    assert (copy.state, copy.doubts) == ("released", [])
    page = copy.pages.first()
    assert page.file.name.startswith("copies/") and essay.entry.public_id.hex not in page.file.name
    with page.file.open("rb") as file:
        shown = Image.open(io.BytesIO(file.read()))
    assert (shown.size, shown.info.keys() & {"exif", "comment", "icc_profile"}) == ((600, 800), set())
    assert shown.getpixel((150, 180)) == (0, 0, 0) and sum(shown.getpixel((400, 180))) > 60
    assert 'name="act" value="confirm"' not in done  # released: nothing moves any more
    assert press(1, "undo", 6).content.decode().count("cannot be painted now") == 1
    assert [
        (event.action, event.data.get("pages")) for event in LedgerEvent.objects.filter(subject_kind="blindcopy")
    ] == [("blindcopy.painted", 2), ("blindcopy.released", None)]

    # Held back, painted further, released again: the earlier pictures go.
    client.post(reverse("organizer_release", args=where), {"act": "hold"})
    before = files(settings)
    press(1, "add", 6, left=0, top=0, width=100, height=100)
    # The pictures that are there lack the new place: the ordinary button does not let them out.
    client.post(reverse("organizer_release", args=where))
    assert (BlindCopy.objects.get().state, "pictures_unpainted" in BlindCopy.objects.get().doubts) == ("held", True)
    press(1, "confirm", 7)
    with django_capture_on_commit_callbacks(execute=True):
        press(1, "release", 8)
    assert BlindCopy.objects.get().state == "released"
    assert len(files(settings)) == len(before) and files(settings) != before


def test_places_drawn_by_hand_are_saved_by_themselves_and_two_people_do_not_overwrite_each_other():
    essay = sent_pictures(1)
    client = signed_in(ContestOrganizerFactory(contest=essay.entry.contest).user)
    room = reverse("organizer_pages", args=[essay.entry.contest.slug, essay.entry.public_id, 1])

    def save(revision, places):
        data = {"page": 1, "revision": revision, "act": "save", "places": places}
        answer = client.post(room, data, headers={"x-requested-with": "fetch"})
        return answer.status_code, answer.json() if answer["Content-Type"] == "application/json" else {}

    painting.confirm(essay.pages.get(), 0, True)
    first = save(1, json.dumps([[100, 200, 300, 400]]))
    second = save(1, json.dumps([[1, 1, 99, 99]]))
    save(2, "[[1, 2")
    save(2, "[" * 100_000)

    page = essay.pages.get()
    assert first == (200, {"saved": True, "revision": 2})
    assert second == (409, {"saved": False, "outdated": True})
    assert (page.places, page.confirmed, page.revision) == ([[100, 200, 300, 400]], False, 2)


def test_a_mentor_paints_a_pupils_pages_and_an_entrant_or_stranger_does_not():
    mentor = UserFactory()
    pupils, own = sent_pictures(1, mentor=mentor), sent_pictures(1)
    room, own_room = (reverse("entry_pages", args=[one.entry.public_id]) for one in (pupils, own))
    client = signed_in(mentor)

    invited = client.get(reverse("entry", args=[pupils.entry.public_id])).content.decode()
    told = signed_in(own.entry.owner).get(reverse("entry_copy", args=[own.entry.public_id])).content.decode()
    strangers = [
        signed_in(own.entry.owner).get(own_room).status_code,
        signed_in(own.entry.owner).get(room).status_code,
        client.get(own_room).status_code,
        client.get(reverse("entry_pages_picture", args=[own.entry.public_id, 1])).status_code,
    ]
    client.post(room, {"page": 1, "revision": 0, "act": "add", "left": 5, "top": 5, "width": 50, "height": 10})
    client.post(room, {"page": 1, "revision": 1, "act": "confirm"})
    client.post(room, {"page": 1, "revision": 2, "act": "release"})
    pupils.blind_copy.refresh_from_db()
    picture_of = client.get(reverse("entry_copy_picture", args=[pupils.entry.public_id, 1]))
    page = client.get(reverse("entry_copy", args=[pupils.entry.public_id])).content.decode()
    # What a judge or an organizer stopped is not the mentor's to let out again.
    copies.hold(pupils.blind_copy, None, "identity_visible")
    client.post(room, {"page": 1, "revision": 2, "act": "undo"})
    painting.keep_places(pupils.pages.get(), 2, [[500, 500, 5000, 1000]])  # an organizer does, and it stays theirs
    client.post(room, {"page": 1, "revision": 3, "act": "undo"})

    assert room in invited and "A person paints over what tells who you are" in told
    assert strangers == [404, 404, 404, 404]
    assert picture_of.status_code == 200 and "page 1 of 1" in page
    assert pupils.pages.get().places == [[500, 500, 5000, 1000]]


def test_judges_see_painted_pages_behind_their_own_door_only():
    contest = open_contest(formats=FORMATS)
    essay = painted(sent_pictures(2, contest=contest), [[0, 0, 5000, 500]])
    BlindCopy.objects.update(admitted=True)
    contest.opens_at, contest.closes_at = moment(-40), moment(-20)
    contest.screening_ends_at = contest.corrections_end_at = contest.judging_starts_at = moment(-10)
    contest.judging_ends_at, contest.session_ends_at, contest.results_at = moment(10), moment(20), moment(30)
    contest.save()
    rules(contest)
    rubric(contest)
    from tests.factories.story import AssignmentFactory

    seat, stranger = SeatFactory(contest=contest), SeatFactory(contest=contest)
    assignment = AssignmentFactory(copy=essay.blind_copy, seat=seat, contest=contest)
    door = reverse("copy_picture", args=[assignment.public_id, 1])
    judge = signed_in(seat.user, "ru")

    desk = judge.get(reverse("reading_desk", args=[assignment.public_id])).content.decode()
    answer = judge.get(door)
    refused = [
        signed_in(stranger.user).get(door).status_code,
        judge.get(reverse("copy_picture", args=[assignment.public_id, 3])).status_code,
        judge.get(reverse("organizer_pages_picture", args=[contest.slug, essay.entry.public_id, 1, 1])).status_code,
    ]
    copies.hold(BlindCopy.objects.get(), None, "organizer")

    assert door in desk and "[УЧАСТНИК]" not in desk
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "no-store, private" or "no-store" in answer["Cache-Control"]
    assert not {"Last-Modified", "ETag"} & set(answer.headers)
    assert answer["Content-Disposition"] == 'inline; filename="page.jpg"'
    assert refused == [404, 404, 404]
    assert judge.get(door).status_code == 404  # held: nothing of it can be had any more


def test_once_the_ranking_is_approved_no_page_is_painted_and_none_released(monkeypatch):
    essay = sent_pictures()
    organizer = ContestOrganizerFactory(contest=essay.entry.contest).user
    client, arguments = signed_in(organizer), [essay.entry.contest.slug, essay.entry.public_id, 1]
    sheet, why = reverse("organizer_pages", args=arguments), "The ranking is approved, so copies stay"
    for page in essay.pages.all():
        painting.confirm(page, 0, True)
    monkeypatch.setattr(hooks, "approval_checks", [lambda contest: True])

    shown = client.get(sheet).content.decode()
    painted_late = client.post(
        sheet, {"act": "save", "page": 1, "revision": 1, "places": "[[0, 0, 500, 500]]"}, follow=True
    )
    client.post(sheet, {"act": "release", "page": 1, "revision": 1})
    instead = client.post(reverse("organizer_pages_instead", args=arguments), follow=True).content.decode()

    assert why in shown and reverse("organizer_ranking", args=arguments[:1]) in shown and 'value="release"' not in shown
    assert why in painted_late.content.decode() and why in instead
    assert EssayPage.objects.get(number=1).places == [] and Essay.objects.get().stays_pictures is False
    assert (BlindCopy.objects.get().state, BlindCopy.objects.get().pages.count()) == ("held", 0)
    with pytest.raises(Refused):
        painting.release(essay, organizer)


def test_a_changed_application_and_a_new_version_ask_for_another_look():
    essay = painted(sent_pictures(1), [[0, 0, 900, 900]])
    entry = essay.entry

    actions.change(entry, entry.owner, {"surname": "Ледоходова"})
    blinding.blind(essay.pk)
    again = Essay.objects.select_related("blind_copy").get()
    painting.release(again, None)
    pages.hand_in(entry, entry.owner)
    newest = Essay.objects.get(is_current=True)
    blinding.blind(newest.pk)
    newest.refresh_from_db()

    assert again.pages.get().places == [[0, 0, 900, 900]]  # the paint stays, and is looked at once more
    assert list(BlindCopy.objects.order_by("pk").values_list("state", "doubts")) == [
        ("superseded", []),
        ("superseded", []),
        ("held", ["pictures_unpainted"]),
    ]
    assert (newest.version, newest.pages.get().places) == (2, [])


@pytest.mark.parametrize("count", [1, 3])
def test_the_painting_page_asks_the_database_as_often_for_three_pages_as_for_one(count, django_assert_max_num_queries):
    essay = sent_pictures(count)
    client = signed_in(ContestOrganizerFactory(contest=essay.entry.contest).user)
    room = reverse("organizer_pages", args=[essay.entry.contest.slug, essay.entry.public_id, 1])
    client.get(room)

    with django_assert_max_num_queries(15):
        assert client.get(room).content.decode().count("steps-pages") == 1

"""An essay that comes as pictures, from the author's telephone to what is handed in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from essays.entries import actions, pages, versions
from essays.entries.models import Entry, Essay
from essays.entries.page_models import DraftPage, EssayPage
from essays.entries.refusals import Refused
from tests.entries.picture_entries import FORMATS, files, signed_in
from tests.factories.applications import filled, open_contest
from tests.factories.pictures import picture, scan
from tests.factories.story import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare_machine")]


def test_pages_are_added_ordered_taken_away_and_handed_in(settings, django_capture_on_commit_callbacks):
    entry = filled(open_contest(formats=FORMATS))
    client, place = signed_in(entry.owner), reverse("entry_draft_pages", args=[entry.public_id])
    Entry.objects.update(title="Письмо от руки")

    led = client.post(
        reverse("entry_essay", args=[entry.public_id]), {"file": picture("IMG_0001.JPG", seed=1)}
    )  # the ordinary field knows pictures too
    alone = client.post(
        place, {"pages": SimpleUploadedFile("b.jpg", b"\xff\xd8\xff")}, headers={"x-requested-with": "fetch"}
    )
    refused = client.post(
        place,
        {"pages": [picture("второй.jpg", 2), SimpleUploadedFile("плохой.jpg", b"\xff\xd8\xff"), picture("3.png", 3)]},
    )
    ids = dict(DraftPage.objects.values_list("original_name", "pk"))
    client.post(place, {"up": ids["3.png"]})
    client.post(place, {"down": ids["IMG_0001.JPG"]})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(place, {"away": ids["второй.jpg"]})
    shown = client.get(place).content.decode()
    own = client.get(reverse("entry_draft_picture", args=[entry.public_id, ids["3.png"]]))

    assert led.url == place
    assert alone.json()["refusals"] == [
        "The picture is damaged and cannot be opened. Take it again and choose it once more."
    ]
    assert refused.status_code == 422 and "плохой.jpg: The picture is damaged" in refused.content.decode()
    assert list(DraftPage.objects.values_list("number", "original_name")) == [(1, "3.png"), (2, "IMG_0001.JPG")]
    assert "page 1 of 2" in shown and "All pages are here" in shown
    assert (own["Content-Type"], own["Content-Disposition"]) == ("image/jpeg", 'inline; filename="page.jpg"')

    done = client.post(place, {"hand_in": "yes"}, follow=True).content.decode()
    essay = Essay.objects.get()

    assert "The essay is here: 2 pages." in done
    assert (essay.format, essay.page_count, essay.characters, essay.original_name) == ("pictures", 2, 0, "pages.zip")
    assert list(essay.pages.values_list("sha256", flat=True)) == list(
        DraftPage.objects.values_list("sha256", flat=True)
    )
    assert "consists of these pages, in this order" in client.get(place).content.decode()
    assert "2 pages" in client.get(reverse("entry_essay", args=[entry.public_id])).content.decode()

    # Once more in another order: what was never sent is replaced, and no file of it stays.
    client.post(place, {"up": ids["IMG_0001.JPG"]})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(place, {"hand_in": "yes"})
    assert Essay.objects.get().version == 1 and EssayPage.objects.count() == 2
    assert len(files(settings)) == 5  # three of the version in force, two that lie ready
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(entry, entry.owner)
    assert files(settings) == set()


def test_a_page_too_many_a_strange_contest_and_a_late_hour_are_refused(settings):
    entry = filled(open_contest(formats=FORMATS))
    elsewhere = filled(open_contest())
    first = pages.add(entry, entry.owner, picture())
    DraftPage.objects.bulk_create(
        [DraftPage(entry=entry, number=number, file=first.file, width=9, height=9) for number in range(2, 13)]
    )
    before = files(settings)

    with pytest.raises(Refused, match="too_many_pages"):
        pages.add(entry, entry.owner, picture())
    with pytest.raises(Refused, match="format"):
        pages.add(elsewhere, elsewhere.owner, picture())
    with pytest.raises(Refused, match="type_mismatch"):
        pages.add(entry, entry.owner, SimpleUploadedFile("a.jpg", b"%PDF-1.4 nothing"))
    entry.contest.closes_at = moment(-1)
    with pytest.raises(Refused, match="closed"):
        pages.hand_in(entry, entry.owner)

    assert files(settings) == before
    page = signed_in(elsewhere.owner).get(reverse("entry_draft_pages", args=[elsewhere.public_id]))
    assert page.status_code == 404


def test_pages_that_lie_ready_go_when_nobody_can_change_the_application_any_more(
    settings, django_capture_on_commit_callbacks
):
    entry = filled(open_contest(formats=FORMATS))
    pages.add(entry, entry.owner, picture())
    essay = pages.hand_in(entry, entry.owner)

    early = pages.sweep_drafts(entry.contest.judging_starts_at)
    with django_capture_on_commit_callbacks(execute=True):
        late = pages.sweep_drafts(moment(1000))

    kept = {str(essay.file.name), *(str(page.file.name) for page in essay.pages.all())}
    assert (early, late, DraftPage.objects.count(), files(settings)) == (0, 1, 0, kept)


def test_a_scan_is_taken_where_pictures_are_and_refused_elsewhere(settings):
    entry, elsewhere = filled(open_contest(formats=FORMATS)), filled(open_contest())
    upload = scan(2)

    essay = versions.attach(entry, entry.owner, SimpleUploadedFile("скан.pdf", upload))
    with pytest.raises(Refused, match="no_text"):
        versions.attach(elsewhere, elsewhere.owner, SimpleUploadedFile("скан.pdf", upload))
    with pytest.raises(Refused, match="too_many_pages"):
        versions.attach(entry, entry.owner, SimpleUploadedFile("скан.pdf", scan(13)))

    assert (essay.format, essay.page_count, essay.original_name) == ("scan", 2, "скан.pdf")
    assert Essay.objects.get(is_current=True) == essay  # the refused file took nothing away
    assert len(files(settings)) == 3

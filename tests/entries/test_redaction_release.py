"""Copies that wait on the redaction desk: the check again, the order, the release, a newer engine or version."""

import json
import re

import pytest
from django.urls import reverse

from essays.anonymity import actions as copies
from essays.anonymity.models import BlindCopy, CopyAlarm
from essays.contests.models import Contest
from essays.entries import blinding, originals, redacting, redaction_queue, remarking, versions
from essays.entries.models import Entry, Essay
from essays.entries.redacting import Wish
from essays.entries.redaction_models import Redaction
from essays.ledger.models import LedgerEvent
from tests.entries.desk import TEXT, address, copy_of, essay_of, held, place, signed_in
from tests.factories.applications import blinded, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


def test_the_check_runs_again_and_a_person_confirms_what_it_still_finds(entry, organizer):
    held(entry)
    client = signed_in(organizer)

    client.post(address(entry, "decide"), {"act": "show", **place(entry, "Мария Ребрихина")})
    page = client.get(address(entry)).content.decode()
    plain = client.post(address(entry, "release"), {"revision": 1}, follow=True).content.decode()
    by_the_copy = client.post(reverse("organizer_release", args=[entry.contest.slug, entry.public_id, 1]), follow=True)
    still = copy_of(entry)
    client.post(address(entry, "release"), {"revision": 1, "despite": "yes"})

    assert "The check still finds the author&#x27;s name." in page and 'name="despite"' in page
    assert "place-doubt" in page
    assert "Hide the place, or confirm" in plain and "Look at the places first" in by_the_copy.content.decode()
    assert still.state == "held" and any(doubt.startswith("leak:author") for doubt in still.doubts)
    assert (copy_of(entry).state, copy_of(entry).doubts) == ("released", [])
    event = LedgerEvent.objects.get(action="blindcopy.released_despite")
    assert event.actor_ref == organizer.pk and event.data["despite"][0].startswith("leak:author")


def test_a_released_copy_that_begins_to_tell_the_author_is_held_back(entry, organizer):
    assert copy_of(entry).state == "released"

    signed_in(organizer).post(address(entry, "decide"), {"act": "show", **place(entry, "Мария Ребрихина")})

    assert (copy_of(entry).state, copy_of(entry).doubts) == ("held", ["leak:shown"])


def test_the_gravest_doubt_comes_first_and_release_leads_to_the_next(contest, organizer):
    entries = [blinded(contest, text=TEXT, given_name=f"Мария{'я' * n}") for n in range(4)]
    held(entries[0], "converted")
    held(entries[1], "not_confident")
    held(entries[2], "leak:author: surname")
    copies.raise_alarm(copy_of(entries[3]), organizer, "Видно по городу")
    client = signed_in(organizer)

    page = client.get(reverse("organizer_redaction", args=[contest.slug])).content.decode()
    filtered = client.get(reverse("organizer_redaction", args=[contest.slug]) + "?why=judge").content.decode()
    away = client.post(address(entries[2], "release"), {"revision": copy_of(entries[2]).revision})
    rest = client.get(reverse("organizer_redaction", args=[contest.slug])).content.decode()

    order = [entries[2], entries[3], entries[1], entries[0]]
    assert re.findall(r'<td data-label="№">(\d+)</td>', page) == [str(one.number) for one in order]
    assert f"Begin with № {entries[2].number}" in page and "0 of 4 copies are looked at" in page
    assert re.findall(r'<td data-label="№">(\d+)</td>', filtered) == [str(entries[3].number)]
    assert away["Location"] == address(entries[3])
    assert "1 of 4 copies are looked at" in rest and redaction_queue.count(contest) == 3


def test_where_a_contest_admits_by_itself_a_released_copy_is_enough(entry, organizer, contest):
    Contest.objects.filter(pk=contest.pk).update(admits_itself=True)
    Entry.objects.update(state=Entry.State.RECEIVED)
    held(entry)

    signed_in(organizer).post(address(entry, "release"), {"revision": 0})

    entry.refresh_from_db()
    assert (entry.state, copy_of(entry).admitted) == ("admitted", True)


def test_decisions_survive_a_newer_engine_and_a_new_version(entry, organizer, contest):
    client = signed_in(organizer)
    client.post(address(entry, "decide"), {"act": "show", **place(entry, "Анна Петровна Тестова")})
    client.post(address(entry, "decide"), {"act": "hide_all", "words": "зюзюка", "revision": copy_of(entry).revision})
    first = copy_of(entry)
    BlindCopy.objects.filter(pk=first.pk).update(doubts=["organizer", "leak:shown"], state=BlindCopy.State.HELD)

    blinding.retry(essay_of(entry), organizer)
    blinding.blind(essay_of(entry).pk)
    anew = copy_of(entry)

    versions.attach(entry, entry.owner, upload("Совсем другой текст, и в нём снова зюзюка.\n" + TEXT))
    blinding.blind(essay_of(entry).pk)
    newer = copy_of(entry)

    assert anew.pk != first.pk and anew.text == first.text and "Анна Петровна Тестова" in anew.text
    # What an organizer held back stays held, however clean a second copy is.
    assert anew.state == "held" and "organizer" in anew.doubts
    assert newer.text.startswith("Совсем другой текст, и в нём снова [СКРЫТО].") and "Тестова" not in newer.text


def test_an_essay_from_before_the_desk_is_read_once_more(entry, organizer):
    Redaction.objects.all().delete()
    Essay.objects.update(spans=[{k: v for k, v in s.items() if k != "tag"} for s in essay_of(entry).spans])
    client = signed_in(organizer)

    page = client.get(address(entry)).content.decode()
    changed = client.post(address(entry, "decide"), {"act": "show", **place(entry, "Прохор")})

    assert "place-hidden" in page and changed.status_code == 302
    assert copy_of(entry).text.count("Прохор") == 1
    Redaction.objects.all().delete()
    Essay.objects.update(file="none/at-all")
    assert "The original cannot be read any more" in client.get(address(entry)).content.decode()


def test_nothing_of_the_desk_reaches_the_copy(entry, organizer):
    """What people decide, remark and raise alarm about is kept beside the copy, never in what judges read."""
    canary = "Канарейкин"
    copies.raise_alarm(copy_of(entry), organizer, canary)
    remarking.remark(essay_of(entry).pk, "missed", canary, canary, entry.owner)
    redacting.decide(essay_of(entry).pk, Wish(True, words="зюзюка"), 0, organizer)
    copy = copy_of(entry)
    mine = signed_in(entry.owner).get(reverse("entry_copy", args=[entry.public_id])).content.decode()

    row = json.dumps(
        {field.attname: getattr(copy, field.attname) for field in BlindCopy._meta.concrete_fields},
        default=str,
        ensure_ascii=False,
    )
    assert canary not in row and "зюзюка" not in row and "Ребрихина" not in row
    # The author reads the own remark, and never the judge's words.
    assert mine.count(canary) == 2
    redacting.release(essay_of(entry).pk, copy.revision, organizer)
    assert not CopyAlarm.objects.filter(settled=False).exists()


def test_what_a_files_properties_say_is_kept_whatever_is_in_it(entry):
    from essays.anonymity.document import paragraphs
    from essays.anonymity.pipeline import Blinded

    odd = Blinded(paragraphs(["а"]), "", "а", "", [], [], "1", paragraphs(["а"]), [], ["Ма\0ша \ud800", "Word"])

    originals.keep(essay_of(entry), odd, [])

    assert Redaction.objects.get().metadata_strings == ["Маша ", "Word"]

"""The redaction desk as an organizer uses it: places, words, steps, and who may."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from essays.anonymity import actions as copies
from essays.contests import hooks
from essays.entries import redaction_reasons, remarking
from essays.entries.models import Entry
from essays.entries.redaction_models import Redaction
from essays.ledger.models import LedgerEvent
from tests.entries.desk import PEOPLE, TEXT, address, copy_of, essay_of, held, move_to, place, signed_in
from tests.factories.applications import blinded, filled
from tests.factories.story import ContestOrganizerFactory, moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


def test_a_place_is_hidden_and_shown_here_and_everywhere_and_words_are_hidden_by_themselves(entry, organizer):
    held(entry)
    client = signed_in(organizer)
    before = copy_of(entry)
    assert before.text.count("[ЧЕЛОВЕК 1]") + before.text.count("[СОСЕД]") >= 2

    client.post(address(entry, "decide"), {"act": "show", **place(entry, "Прохор")})
    here = copy_of(entry)
    client.post(address(entry, "decide"), {"act": "show_all", **place(entry, "Прохор")})
    everywhere = copy_of(entry)
    client.post(address(entry, "decide"), {"act": "hide", "kind": "link", **place(entry, "юзюк")})
    more = copy_of(entry)
    client.post(
        address(entry, "decide"), {"act": "hide_all", "words": "ПРОХОР", "kind": "hidden", "revision": more.revision}
    )
    last = copy_of(entry)

    assert (here.text.count("Прохор"), everywhere.text.count("Прохор"), last.text.count("Прохор")) == (1, 2, 0)
    # Half a word was selected: the whole word is hidden.
    assert "Кодовое слово: [ССЫЛКА]." in more.text and "Кодовое слово: " in more.html and "зюзюк" not in more.html
    assert last.text.count("[СКРЫТО]") + last.text.count("[ЧЕЛОВЕК 1]") >= 2
    assert [here.revision, everywhere.revision, more.revision, last.revision] == [1, 2, 3, 4]
    assert last.characters == sum(sign not in "\n\t" for sign in last.text)
    told = LedgerEvent.objects.filter(action="essay.redacted").values_list("data", flat=True)
    assert [(one["hidden"], one["shown"]) for one in told] == [(0, 1), (0, 1), (1, 0), (2, 0)]
    assert "Прохор" not in json.dumps(list(LedgerEvent.objects.values_list("data", flat=True)), ensure_ascii=False)


def test_the_title_is_redacted_too(contest, organizer):
    entry = blinded(contest, text=TEXT, title="Прохор и паспорт")
    shown = {"act": "hide_all", "words": "Прохор", "kind": "person", "revision": 0}

    signed_in(organizer).post(address(entry, "decide"), {**shown, "act": "show_all"})
    opened = copy_of(entry)
    signed_in(organizer).post(address(entry, "decide"), {**shown, "revision": opened.revision})

    assert (opened.title, copy_of(entry).title) == ("Прохор и паспорт", "[ЧЕЛОВЕК 1] и паспорт")


def test_all_forms_of_a_word_are_named_before_they_are_hidden_and_the_step_is_undone(contest, organizer):
    entry = blinded(contest, text=PEOPLE, title="О зюзюке")
    client, script = signed_in(organizer), {"headers": {"x-requested-with": "XMLHttpRequest"}}
    before, at = copy_of(entry), {"words": "зюзюка", "kind": "link", "act": "hide_forms"}

    asked = client.post(address(entry, "decide"), {**at, "revision": 0}, **script).json()
    plain = client.post(address(entry, "decide"), {**at, "revision": 0}).content.decode()
    unchanged = copy_of(entry).revision
    done = client.post(address(entry, "decide"), {**at, "revision": 0, "seen": 3}, **script).json()
    hidden = copy_of(entry)
    client.post(address(entry, "decide"), {"act": "undo", "revision": 1})
    undone = copy_of(entry)

    for page in (asked["html"], plain):
        assert "3 places will be hidden:" in page and "Hide all 3" in page and "Only as written: 1" in page
        assert all(f">{word}</q>" in page for word in ("зюзюке", "зюзюка", "зюзюки"))
    assert (asked["said"], unchanged, done["said"]) == ("", 0, "3 places are hidden.")
    assert "“зюзюка” was hidden in all its forms." in done["html"]
    assert (hidden.title, hidden.text.count("[ССЫЛКА]"), "зюзюк" in hidden.html) == ("О [ССЫЛКА]", 2, False)
    assert (undone.title, undone.text, undone.html) == (before.title, before.text, before.html)
    assert Redaction.objects.get(essay=essay_of(entry)).decisions == []


def test_a_card_says_how_many_places_its_button_reaches_and_every_step_can_be_undone(contest, organizer):
    entry = blinded(contest, text=PEOPLE)
    client, before = signed_in(organizer), copy_of(entry)
    assert "Гречихов" not in before.text
    card = {**place(entry, "Гречихова"), "seen": 5}

    page = client.get(address(entry)).content.decode()
    client.post(address(entry, "decide"), {**card, "act": "show_forms"})
    shown = copy_of(entry)
    client.post(address(entry, "decide"), {**card, "act": "hide_forms", "revision": 1})
    again = copy_of(entry)
    for revision in (2, 3):
        client.post(address(entry, "decide"), {"act": "undo", "revision": revision})
    nothing = client.post(address(entry, "decide"), {"act": "undo", "revision": 4}, follow=True).content.decode()

    assert "Everywhere: 5" in page and "Only as written: 2" in page and 'name="seen" value="5"' in page
    assert shown.text.count("Гречихов") == 5 and again.text == before.text == copy_of(entry).text
    assert "There is nothing to undo." in nothing
    told = LedgerEvent.objects.filter(action="essay.redacted").values_list("data", flat=True)
    assert [(one["hidden"], one["shown"]) for one in told] == [(0, 5), (5, 0), (0, 5), (5, 0)]


def test_once_the_ranking_is_approved_the_desk_is_closed_and_says_why(entry, organizer, contest, monkeypatch):
    client, why = signed_in(organizer), "The ranking is approved, so copies stay as the jury has read them."
    approved = [lambda one: one.pk == contest.pk]
    monkeypatch.setattr(hooks, "approval_checks", approved)
    copy_page = reverse("organizer_release", args=[contest.slug, entry.public_id, 1])

    page = client.get(address(entry)).content.decode()
    answers = [
        client.post(address(entry, "decide"), {"act": "show", **place(entry, "Прохор")}, follow=True),
        client.post(address(entry, "decide"), {"act": "undo", "revision": 0}, follow=True),
        client.post(address(entry, "release"), {"act": "hold"}, follow=True),
        client.post(copy_page, {"act": "hold"}, follow=True),
    ]
    stood = copy_of(entry).state, copy_of(entry).revision
    held(entry)
    answers += [
        client.post(address(entry, "release"), {"revision": 0}, follow=True),
        client.post(copy_page, follow=True),
    ]
    answers.append(client.post(reverse("organizer_retry", args=[contest.slug, entry.public_id, 1]), follow=True))
    last = copy_of(entry).state, essay_of(entry).state
    approved.clear()
    client.post(address(entry, "decide"), {"act": "show", **place(entry, "Прохор")})

    assert why in page and reverse("organizer_ranking", args=[contest.slug]) in page and 'value="show"' not in page
    assert [why in answer.content.decode() for answer in answers] == [True] * 7
    assert (stood, last) == (("released", 0), ("held", "blinded"))
    assert copy_of(entry).revision == 1


def test_of_two_organizers_the_second_is_told_and_nothing_is_lost(entry, organizer, contest):
    held(entry)
    second = signed_in(ContestOrganizerFactory(contest=contest).user)
    seen = place(entry, "Прохор")
    other = {**place(entry, "паспорт"), "act": "hide", "kind": "hidden"}
    signed_in(organizer).post(address(entry, "decide"), {"act": "show", **seen})

    refused = second.post(address(entry, "decide"), other, headers={"x-requested-with": "XMLHttpRequest"})
    release = second.post(address(entry, "release"), {"revision": 0}, follow=True).content.decode()
    answer = refused.json()

    assert refused.status_code == 409 and "Somebody else has just changed this copy" in answer["said"]
    assert 'name="revision" value="1"' in answer["html"] and "Somebody else has just changed" in release
    assert (copy_of(entry).state, copy_of(entry).text.count("Прохор")) == ("held", 1)
    again = second.post(
        address(entry, "decide"), {**other, "revision": 1}, headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert (again.status_code, again.json()["said"]) == (200, "1 place is hidden.")


def test_the_desk_shows_the_number_and_never_the_code(entry, organizer):
    copies.raise_alarm(copy_of(entry), organizer, f"В работе {entry.code} названа <b>улица</b>")
    client = signed_in(organizer)

    pages = [client.get(address(entry)), client.get(reverse("organizer_redaction", args=[entry.contest.slug]))]

    assert all(entry.code not in page.content.decode() for page in pages)
    assert "В работе … названа &lt;b&gt;улица&lt;/b&gt;" in pages[0].content.decode()
    assert f"№ {entry.number}" in pages[0].content.decode()


def test_decided_places_are_closed_and_wrong_words_are_refused(entry, organizer, contest):
    client = signed_in(organizer)
    script = {"headers": {"x-requested-with": "XMLHttpRequest"}}

    nowhere = client.post(address(entry, "decide"), {"act": "hide_all", "words": "Гвадалупа", "revision": 0}, **script)
    empty = client.post(address(entry, "decide"), {"act": "hide", "revision": 0}, **script)
    odd = client.post(address(entry, "decide"), {"act": "burn", "revision": "x"}, **script)
    move_to(contest, "after", announced_at=moment(-1))
    late = client.post(address(entry, "decide"), {"act": "show", **place(entry, "Прохор")}, **script)

    assert [one.status_code for one in (nowhere, empty, odd, late)] == [422] * 4
    assert "do not stand in the essay" in nowhere.json()["said"]
    assert "cannot be changed any more" in late.json()["said"]
    assert copy_of(entry).revision == 0


def test_pages_ask_as_many_questions_for_three_rows_as_for_one(contest, organizer):
    client = signed_in(organizer)

    def add() -> Entry:
        made = blinded(contest, text=TEXT, given_name="Мария" + "я" * Entry.objects.count())
        copies.raise_alarm(copy_of(made), organizer, "слова")
        remarking.remark(essay_of(made).pk, "missed", "зюзюка", "", made.owner)
        return made

    def asked(where: str) -> int:
        client.get(where)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(where).status_code == 200
        return len(seen)

    one = add()
    queue = reverse("organizer_redaction", args=[contest.slug])
    first = asked(queue), asked(address(one))
    for _ in range(2):
        add()
        remarking.remark(essay_of(one).pk, "needless", "[ШКОЛА]", "", one.owner)

    assert (asked(queue), asked(address(one))) == first
    assert max(first) <= 15


def test_a_draft_has_no_desk(contest, organizer):
    draft = filled(contest)

    assert signed_in(organizer).get(address(draft)).status_code == 404


def test_every_kind_of_place_has_its_words():
    with translation.override("en"):
        said = [redaction_reasons.reason("some rule", kind) for kind in ("inn", "place", "post", "of-tomorrow")]
        found = redaction_reasons.reason("author: surname", "leak")

    assert said == [
        "It looks like a number of a document, an application or a card.",
        "A place that tells where the author lives.",
        "A post that only one person of a place holds.",
        "The program takes it for something that tells who the author is.",
    ]
    assert found == "The check still finds the author's name."

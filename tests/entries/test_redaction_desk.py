"""The redaction desk as an organizer uses it, the entrant's remarks, and a judge who can tell who wrote it."""

import json
import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from essays.anonymity import actions as copies
from essays.anonymity.models import BlindCopy, CopyAlarm
from essays.contests import hooks
from essays.contests.models import Contest
from essays.entries import blinding, originals, redacting, redaction_queue, redaction_reasons, remarking, versions
from essays.entries.models import Entry, Essay
from essays.entries.redacting import Wish
from essays.entries.redaction_models import CopyRemark, Redaction
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from essays.outbox.rendering import message_of
from essays.people.models import User
from tests.factories.applications import blinded, filled, open_contest, upload
from tests.factories.story import ContestFactory, ContestOrganizerFactory, UserFactory, moment

pytestmark = pytest.mark.django_db

TEXT = (
    "Меня зовут Мария Ребрихина, я учусь в 9 «А» классе.\n\n"
    "Летом я получала паспорт через портал. Мне помог сосед Прохор, и Прохор был рад.\n\n"
    "Больше всего мне помогла учительница Анна Петровна Тестова. Кодовое слово: зюзюка.\n"
)

MOMENTS = (
    "opens_at",
    "closes_at",
    "screening_ends_at",
    "corrections_end_at",
    "judging_starts_at",
    "judging_ends_at",
    "session_ends_at",
    "results_at",
)


@pytest.fixture(autouse=True)
def private_files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def contest() -> Contest:
    return open_contest()


@pytest.fixture
def entry(contest: Contest) -> Entry:
    return blinded(contest, text=TEXT)


@pytest.fixture
def organizer(contest: Contest) -> User:
    return ContestOrganizerFactory(contest=contest).user


def signed_in(user: User | None, language: str = "en") -> Client:
    assert user is not None
    client = Client(headers={"accept-language": language})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def move_to(contest: Contest, stage: str, announced_at: datetime | None = None) -> None:
    then = ContestFactory.build(stage=stage)
    for name in MOMENTS:
        setattr(contest, name, getattr(then, name))
    contest.announced_at = announced_at
    contest.save()


def essay_of(entry: Entry) -> Essay:
    return Essay.objects.current().select_related(*redacting.JOINED).get(entry=entry)


def copy_of(entry: Entry) -> BlindCopy:
    copy = essay_of(entry).blind_copy
    assert copy is not None
    return copy


def held(entry: Entry, *doubts: str) -> BlindCopy:
    copy = copy_of(entry)
    BlindCopy.objects.filter(pk=copy.pk).update(state=BlindCopy.State.HELD, doubts=list(doubts) or ["not_confident"])
    copy.refresh_from_db()
    return copy


def address(entry: Entry, what: str = "desk", *more: Any) -> str:
    return reverse(f"organizer_redaction_{what}", args=[entry.contest.slug, entry.public_id, *more])


def place(entry: Entry, words: str, nth: int = 0) -> dict[str, Any]:
    """The fields of the form of a place in the original's text."""
    text = Redaction.objects.get(essay=essay_of(entry)).original.text
    start = [match.start() for match in re.finditer(re.escape(words), text)][nth]
    return {"scope": "text", "start": start, "end": start + len(words), "revision": copy_of(entry).revision}


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


PEOPLE = (
    "Меня зовут Мария Ребрихина. Нам помог Гречихов: у Гречихова есть опыт. Гречихову мы верим, и Гречихов рад.\n\n"
    "Мы вместе с Гречиховым ходили в МФЦ. Слово зюзюка и ещё раз зюзюки.\n"
)


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


def test_the_desk_shows_the_number_and_never_the_code(entry, organizer):
    copies.raise_alarm(copy_of(entry), organizer, f"В работе {entry.code} названа <b>улица</b>")
    client = signed_in(organizer)

    pages = [client.get(address(entry)), client.get(reverse("organizer_redaction", args=[entry.contest.slug]))]

    assert all(entry.code not in page.content.decode() for page in pages)
    assert "В работе … названа &lt;b&gt;улица&lt;/b&gt;" in pages[0].content.decode()
    assert f"№ {entry.number}" in pages[0].content.decode()


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


def test_an_entrant_points_at_what_was_missed_and_reads_the_answer(entry, organizer):
    author, client = signed_in(entry.owner), signed_in(organizer)
    send = reverse("entry_remark", args=[entry.public_id])

    bad = author.post(send, {"kind": "missed", "words": ""})
    author.post(send, {"kind": "missed", "words": "зюзюка", "note": "Так меня зовут в школе <b>"})
    mine = author.get(reverse("entry_copy", args=[entry.public_id])).content.decode()
    desk = client.get(address(entry)).content.decode()
    remark = CopyRemark.objects.get()
    User.objects.filter(pk=entry.owner_id).update(language="en")
    wait = redaction_queue.waiting(entry.contest)
    client.post(address(entry, "answer", remark.pk), {"outcome": "done", "answer": "Спасибо, скрыли."})
    second = client.post(address(entry, "answer", remark.pk), {"outcome": "kept", "answer": "Нет"}, follow=True)
    answered = author.get(reverse("entry_copy", args=[entry.public_id])).content.decode()

    assert bad.status_code == 422 and "the organizer is looking" in mine
    # Nobody judges yet: the copy comes back at once.
    assert (copy_of(entry).state, copy_of(entry).doubts) == ("held", ["entrant_remark"])
    assert wait[0].groups == {"author"}
    assert "Так меня зовут в школе &lt;b&gt;" in desk and "The author of the essay pointed at this place." in desk
    letter = Letter.objects.get(name="remark_answered")
    message = message_of(letter)
    assert letter.to == entry.email and "entry № " in message.subject
    assert all(words in message.body for words in ("“зюзюка”", "The copy was changed.", "Спасибо, скрыли."))
    assert reverse("entry_copy", args=[entry.public_id]) in message.body and "Прохор" not in message.body
    assert LedgerEvent.objects.filter(action="essay.remark_answered").count() == 1
    assert "Somebody else has answered already" in second.content.decode()
    assert "The copy was changed. Спасибо, скрыли." in answered and "Нет" not in CopyRemark.objects.get().answer


def test_while_the_jury_reads_a_remark_only_rings_the_desk(entry, organizer, contest):
    move_to(contest, "judging")

    remarking.remark(essay_of(entry).pk, "missed", "зюзюка", "", entry.owner)

    assert copy_of(entry).state == "released" and redaction_queue.count(contest) == 1
    assert "see it" in signed_in(organizer).get(reverse("organizer_redaction", args=[contest.slug])).content.decode()


def test_a_stranger_cannot_remark_and_a_decided_copy_takes_none(entry, contest):
    send = reverse("entry_remark", args=[entry.public_id])

    stranger = signed_in(UserFactory()).post(send, {"kind": "missed", "words": "x"})
    copies.retire(copy_of(entry), None, "withdrawn")
    late = signed_in(entry.owner).post(send, {"kind": "missed", "words": "x"})

    assert (stranger.status_code, late.status_code, CopyRemark.objects.count()) == (404, 404, 0)


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

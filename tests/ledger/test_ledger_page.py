"""The ledger's page: plain sentences of this contest alone, and the state of the chain."""

import pytest
from django.urls import reverse

from essays.entries.models import Entry
from essays.ledger import actions as ledger
from essays.ledger.models import LedgerEvent
from tests.factories.regulations import draft, organizer
from tests.factories.story import BlindCopyFactory, UserFactory

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def maria(client):
    user = organizer(surname="Иванова")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


def page(client, contest, **query) -> str:
    answer = client.get(reverse("organizer_ledger", args=[contest.slug]), query, headers=ENGLISH)
    assert answer.status_code == 200
    return answer.content.decode()


def test_acts_are_told_in_sentences_with_who_did_them(client, maria):
    contest = draft(maria)
    ledger.record("contest.intake_closed", contest)

    answer = client.get(reverse("organizer_ledger", args=[contest.slug]), headers=ENGLISH)

    assert [(row["who"], row["what"]) for row in answer.context["rows"]] == [
        ("the system", "Intake was closed by hand."),
        (str(maria), "The contest was created as a draft."),
    ]


def test_another_contests_acts_are_not_here(client, maria):
    mine, other = draft(maria), draft(organizer(), "other")
    ledger.record("contest.intake_closed", other)

    assert "Intake was closed" not in page(client, mine)


def test_filters_by_kind_and_person(client, maria):
    contest = draft(maria)
    oleg = UserFactory(surname="Петров")
    ledger.record("seat.invited", contest, actor=oleg)
    ledger.record("contest.intake_closed", contest)
    LedgerEvent.objects.filter(action="seat.invited").update(subject_kind="seat")

    def told(**query) -> list[str]:
        answer = client.get(reverse("organizer_ledger", args=[contest.slug]), query, headers=ENGLISH)
        return [row["what"] for row in answer.context["rows"]]

    assert told(kind="seat") == ["A judge was invited."]
    assert told(person=oleg.pk) == ["A judge was invited."]
    assert told(person=0) == ["Intake was closed by hand."]
    assert len(told(kind="nonsense", person="x")) == 3


def test_pages_go_on_below_the_last_line_shown(client, maria):
    contest = draft(maria)
    for _ in range(60):
        ledger.record("contest.intake_closed", contest)
    address = reverse("organizer_ledger", args=[contest.slug])

    first = client.get(address)
    second = client.get(address, {"before": first.context["next"]})

    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 11)
    assert second.context["next"] is None


def test_entries_are_named_by_number_and_blind_copies_not_at_all(client, maria):
    contest = draft(maria)
    entry = Entry.objects.create(contest=contest, owner=UserFactory(), code="CANARY", number=7, state="received")
    copy = BlindCopyFactory(contest=contest, code="CANARY")
    ledger.record("entry.received", entry)
    ledger.record("blindcopy.released", copy)

    html = page(client, contest)

    assert "№\u00a07" in html
    assert "CANARY" not in html
    assert str(copy.public_id) not in html


def test_the_chain_is_said_to_be_whole_with_its_last_hash(client, maria):
    contest = draft(maria)
    ledger.seal()
    ledger.record("contest.intake_closed", contest)

    html = page(client, contest)

    assert "The chain is whole: 1 line, all contests together." in html
    assert "1 new line waits for its link." in html
    assert LedgerEvent.objects.sealed().last().hash in html


def test_a_change_past_the_product_breaks_the_chain_where_it_was_made(client, maria):
    contest = draft(maria)
    ledger.record("contest.intake_closed", contest)
    ledger.record("contest.intake_reopened", contest)
    ledger.seal()
    LedgerEvent.objects.filter(action="contest.intake_closed").update(actor_ref=1)

    assert "The chain is broken at line 2." in page(client, contest)


def test_a_long_chain_is_checked_when_asked_for(client, maria, monkeypatch):
    monkeypatch.setattr("essays.ledger.organizer.CHECKED_UNASKED", 0)
    contest = draft(maria)
    ledger.seal()

    assert "Check the whole chain" in page(client, contest)
    assert "The chain is whole" in page(client, contest, check=1)


def test_an_erased_account_keeps_its_number(client, maria):
    contest = draft(maria)
    gone = UserFactory()
    number = gone.pk
    ledger.record("contest.intake_closed", contest, actor=gone)
    gone.emailaddress_set.all().delete()
    gone.delete()

    assert f"erased account {number}" in page(client, contest)


def test_the_page_asks_alike_for_one_line_and_for_three(client, maria, django_assert_max_num_queries):
    contest = draft(maria)
    page(client, contest)
    with django_assert_max_num_queries(20) as one:
        page(client, contest)
    for _ in range(2):
        ledger.record("contest.intake_closed", contest, actor=UserFactory())
    with django_assert_max_num_queries(20) as three:
        page(client, contest)

    assert len(one) == len(three)

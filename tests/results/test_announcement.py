"""The act of announcing, and its completion: once, whatever interrupts it."""

from datetime import timedelta
from unittest.mock import patch

import pytest

from essays.anonymity import actions as copies
from essays.entries import admission
from essays.entries.models import Entry
from essays.ledger import clock
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from essays.outbox.rendering import message_of
from judging.ranking import actions as ranking_actions
from judging.ranking.models import Ranking
from judging.results import access, actions, page, tasks
from judging.results.models import Announcement, Award, Diploma
from judging.results.panel import panel_of
from tests.factories.judged import Judged
from tests.factories.story import UserFactory

pytestmark = pytest.mark.django_db


def everything() -> tuple[int, int, int]:
    return Award.objects.count(), Diploma.objects.count(), Letter.objects.count()


def test_without_an_approved_ranking_nothing_is_announced(judged: Judged) -> None:
    with pytest.raises(actions.Refused):
        actions.announce(judged.contest, judged.organizer, seen="")
    assert not Announcement.objects.exists()


def test_only_the_ranking_that_was_looked_at_is_announced(judged: Judged, approved: Ranking) -> None:
    with pytest.raises(actions.Refused):
        actions.announce(judged.contest, judged.organizer, seen="0" * 64)
    assert not Announcement.objects.exists()


def test_the_act_itself_opens_nothing(judged: Judged, approved: Ranking) -> None:
    made = actions.announce(judged.contest, judged.organizer, seen=approved.sha256)

    assert made.state == Announcement.State.ANNOUNCING
    assert access.readable(judged.contest, clock.now()) is None
    assert everything() == (0, 0, 0)
    judged.contest.refresh_from_db()
    assert judged.contest.announced_at is None


def test_completion_opens_envelopes_numbers_documents_and_owes_letters(judged: Judged, announced: Announcement) -> None:
    awards = announced.awards.order_by("row__place").values_list("entry__surname", "award_key")
    assert list(awards) == [
        (judged.entries[0].surname, "winner"),
        (judged.entries[1].surname, "prize-winner"),
        (judged.entries[2].surname, "prize-winner"),
        (judged.entries[3].surname, ""),
    ]
    kinds = Diploma.objects.order_by("award__row__place", "kind").values_list("kind", flat=True)
    assert list(kinds) == ["diploma", "diploma", "diploma", "thanks", "certificate"]
    letters = Letter.objects.order_by("name").values_list("name", flat=True)
    assert list(letters) == ["result_awarded"] * 3 + ["result_took_part"] + ["results_judge"] * 2
    judged.contest.refresh_from_db()
    assert judged.contest.announced_at == announced.at
    assert announced.completed_at is not None
    assert access.readable(judged.contest, clock.now()) == announced


def test_a_letter_tells_its_reader_their_own_result_and_nobody_elses(judged: Judged, announced: Announcement) -> None:
    for entry in judged.entries:
        letter = Letter.objects.get(key=f"result:{announced.pk}:{entry.pk}")
        assert letter.to == entry.email
        told = str(letter.context)
        for other in judged.entries:
            if other != entry:
                assert other.surname not in told
                assert other.code not in told
    winner = Letter.objects.get(key=f"result:{announced.pk}:{judged.entries[0].pk}")
    assert (winner.context["score"], "1" in winner.context["award"]) == ("90", True)


def test_completing_twice_changes_nothing(announced: Announcement) -> None:
    before = everything()

    assert actions.complete(announced.pk) == []

    assert everything() == before


@pytest.mark.parametrize(
    "interrupted", ["_open_envelopes", "number_documents", "_unlock", "_owe_letters", "outbox.queue"]
)
def test_interrupted_anywhere_it_is_completed_by_the_sweep_once(
    judged: Judged, approved: Ranking, interrupted: str
) -> None:
    made = actions.announce(judged.contest, judged.organizer, seen=approved.sha256)
    with (
        patch.object(actions, "BATCH", 2),
        patch(f"judging.results.actions.{interrupted}", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        actions.complete(made.pk)

    tasks.sweep_announcements()
    tasks.sweep_announcements()

    made.refresh_from_db()
    assert made.state == Announcement.State.ANNOUNCED
    assert everything() == (4, 5, 6)
    assert LedgerEvent.objects.filter(action="announcement.completed").count() == 1


def test_killed_between_two_batches_it_is_closed_until_the_sweep_has_finished_it(
    judged: Judged, approved: Ranking
) -> None:
    made = actions.announce(judged.contest, judged.organizer, seen=approved.sha256)
    really, calls = actions.open_envelopes, []

    def dies_the_second_time(*args: object, **kwargs: object) -> object:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return really(*args, **kwargs)

    with (
        patch.object(actions, "BATCH", 2),
        patch.object(actions, "open_envelopes", side_effect=dies_the_second_time),
        pytest.raises(KeyboardInterrupt),
    ):
        actions.complete(made.pk)
    assert everything() == (2, 0, 0)
    assert access.readable(judged.contest, clock.now()) is None

    tasks.sweep_announcements()

    assert everything() == (4, 5, 6)
    assert access.readable(judged.contest, clock.now()) == made


def test_the_second_of_two_organizers_is_told(judged: Judged, approved: Ranking, announced: Announcement) -> None:
    with pytest.raises(actions.Refused):
        actions.announce(judged.contest, UserFactory(), seen=approved.sha256)
    assert Announcement.objects.count() == 1


def test_who_left_after_approval_stops_the_announcement_by_code(judged: Judged, approved: Ranking) -> None:
    copies.retire(judged.copies[1], None, "withdrawn")

    with pytest.raises(actions.Refused) as refusal:
        actions.announce(judged.contest, judged.organizer, seen=approved.sha256)

    assert judged.copies[1].code in str(refusal.value)


def test_an_admitted_entry_that_was_never_ranked_stops_the_announcement(judged: Judged, approved: Ranking) -> None:
    late = judged.add((30, 30), (31, 30))
    number = Entry.objects.get(code=late.code).number

    with pytest.raises(actions.Refused) as refusal:
        actions.announce(judged.contest, judged.organizer, seen=approved.sha256)

    assert f"№ {number}" in str(refusal.value)


def test_a_moment_in_the_future_is_kept_to_the_second(judged: Judged, approved: Ranking) -> None:
    at = clock.now() + timedelta(days=2)
    made = actions.announce(judged.contest, judged.organizer, at, seen=approved.sha256)
    actions.complete(made.pk)

    assert everything() == (4, 5, 0)
    assert access.readable(judged.contest, at - timedelta(microseconds=1)) is None
    assert access.readable(judged.contest, at) == made


def test_letters_are_owed_when_the_moment_has_come(judged: Judged, approved: Ranking) -> None:
    at = clock.now() + timedelta(days=2)
    made = actions.announce(judged.contest, judged.organizer, at, seen=approved.sha256)
    tasks.sweep_announcements()
    assert Letter.objects.count() == 0

    with patch.object(clock, "now", return_value=at):
        tasks.sweep_announcements()

    assert Letter.objects.count() == 6
    made.refresh_from_db()
    assert made.completed_at == at


def test_a_moment_that_has_passed_is_a_slip_and_not_now(judged: Judged, approved: Ranking) -> None:
    with pytest.raises(actions.Refused) as refusal:
        actions.announce(judged.contest, judged.organizer, clock.now() - timedelta(hours=5), seen=approved.sha256)

    assert refusal.value.field == "at"
    assert everything() == (0, 0, 0)


def test_a_moment_too_far_away_is_refused(judged: Judged, approved: Ranking) -> None:
    with pytest.raises(actions.Refused) as refusal:
        actions.announce(judged.contest, judged.organizer, clock.now() + timedelta(days=400), seen=approved.sha256)
    assert refusal.value.field == "at"


def test_a_set_moment_can_be_called_off_without_a_trace_in_public(judged: Judged, approved: Ranking) -> None:
    made = actions.announce(judged.contest, judged.organizer, clock.now() + timedelta(days=1), seen=approved.sha256)
    actions.complete(made.pk)

    actions.call_off(judged.contest, judged.organizer)

    assert everything() == (0, 0, 0)
    judged.contest.refresh_from_db()
    assert judged.contest.announced_at is None
    ranking_actions.take_back(judged.contest, judged.organizer)


def test_what_is_public_cannot_be_called_off(judged: Judged, announced: Announcement) -> None:
    with pytest.raises(actions.Refused):
        actions.call_off(judged.contest, judged.organizer)
    assert Announcement.objects.get() == announced


def test_an_announced_ranking_cannot_be_taken_back(judged: Judged, announced: Announcement) -> None:
    with pytest.raises(ranking_actions.Refused):
        ranking_actions.take_back(judged.contest, judged.organizer)
    assert Ranking.objects.in_force().get() == announced.ranking


def test_each_opening_of_names_is_in_the_ledger(judged: Judged, announced: Announcement) -> None:
    event = LedgerEvent.objects.get(action="names.opened")
    assert (event.actor_ref, event.data) == (judged.organizer.pk, {"entries": 4})


def test_who_is_disqualified_before_the_moment_is_neither_shown_nor_told(judged: Judged, approved: Ranking) -> None:
    at = clock.now() + timedelta(days=2)
    made = actions.announce(judged.contest, judged.organizer, at, seen=approved.sha256)
    actions.complete(made.pk)
    winner = judged.entries[0]
    admission.disqualify(winner, judged.organizer, "Чужой текст")
    Letter.objects.all().delete()

    with patch.object(clock, "now", return_value=at):
        tasks.sweep_announcements()

    results = page.of_announcement(made, page.Chosen())
    assert [one.code for one in results.groups[0].awarded] == [copy.code for copy in judged.copies[1:3]]
    assert (results.winners, results.prize_winners) == (0, 2)
    assert not Letter.objects.filter(key=f"result:{made.pk}:{winner.pk}").exists()
    assert Letter.objects.count() == 5
    assert panel_of(winner, made) is None
    assert not Diploma.objects.for_document().filter(award__entry=winner).exists()


def test_a_mentor_is_told_of_the_pupils_result_and_greeted_by_their_own_name(judged: Judged, approved: Ranking) -> None:
    entry = judged.entries[0]
    Entry.objects.filter(pk=entry.pk).update(
        entered_by=Entry.EnteredBy.MENTOR, email=entry.owner.email, mentor_given_name="Ольга"
    )
    made = actions.announce(judged.contest, judged.organizer, seen=approved.sha256)
    actions.complete(made.pk)

    letter = Letter.objects.get(key=f"result:{made.pk}:{entry.pk}")
    letter.language = "en"
    message = message_of(letter)
    for part in (str(message.body), str(message.alternatives[0].content)):
        said = " ".join(part.split())
        assert "Hello, Ольга!" in said
        assert f"Its author: {entry.surname} {entry.given_name} {entry.patronymic}." in said
        assert "Your essay" not in said and "Your points" not in said

"""Letters on a real SMTP conversation: once, again, never again."""

import threading
from datetime import timedelta
from email import policy
from email.parser import BytesParser

import pytest
from django.core import mail
from django.db import connection

from essays.ledger import clock
from essays.ledger.models import LedgerEvent
from essays.ledger.states import SomeoneWasFirst
from essays.outbox import actions, tasks
from essays.outbox.actions import Draft
from essays.outbox.models import Letter
from essays.outbox.rendering import message_of
from tests.factories.regulations import draft, organizer
from tests.factories.story import moment

TO = "reader@example.org"


def owed(key: str = "receipt:1:1", to: str = TO, **context) -> Letter:
    values = {"contest": "Конкурс", "slug": "c", "by": "Мария"} | context
    actions.queue([Draft(name="organizer_added", to=to, key=key, context=values)])
    return Letter.objects.get(key=key)


def due_now() -> None:
    Letter.objects.update(next_attempt_at=clock.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_a_letter_is_sent_once_however_often_it_is_tried(smtp_server):
    letter = owed()

    sent = [actions.deliver(letter.pk) for _ in range(3)]

    assert sent == [True, False, False]
    assert smtp_server.recipients == [[TO]]
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.last_error) == (Letter.State.SENT, 1, "")


@pytest.mark.django_db(transaction=True)
def test_five_senders_at_once_send_one_letter(smtp_server):
    smtp_server.silent_for = 0.2
    letter = owed()
    start = threading.Barrier(5)
    sent: list[bool] = []

    def sender() -> None:
        start.wait()
        try:
            sent.append(actions.deliver(letter.pk))
        finally:
            connection.close()

    senders = [threading.Thread(target=sender) for _ in range(5)]
    for thread in senders:
        thread.start()
    for thread in senders:
        thread.join()

    assert sorted(sent) == [False, False, False, False, True]
    assert len(smtp_server.messages) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["451 try later", "421 busy"])
def test_a_passing_refusal_waits_and_is_tried_again_with_the_same_message_id(smtp_server, answer):
    letter = owed()
    smtp_server.answer = answer
    assert actions.deliver(letter.pk) is False
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (Letter.State.QUEUED, 1)
    assert letter.next_attempt_at > clock.now()
    assert actions.deliver(letter.pk) is False  # not due yet
    assert letter.last_error

    smtp_server.answer = ""
    first_id = message_of(letter).extra_headers["Message-ID"]
    due_now()
    assert actions.deliver(letter.pk) is True

    assert [message["Message-ID"] for message in smtp_server.messages] == [first_id]


@pytest.mark.django_db
def test_a_final_refusal_stops_with_its_reason(smtp_server):
    letter = owed()
    smtp_server.answer = "550 no such mailbox"

    actions.deliver(letter.pk)
    due_now()
    smtp_server.answer = ""
    actions.deliver(letter.pk)

    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (Letter.State.FAILED, 1)
    assert "550" in letter.last_error
    assert smtp_server.messages == []


@pytest.mark.django_db
def test_an_address_that_the_server_does_not_know_stops_and_blocks_nobody(smtp_server):
    wrong, right = owed("k:1", "gone@example.org"), owed("k:2")
    smtp_server.answer_to_recipient = {"gone@example.org": "550 unknown"}

    tasks.send_letters([wrong.pk, right.pk])

    states = dict(Letter.objects.values_list("to", "state"))
    assert states == {"gone@example.org": Letter.State.FAILED, TO: Letter.State.SENT}


@pytest.mark.django_db
def test_a_server_that_is_away_is_waited_for(smtp_server):
    letter = owed()
    smtp_server.stop()
    actions.deliver(letter.pk)
    letter.refresh_from_db()
    assert letter.state == Letter.State.QUEUED

    smtp_server.start()
    due_now()
    tasks.sweep_letters()

    assert smtp_server.recipients == [[TO]]


@pytest.mark.django_db
def test_pauses_grow_and_the_eighth_failure_stops(smtp_server):
    letter = owed()
    smtp_server.answer = "451 try later"
    pauses = []
    for _ in range(actions.MAX_ATTEMPTS):
        due_now()
        actions.deliver(letter.pk)
        letter.refresh_from_db()
        pauses.append(round((letter.next_attempt_at - clock.now()).total_seconds() / 60))

    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128]
    assert letter.state == Letter.State.FAILED


@pytest.mark.django_db
def test_a_sender_that_died_is_replaced_after_its_lease(smtp_server):
    letter = owed()
    Letter.objects.update(state=Letter.State.SENDING, lease_until=clock.now() + timedelta(minutes=1), attempts=1)
    tasks.sweep_letters()
    assert smtp_server.messages == []

    Letter.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    tasks.sweep_letters()

    letter.refresh_from_db()
    assert (letter.state, letter.attempts, len(smtp_server.messages)) == (Letter.State.SENT, 2, 1)


@pytest.mark.django_db
def test_a_sender_that_dies_every_time_is_not_replaced_for_ever(smtp_server):
    letter = owed()
    Letter.objects.update(
        state=Letter.State.SENDING,
        lease_until=clock.now() - timedelta(seconds=1),
        attempts=actions.MAX_ATTEMPTS,
    )

    tasks.sweep_letters()

    letter.refresh_from_db()
    assert (letter.state, smtp_server.messages) == (Letter.State.FAILED, [])


@pytest.mark.django_db
def test_one_cause_owes_one_letter():
    first = actions.queue([Draft(name="organizer_added", to=TO, key="same")])
    again = actions.queue([Draft(name="organizer_added", to="other@example.org", key="same")])

    assert (len(first), again) == (1, [])
    assert list(Letter.objects.values_list("to", flat=True)) == [TO]


@pytest.mark.django_db
def test_a_name_with_line_breaks_becomes_no_header(smtp_server):
    letter = owed(contest="Конкурс\r\nBcc: victim@example.org\r\n\r\nHello", by="A\nTo: x@example.org")

    actions.deliver(letter.pk)

    assert smtp_server.recipients == [[TO]]
    (message,) = smtp_server.messages
    assert message["Bcc"] is None
    assert message.get_all("To") == [TO]
    assert "Конкурс Bcc: victim@example.org Hello" in message["Subject"]


@pytest.mark.django_db
def test_names_are_text_in_plain_parts_and_escaped_in_html():
    letter = owed(contest='«Слово & дело» <b>"жир"</b>', by="{{ origin }}{% now %}")

    message = message_of(letter)

    assert '«Слово & дело» <b>"жир"</b>' in message.subject
    assert '«Слово & дело» <b>"жир"</b>' in message.body
    assert "{{ origin }}{% now %}" in message.body
    html = str(message.alternatives[0].content)
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


@pytest.mark.django_db
def test_an_account_letter_is_forgotten_once_sent(smtp_server):
    pk = actions.queue_rendered(
        name="account/email_confirmation", to=TO, subject="Confirm\nBcc: x@example.org", text="SECRET", html="<p>"
    )

    actions.deliver(pk)

    letter = Letter.objects.get(pk=pk)
    assert (letter.text, letter.html) == ("", "")
    assert smtp_server.messages[0]["Bcc"] is None
    assert "SECRET" in smtp_server.messages[0].get_body(("plain",)).get_content()


@pytest.mark.django_db
def test_letters_say_who_they_are_from_machines():
    message = BytesParser(policy=policy.default).parsebytes(message_of(owed()).message().as_bytes())

    assert message["Auto-Submitted"] == "auto-generated"


@pytest.mark.django_db
def test_a_failed_letter_is_put_back_once_and_noted():
    contest, maria = draft(organizer()), organizer()
    letter = Letter.objects.create(
        key="k",
        name="receipt",
        to=TO,
        contest=contest,
        state="failed",
        attempts=8,
        next_attempt_at=moment(5),
        queued_at=moment(0),
    )

    actions.retry(letter, actor=maria)
    with pytest.raises(SomeoneWasFirst):
        actions.retry(letter, actor=maria)

    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (Letter.State.QUEUED, 0)
    assert letter in Letter.objects.due(clock.now())
    assert LedgerEvent.objects.filter(action="letter.retried", actor_ref=maria.pk).count() == 1
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_letter_that_cannot_be_written_holds_no_other_back(smtp_server):
    actions.queue([Draft(name="no_such_letter", to=TO, key="broken")])
    letter = owed()
    due_now()

    tasks.sweep_letters()

    letter.refresh_from_db()
    broken = Letter.objects.get(key="broken")
    assert (letter.state, broken.state, broken.attempts) == (Letter.State.SENT, Letter.State.SENDING, 1)

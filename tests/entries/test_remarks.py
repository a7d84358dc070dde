"""An entrant points at what was missed or hidden needlessly, and reads the answer."""

import pytest
from django.urls import reverse

from essays.anonymity import actions as copies
from essays.entries import redaction_queue, remarking
from essays.entries.redaction_models import CopyRemark
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from essays.outbox.rendering import message_of
from essays.people.models import User
from tests.entries.desk import address, copy_of, essay_of, move_to, signed_in
from tests.factories.story import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


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

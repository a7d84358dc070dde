"""Owing letters and sending them."""

import secrets
import smtplib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import translation

from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.ledger.states import SomeoneWasFirst, claim
from essays.outbox.models import Letter
from essays.outbox.rendering import message_of

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 8
BATCH = 1000


@dataclass(frozen=True)
class Draft:
    """A letter to be owed: template name, address, a key that names its cause, values for the template."""

    name: str
    to: str
    key: str
    context: dict[str, Any] = field(default_factory=dict)
    language: str = "ru"
    user_id: int | None = None
    contest_id: int | None = None


def queue(drafts: Iterable[Draft]) -> list[int]:
    """Owe letters, inside the caller's transaction; returns the ids of those that were new.

    ``context`` is JSON: strings, numbers, lists. A key that exists already is left alone, so an action that
    runs twice owes each letter once.
    """
    drafts = list(drafts)
    now = clock.now()
    keys = [draft.key for draft in drafts]
    known = set(Letter.objects.filter(key__in=keys).values_list("key", flat=True))
    rows = [
        Letter(
            name=draft.name,
            to=draft.to,
            key=draft.key,
            context=draft.context,
            language=draft.language,
            user_id=draft.user_id,
            contest_id=draft.contest_id,
            next_attempt_at=now,
            queued_at=now,
        )
        for draft in drafts
        if draft.key not in known
    ]
    Letter.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    fresh = [row.key for row in rows]
    return list(Letter.objects.filter(key__in=fresh).order_by("pk").values_list("pk", flat=True))


def queue_rendered(*, name: str, to: str, subject: str, text: str, html: str) -> int:
    """Owe a letter whose text is made already (accounts); returns its id. Its text is erased once sent."""
    now = clock.now()
    return Letter.objects.create(
        name=name,
        to=to,
        key=f"account:{secrets.token_hex(16)}",
        subject=subject[:200],
        text=text,
        html=html,
        language=translation.get_language() or "ru",
        next_attempt_at=now,
        queued_at=now,
    ).pk


def deliver(letter_id: int) -> bool:
    """Try one letter now; True if this call sent it. Safe to call twice and from many workers at once.

    Passing refusals (4xx, network) wait with growing pauses; a final refusal (5xx) or the eighth failure stops.
    A crash between the server's yes and our note repeats the letter once, with the same Message-ID.
    """
    now = clock.now()
    letter = Letter.objects.due(now).filter(pk=letter_id).first()
    if letter is None:
        return False
    if letter.attempts >= MAX_ATTEMPTS:
        # Left behind in mid-sending every time: it must not be tried for ever.
        _postpone(letter, RuntimeError("the sender died each time"), final=True)
        return False
    lease_seen, seen = letter.lease_until, letter.state
    try:
        claimed = Letter.objects.filter(pk=letter.pk, state=seen, lease_until=lease_seen).update(
            state=Letter.State.SENDING, lease_until=now + LEASE, attempts=letter.attempts + 1
        )
        if not claimed:
            return False
        letter.refresh_from_db()
        message_of(letter).send()
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        _postpone(letter, refusal, final=all(code >= 500 for code in codes))
        return False
    except smtplib.SMTPResponseException as refusal:
        _postpone(letter, refusal, final=refusal.smtp_code >= 500)
        return False
    except (OSError, smtplib.SMTPException) as fault:
        _postpone(letter, fault, final=False)
        return False
    sent: dict[str, Any] = {"state": Letter.State.SENT, "sent_at": clock.now(), "lease_until": None}
    if letter.text:
        sent |= {"text": "", "html": ""}
    try:
        claim(letter, Letter.State.SENDING, last_error="", **sent)
    except SomeoneWasFirst:
        return False
    return True


def _postpone(letter: Letter, fault: Exception, *, final: bool) -> None:
    """Note why it failed and when to try again: after 1, 2, 4 … 64 minutes."""
    stop = final or letter.attempts >= MAX_ATTEMPTS
    Letter.objects.filter(pk=letter.pk, state=Letter.State.SENDING).update(
        state=Letter.State.FAILED if stop else Letter.State.QUEUED,
        next_attempt_at=clock.now() + timedelta(minutes=2 ** (letter.attempts - 1)),
        lease_until=None,
        last_error=f"{type(fault).__name__}: {fault}"[:300],
    )


def retry(letter: Letter, *, actor: Any = None) -> None:
    """Put a failed letter back into the queue. ``SomeoneWasFirst`` when it is no longer failed."""
    with transaction.atomic():
        claim(letter, Letter.State.FAILED, state=Letter.State.QUEUED, attempts=0, next_attempt_at=clock.now())
        ledger.record("letter.retried", letter, actor=actor)


def retry_failed(contest_id: int, *, actor: Any = None) -> list[int]:
    """Put all failed letters of a contest back into the queue; returns the ids of those that were put back."""
    retried = []
    for letter in Letter.objects.filter(contest_id=contest_id, state=Letter.State.FAILED).order_by("pk"):
        try:
            retry(letter, actor=actor)
        except SomeoneWasFirst:
            continue
        retried.append(letter.pk)
    return retried

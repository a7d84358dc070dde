"""Letters that an entry causes. Each is owed inside the transaction of its cause, once."""

from django.core import signing
from django.urls import reverse

from essays.contests.models import Contest
from essays.entries import consents
from essays.entries.models import Entry, Essay
from essays.entries.redaction_models import CopyRemark
from essays.outbox import actions as outbox
from essays.outbox.models import Letter
from essays.people.age import Signer

GUARDIAN_SALT = "essays.entries.guardian"


def receipt(entry: Entry, essay: Essay) -> list[int]:
    """The receipt: number, code, file and its SHA-256."""
    return _owe(
        entry,
        "receipt",
        key=f"receipt:{entry.pk}:{essay.version}",
        number=entry.number,
        code=entry.code,
        version=essay.version,
        sha256=essay.sha256,
        characters=essay.characters,
    )


def _to_guardian(entry: Entry) -> str:
    """The key of the letter that goes to this address."""
    return f"guardian:{entry.pk}:{entry.guardian_email}"


def guardian_unreached(entry: Entry) -> bool:
    """Did the letter to the parent or guardian come back? One question."""
    return Letter.objects.filter(key=_to_guardian(entry), state=Letter.State.FAILED).exists()


def guardian_request(entry: Entry) -> list[int]:
    """The letter to the parent or guardian, with the link to the two consents, if one is still missing."""
    if Signer.GUARDIAN not in consents.missing(entry):
        return []
    return outbox.queue(
        [
            outbox.Draft(
                name="guardian_request",
                to=entry.guardian_email,
                # A corrected address gets a letter of its own.
                key=_to_guardian(entry),
                language=entry.owner.language,
                contest_id=entry.contest_id,
                context={
                    "contest": _titles(entry.contest),
                    "given_name": entry.given_name,
                    "guardian_name": f"{entry.guardian_given_name} {entry.guardian_patronymic}".strip(),
                    "link": reverse("guardian", args=[guardian_token(entry)]),
                },
            )
        ]
    )


def decision(entry: Entry, name: str) -> list[int]:
    """Returned, rejected or disqualified, with the organizer's words."""
    moment = entry.decided_at.isoformat() if entry.decided_at else ""
    key = f"{name}:{entry.pk}:{moment or entry.essays.count()}"
    return _owe(entry, name, key=key, number=entry.number, remark=entry.remark)


def quarantined(essay: Essay) -> list[int]:
    """Tell the organizers of a file that failed three times."""
    entry = essay.entry
    return outbox.queue(
        outbox.Draft(
            name="essay_quarantined",
            to=seat.user.email,
            key=f"quarantined:{essay.pk}:{seat.user_id}",
            language=seat.user.language,
            user_id=seat.user_id,
            contest_id=entry.contest_id,
            context={
                "contest": _titles(entry.contest),
                "number": entry.number,
                "link": reverse("organizer_entry", args=[entry.contest.slug, entry.public_id]),
            },
        )
        for seat in entry.contest.organizers.select_related("user").order_by("pk")
    )


def remark_answered(made: CopyRemark) -> list[int]:
    """The organizer's answer to what the author remarked about the copy. Without an address there is no letter."""
    entry = made.essay.entry
    if not entry.email:
        return []
    return _owe(
        entry,
        "remark_answered",
        key=f"remark_answered:{made.pk}",
        number=entry.number,
        words=made.words,
        changed=made.outcome == CopyRemark.Outcome.DONE,
        answer=made.answer,
        link=reverse("entry_copy", args=[entry.public_id]),
    )


def _owe(entry: Entry, name: str, *, key: str, **context: object) -> list[int]:
    reader, author = reader_of(entry)
    draft = outbox.Draft(
        name=name,
        to=entry.email,
        key=key,
        language=entry.owner.language,
        user_id=entry.owner_id,
        contest_id=entry.contest_id,
        context={
            "contest": _titles(entry.contest),
            "given_name": reader,
            "essay": entry.title,
            "author": author,
            "link": reverse("entry", args=[entry.public_id]),
            **context,
        },
    )
    return outbox.queue([draft])


def reader_of(entry: Entry) -> tuple[str, str]:
    """Who is greeted in a letter about an entry, by given name; and the author's full name where that is another.

    A mentor reads the letters of pupils who have no address of their own.
    """
    mentors_own = entry.entered_by == Entry.EnteredBy.MENTOR and entry.email in ("", entry.owner.email)
    reader = (entry.mentor_given_name if mentors_own else "") or entry.given_name
    return reader, entry.full_name if reader != entry.given_name else ""


def _titles(contest: Contest) -> dict[str, str]:
    """The contest's title by language: a letter is rendered later, in its reader's language."""
    return {"ru": contest.title_ru, "en": contest.title_en or contest.title_ru}


def guardian_token(entry: Entry) -> str:
    """A signed link that names the entry and the address it was sent to: a changed address ends it."""
    return signing.dumps([entry.pk, entry.guardian_email], salt=GUARDIAN_SALT)


def entry_of_token(token: str) -> Entry | None:
    """The entry of a guardian's link, or None when the link is not (or no longer) good."""
    try:
        entry_id, address = signing.loads(token, salt=GUARDIAN_SALT, max_age=60 * 60 * 24 * 90)
    except signing.BadSignature:
        return None
    return (
        Entry.objects.select_related("contest", "owner")
        .filter(pk=entry_id, guardian_email=address)
        .exclude(state=Entry.State.WITHDRAWN)
        .first()
    )

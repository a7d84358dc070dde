"""What tests of the redaction desk do: texts with people in them, addresses, places, held copies."""

import re
from datetime import datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.entries import redacting
from essays.entries.models import Entry, Essay
from essays.entries.redaction_models import Redaction
from essays.people.models import User
from tests.factories.story import ContestFactory

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


PEOPLE = (
    "Меня зовут Мария Ребрихина. Нам помог Гречихов: у Гречихова есть опыт. Гречихову мы верим, и Гречихов рад.\n\n"
    "Мы вместе с Гречиховым ходили в МФЦ. Слово зюзюка и ещё раз зюзюки.\n"
)

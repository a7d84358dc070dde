"""Everybody who could knock at a door, in one contest and in the one next to it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from essays.anonymity.models import BlindCopy, CopyPage
from essays.contests.models import Contest
from essays.entries.models import Entry
from essays.entries.page_models import DraftPage, EssayPage
from essays.entries.redaction_models import CopyRemark
from essays.outbox.models import Letter
from essays.people.models import Institution, User
from judging.anchors.models import AnchorEssay
from judging.assignments.models import Assignment
from judging.panels import tokens
from judging.panels.models import Seat
from judging.results import actions as results
from judging.results.models import Diploma
from tests.factories.judged import Judged, agree, entry_of, judged_contest
from tests.factories.story import (
    AssignmentFactory,
    BlindCopyFactory,
    CategoryFactory,
    ContestFactory,
    ContestOrganizerFactory,
    InstitutionFactory,
    NominationFactory,
    SeatFactory,
    UserFactory,
    awards,
    consent_texts,
    moment,
    rubric,
    rules,
)

ROLES = (
    "anonymous",
    "entrant",
    "other_entrant",
    "mentor",
    "judge",
    "judge_elsewhere",
    "secretary",
    "organizer",
    "organizer_elsewhere",
    "superuser",
)
SIGNED_IN = frozenset(ROLES) - {"anonymous"}


@dataclass
class Cast:
    """A contest while it is judged, one that was announced, and the people around them, by role."""

    people: dict[str, User | None]
    contest: Contest
    entry: Entry
    draft: Entry
    copy: BlindCopy
    seat: Seat
    invited: Seat
    assignment: Assignment
    letter: Letter
    institution: Institution
    announced: Judged
    diploma: Diploma
    remark: CopyRemark
    anchor: AnchorEssay

    def client(self, role: str) -> Client:
        """A browser in which this person is signed in; it speaks English."""
        client = Client(headers={"accept-language": "en"})
        person = self.people[role]
        if person is not None:
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
            # The first page notes where the session is used. ``knock`` forgets what it has done: each would be the first.
            client.get(reverse("favicon"))
        return client


def stored_file(name: str, content: bytes = b"An essay of its author.") -> str:
    """A file in the private storage, as an upload leaves it."""
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return name


def judged_now() -> Contest:
    """A contest with a category, a nomination, texts of consents, a rubric, rules and awards, being judged."""
    contest = ContestFactory(stage="judging")
    CategoryFactory(contest=contest)
    NominationFactory(contest=contest)
    consent_texts(contest)
    rules(contest)
    rubric(contest)
    awards(contest)
    return contest


def entry_in(contest: Contest, number: int, **changes: Any) -> Entry:
    """An admitted entry with its file and its released copy."""
    copy = BlindCopyFactory(
        contest=contest, category=contest.categories.get(), nomination=contest.nominations.get(), code=f"C{number:05d}"
    )
    entry = entry_of(copy, number=number, surname=f"Закрытова{number}")
    for name, value in changes.items():
        setattr(entry, name, value)
    entry.save()
    entry.essays.update(file=stored_file(f"{contest.pk}/walls-{number}"))
    return entry


A_PAGE = {"number": 1, "width": 9, "height": 9, "sha256": "0" * 64}


def pages_of(*entries: Entry) -> None:
    """The current version of these entries came as a picture."""
    for one in entries:
        essay = one.essays.get()
        one.essays.update(page_count=1)
        EssayPage.objects.create(essay=essay, **A_PAGE, file=stored_file(f"walls/page-{essay.pk}"))


def cast() -> Cast:
    """Build it: past the actions where they would only take time."""
    contest, next_door = judged_now(), judged_now()
    entry, others, entered_by_mentor = (entry_in(contest, number) for number in (1, 2, 3))
    entered_by_mentor.entered_by = Entry.EnteredBy.MENTOR
    entered_by_mentor.save()
    entry_in(next_door, 4)
    agree(entry)
    open_now = ContestFactory(stage="intake")
    draft = Entry.objects.create(contest=open_now, owner=entry.owner, code="D00001", surname="Закрытова")
    copy = entry.essays.get().blind_copy
    assert copy is not None
    pages_of(entry, entered_by_mentor)
    Contest.objects.filter(pk=open_now.pk).update(formats=["docx", "jpg"])
    DraftPage.objects.create(entry=draft, **A_PAGE, file=stored_file("walls/draft-page"))
    CopyPage.objects.create(copy=copy, number=1, width=9, height=9, file=stored_file("walls/copy-page"))
    seat, secretary = SeatFactory(contest=contest), SeatFactory(contest=contest, role=Seat.Role.SECRETARY)
    invited = SeatFactory(contest=contest, user=None, email="invited@example.org", state=Seat.State.INVITED)
    assignment = AssignmentFactory(copy=copy, seat=seat)
    elsewhere = SeatFactory(contest=next_door)
    AssignmentFactory(copy=BlindCopy.objects.get(contest=next_door), seat=elsewhere)
    letter = Letter.objects.create(
        name="receipt",
        key="receipt:walls",
        to=entry.email,
        contest=contest,
        state=Letter.State.FAILED,
        queued_at=moment(-1),
        next_attempt_at=moment(-1),
    )
    people: dict[str, User | None] = {
        "anonymous": None,
        "entrant": entry.owner,
        "other_entrant": others.owner,
        "mentor": entered_by_mentor.owner,
        "judge": seat.user,
        "judge_elsewhere": elsewhere.user,
        "secretary": secretary.user,
        "organizer": ContestOrganizerFactory(contest=contest, user=UserFactory(is_organizer=True)).user,
        "organizer_elsewhere": ContestOrganizerFactory(contest=next_door, user=UserFactory(is_organizer=True)).user,
        "superuser": UserFactory(is_superuser=True, is_staff=True),
    }
    announced = announced_contest(people)
    return Cast(
        people=people,
        contest=contest,
        entry=entry,
        draft=draft,
        copy=copy,
        seat=seat,
        invited=invited,
        assignment=assignment,
        letter=letter,
        institution=InstitutionFactory(),
        announced=announced,
        remark=CopyRemark.objects.create(
            essay=entry.essays.get(), kind=CopyRemark.Kind.MISSED, words="Слово", made_at=moment(-1)
        ),
        anchor=AnchorEssay.objects.create(contest=contest, position=1, title="Якорь", text="Ничей текст."),
        diploma=Diploma.objects.get(award__entry=announced.entries[0], kind=Diploma.Kind.DIPLOMA),
    )


def announced_contest(people: dict[str, User | None]) -> Judged:
    """Another contest of the same organizer and the same entrant, whose results are out."""
    from judging.ranking import actions as ranking

    judged = judged_contest([(55, 35), (54, 36)], [(40, 20), (41, 20)])
    entrant, organizer = people["entrant"], people["organizer"]
    assert entrant and organizer
    winner = judged.entries[0]
    winner.owner = entrant
    winner.save()
    judged.contest.organizers.update(user=organizer)
    approved = ranking.approve(judged.contest, organizer, ranking.propose(judged.contest).digest)
    results.complete(results.announce(judged.contest, organizer, seen=approved.sha256).pk)
    return judged


def invitation_of(seat: Seat) -> str:
    return tokens.make(seat.public_id, seat.invited_at)


__all__ = ["ROLES", "SIGNED_IN", "Cast", "agree", "cast", "invitation_of", "stored_file"]

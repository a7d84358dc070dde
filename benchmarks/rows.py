"""A region's contests as rows, written in bulk past the actions: N entries with authors, copies and reviews."""

import random
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, models
from django.utils import timezone

from essays.anonymity.models import BlindCopy
from essays.contests.models import Category, ConsentText, Contest, ContestOrganizer, Nomination
from essays.entries.models import Consent, Entry, Essay
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from essays.people.models import Institution, Municipality, User, searchable
from judging.assignments.models import Assignment
from judging.panels.models import Seat
from judging.ranking import actions as ranking
from judging.ranking.models import TieVote
from judging.results import actions as results
from judging.reviews.models import Mark, Review
from judging.rubrics.models import AwardRule, Criterion, JudgingRules, Rubric

BATCH = 2000
MAXIMA = (25, 20, 20, 15, 10, 10)
ESSAY = (
    "Раньше ради одной бумаги люди ехали в район с утра и стояли в очереди до обеда. Теперь заявление пишут дома, за "
    "кухонным столом, и ответ приходит в телефон. Мне кажется, что главное здесь не скорость, а спокойствие. "
) * 18
HTML = f"<p>{ESSAY[:2000]}</p><p>{ESSAY[2000:]}</p>"


@dataclass(frozen=True)
class Region:
    """Who opens which page."""

    organizer: User
    entrant: User
    judge: User
    judged: Contest
    announced: Contest
    assignment: Assignment
    entry: Entry


def moment(days: float) -> datetime:
    return timezone.now() + timedelta(days=days)


def region(entries: int) -> Region:
    """Two contests with that many entries each: one while the jury reads, one whose results are out."""
    dice = random.Random(7)
    organizer = person("organizer", is_organizer=True)
    places = institutions()
    judged = contest("judged", organizer, shift=-30)
    announced = contest("announced", organizer, shift=-60)
    filled = {one.slug: fill(one, entries, places, dice) for one in (judged, announced)}
    deal(judged, filled["judged"], dice, share=0.5)
    deal(announced, filled["announced"], dice, share=1)
    acts(judged, filled["judged"])
    vote(announced, filled["announced"], organizer)
    decided = ranking.approve(announced, organizer, ranking.propose(announced).digest)
    results.complete(results.announce(announced, organizer, seen=decided.sha256).pk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assignment = Assignment.objects.filter(contest=judged).waiting().select_related("seat__user").order_by("pk")[0]
    entry = Entry.objects.filter(contest=announced).select_related("owner").order_by("pk")[0]
    assert assignment.seat.user is not None
    return Region(
        organizer=organizer,
        entrant=entry.owner,
        judge=assignment.seat.user,
        judged=judged,
        announced=announced,
        assignment=assignment,
        entry=entry,
    )


def write(model: type[models.Model], rows: Iterable[Any]) -> list[Any]:
    return list(model._default_manager.bulk_create(rows, batch_size=BATCH))


def person(name: str, **values: Any) -> User:
    return User.objects.create(email=f"{name}@example.org", password=make_password(None), **values)


def institutions() -> list[Institution]:
    places = write(Municipality, (Municipality(name=f"Район {number}") for number in range(60)))
    return write(
        Institution,
        (
            Institution(
                name=f"Муниципальное бюджетное общеобразовательное учреждение «СОШ № {number}»",
                short_name=f"СОШ № {number}",
                kind=Institution.Kind.SCHOOL,
                municipality=places[number % len(places)],
                search=f"сош № {number}",
            )
            for number in range(1200)
        ),
    )


def contest(slug: str, organizer: User, shift: int) -> Contest:
    """Four categories, three nominations, six criteria, two reviews of each entry: the demo regulation's shape."""
    made = Contest.objects.create(
        slug=slug,
        state=Contest.State.PUBLISHED,
        title_ru="Госуслуги: мой опыт",
        title_en="Public services: my experience",
        summary_ru="Эссе о том, как услуги приходят домой.",
        regulation_ru="# Участники\n\nВсе.\n\n# Оценка\n\nДва члена жюри.\n" * 6,
        formats=["docx", "odt", "pdf"],
        opens_at=moment(shift - 10),
        closes_at=moment(shift + 10),
        screening_ends_at=moment(shift + 17),
        corrections_end_at=moment(shift + 20),
        judging_starts_at=moment(shift + 20),
        judging_ends_at=moment(shift + 40),
        session_ends_at=moment(shift + 50),
        results_at=moment(shift + 57),
    )
    ContestOrganizer.objects.create(contest=made, user=organizer)
    write(Category, (Category(contest=made, position=n, name_ru=f"Категория {n}") for n in range(4)))
    write(Nomination, (Nomination(contest=made, position=n, name_ru=f"Номинация {n}") for n in range(3)))
    write(ConsentText, (ConsentText(contest=made, kind=kind, body_ru="Согласен.") for kind in ConsentText.Kind))
    sheet = Rubric.objects.create(contest=made)
    write(
        Criterion,
        (
            Criterion(rubric=sheet, position=n, name_ru=f"Критерий {n}", maximum=maximum)
            for n, maximum in enumerate(MAXIMA, start=1)
        ),
    )
    JudgingRules.objects.create(contest=made, third_at_total=20, tie_criteria=[1, 3, 2])
    names = (("winner", "Победитель", 1, 1), ("prize-winner", "Призёр", 2, 3))
    write(
        AwardRule,
        (
            AwardRule(contest=made, position=n, key=key, name_ru=name, place_from=first, place_to=last)
            for n, (key, name, first, last) in enumerate(names)
        ),
    )
    return made


def fill(one: Contest, entries: int, places: list[Institution], dice: random.Random) -> list[BlindCopy]:
    """Admitted entries with their authors, files, copies and consents; returns the copies."""
    categories, nominations = list(one.categories.all()), list(one.nominations.all())
    password = make_password(None)
    owners = write(
        User,
        (User(email=f"{one.slug}{n}@example.org", password=password, surname=f"Авторова{n}") for n in range(entries)),
    )
    copies = write(
        BlindCopy,
        (
            BlindCopy(
                contest=one,
                category=categories[n % 4],
                nomination=nominations[n % 3],
                code=f"{n:06d}"[::-1],
                state=BlindCopy.State.RELEASED,
                admitted=True,
                title=f"Моя услуга {n}",
                html=HTML,
                text=ESSAY,
                characters=len(ESSAY),
                words=600,
                conflict_keys=[uuid.uuid5(uuid.NAMESPACE_OID, str(n % 1200)).hex * 2],
                engine_version="1",
            )
            for n in range(entries)
        ),
    )
    rows = write(
        Entry,
        (
            Entry(
                contest=one,
                owner=owners[n],
                state=Entry.State.ADMITTED,
                number=n + 1,
                code=copy.code,
                surname=f"Авторова{n}",
                given_name="Мария",
                patronymic="Сергеевна",
                birth_date=date(2000, 1, 1),
                email=owners[n].email,
                institution=places[n % len(places)],
                municipality_id=places[n % len(places)].municipality_id,
                course="11 «А»",
                category=copy.category,
                nomination=copy.nomination,
                title=copy.title,
                author_key=uuid.uuid4().hex,
                search=searchable(f"Авторова{n} Мария {places[n % len(places)]}"),
                received_at=moment(-40),
                decided_at=moment(-30),
            )
            for n, copy in enumerate(copies)
        ),
    )
    write(
        Essay,
        (
            Essay(
                entry=row,
                version=1,
                file=f"{one.pk}/{n}",
                original_name="эссе.docx",
                format="docx",
                size=20_000,
                sha256=f"{n:064x}",
                characters=len(ESSAY),
                words=600,
                received_at=moment(-40),
                state=Essay.State.BLINDED,
                blind_copy=copy,
                blinded_at=moment(-40),
                spans=[{"start": 0, "end": 9, "kind": "name", "reason": "application", "confidence": 1}] * 5,
            )
            for n, (row, copy) in enumerate(zip(rows, copies, strict=True))
        ),
    )
    texts = list(one.consent_texts.all())
    write(
        Consent,
        (
            Consent(entry=row, text=text, given_by=Consent.GivenBy.ENTRANT, given_at=moment(-40))
            for row in rows
            for text in texts
        ),
    )
    Contest.objects.filter(pk=one.pk).update(last_number=entries)
    return copies


def deal(one: Contest, copies: list[BlindCopy], dice: random.Random, share: float) -> None:
    """Two judges for each copy, about 200 copies a judge; that share of the reviews is in."""
    panel = max(4, len(copies) * 2 // 200)
    users = write(User, (User(email=f"{one.slug}-judge{n}@example.org", password="!") for n in range(panel)))
    seats = write(
        Seat,
        (
            Seat(
                contest=one,
                user=user,
                email=user.email,
                surname=f"Судьина{n}",
                given_name="Анна",
                state=Seat.State.ACCEPTED,
                invited_at=moment(-50),
            )
            for n, user in enumerate(users)
        ),
    )
    State = Assignment.State
    assignments = write(
        Assignment,
        (
            Assignment(
                contest=one,
                seat=seats[(n * 2 + step) % panel],
                copy=copy,
                state=State.DONE if dice.random() < share else State.WAITING,
                place=dice.getrandbits(62),
                assigned_at=moment(-10),
            )
            for n, copy in enumerate(copies)
            for step in (0, 1)
        ),
    )
    criteria = list(Criterion.objects.filter(rubric__contest=one))
    done = [row for row in assignments if row.state == State.DONE]
    # Two readers of one essay agree to a point in each criterion: thirds are looked for, and nobody wants one.
    liked = {row.copy_id: dice.random() for row in done}
    marks = [
        [Decimal(max(0, round(liked[row.copy_id] * float(each.maximum)) - dice.randint(0, 1))) for each in criteria]
        for row in done
    ]
    reviews = write(
        Review,
        (
            Review(
                assignment=row,
                state=Review.State.SUBMITTED,
                total=sum(points),
                version=3,
                comment_for_author="Интересная мысль, хороший пример.",
                started_at=moment(-5),
                saved_at=moment(-5),
                submitted_at=moment(-5),
            )
            for row, points in zip(done, marks, strict=True)
        ),
    )
    write(
        Mark,
        (
            Mark(review=row, criterion=each, points=value)
            for row, points in zip(reviews, marks, strict=True)
            for each, value in zip(criteria, points, strict=True)
        ),
    )


def vote(one: Contest, copies: list[BlindCopy], organizer: User) -> None:
    """The jury has told apart whatever the points do not."""
    now = moment(0)
    write(
        TieVote,
        (
            TieVote(contest=one, copy=copy, position=n, recorded_by=organizer, recorded_at=now)
            for n, copy in enumerate(copies, start=1)
        ),
    )


def acts(one: Contest, copies: list[BlindCopy]) -> None:
    """Letters and lines of the ledger, as many as such a contest leaves behind."""
    write(
        Letter,
        (
            Letter(
                name="receipt",
                key=f"receipt:{n}:1",
                to=f"{one.slug}{n}@example.org",
                contest=one,
                state=Letter.State.SENT,
                attempts=1,
                next_attempt_at=moment(-40),
                queued_at=moment(-40),
                sent_at=moment(-40),
            )
            for n in range(len(copies))
        ),
    )
    write(
        LedgerEvent,
        (
            LedgerEvent(
                at=moment(-40),
                action=action,
                subject_kind="entry",
                subject_ref=str(n + 1),
                contest_ref=one.pk,
                data={},
            )
            for n in range(len(copies))
            for action in ("entry.started", "entry.received", "essay.attached", "essay.blinded", "entry.admitted")
        ),
    )

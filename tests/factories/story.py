"""Factories for people, contests, copies, seats and reviews."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from essays.anonymity.models import BlindCopy
from essays.contests.models import Category, ConsentText, Contest, ContestOrganizer, Nomination
from essays.people.models import Institution, Municipality, User
from judging.assignments.models import Assignment
from judging.panels.models import Seat
from judging.reviews.models import Mark, Review
from judging.rubrics.models import AwardRule, Criterion, JudgingRules, Rubric

PASSWORD = "a-password-for-tests"


def moment(days: float) -> datetime:
    """A moment so many days from now, to the second."""
    return (datetime.now(UTC) + timedelta(days=days)).replace(microsecond=0)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    surname = factory.Sequence(lambda n: f"Проверкина{n}")
    given_name = "Мария"
    patronymic = "Сергеевна"

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        """Users with a confirmed address; the password is PASSWORD."""
        from allauth.account.models import EmailAddress

        user = User.objects.create_user(kwargs.pop("email"), kwargs.pop("password", PASSWORD), **kwargs)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user


class MunicipalityFactory(DjangoModelFactory[Municipality]):
    class Meta:
        model = Municipality

    name = factory.Sequence(lambda n: f"Выдуманный район {n}")


class InstitutionFactory(DjangoModelFactory[Institution]):
    class Meta:
        model = Institution

    short_name = factory.Sequence(lambda n: f"СОШ № {900 + n}")
    name = factory.LazyAttribute(
        lambda one: f"Муниципальное бюджетное общеобразовательное учреждение «{one.short_name}»"
    )
    kind = Institution.Kind.SCHOOL
    municipality = factory.SubFactory(MunicipalityFactory)
    locality = "с. Выдуманное"


class ContestFactory(DjangoModelFactory[Contest]):
    """A published contest whose intake is open. ``stage="judging"`` etc. shifts the calendar."""

    class Meta:
        model = Contest
        exclude = ("shift",)

    class Params:
        stage = "intake"

    slug = factory.Sequence(lambda n: f"contest-{n}")
    state = Contest.State.PUBLISHED
    title_ru = "Конкурс для проверки"
    title_en = "Contest for tests"
    formats = factory.LazyFunction(lambda: ["docx", "odt", "pdf", "txt"])
    min_characters = 20
    max_characters = 7000
    shift = factory.LazyAttribute(
        lambda one: {
            "upcoming": 20,
            "intake": 0,
            "screening": -15,
            "judging": -30,
            "deciding": -45,
            "after": -60,
        }[one.stage]
    )
    opens_at = factory.LazyAttribute(lambda one: moment(one.shift - 10))
    closes_at = factory.LazyAttribute(lambda one: moment(one.shift + 10))
    screening_ends_at = factory.LazyAttribute(lambda one: moment(one.shift + 17))
    corrections_end_at = factory.LazyAttribute(lambda one: moment(one.shift + 20))
    judging_starts_at = factory.LazyAttribute(lambda one: moment(one.shift + 20))
    judging_ends_at = factory.LazyAttribute(lambda one: moment(one.shift + 40))
    session_ends_at = factory.LazyAttribute(lambda one: moment(one.shift + 50))
    results_at = factory.LazyAttribute(lambda one: moment(one.shift + 57))


class CategoryFactory(DjangoModelFactory[Category]):
    class Meta:
        model = Category

    contest = factory.SubFactory(ContestFactory)
    position = factory.Sequence(int)
    name_ru = "7–9 классы"
    name_en = "Grades 7–9"


class NominationFactory(DjangoModelFactory[Nomination]):
    class Meta:
        model = Nomination

    contest = factory.SubFactory(ContestFactory)
    position = factory.Sequence(int)
    name_ru = "Помог близким"
    name_en = "Helped my family"


class ContestOrganizerFactory(DjangoModelFactory[ContestOrganizer]):
    class Meta:
        model = ContestOrganizer

    contest = factory.SubFactory(ContestFactory)
    user = factory.SubFactory(UserFactory)


def consent_texts(contest: Contest) -> None:
    for kind in ConsentText.Kind:
        ConsentText.objects.create(contest=contest, kind=kind, body_ru=f"Текст: {kind}", body_en=f"Text: {kind}")


def rules(contest: Contest, **changes: Any) -> JudgingRules:
    """The demo regulation's rules: two reviews, a third at 20 points, ties by criteria 1 and 2."""
    values: dict[str, Any] = {
        "third_at_total": Decimal(20),
        "tie_criteria": [1, 2],
        "smallest_cell": 0,
        **changes,
    }
    return JudgingRules.objects.create(contest=contest, **values)


def rubric(contest: Contest, maxima: tuple[int, ...] = (60, 40)) -> list[Criterion]:
    """A rubric with criteria of these maxima, positions from 1."""
    sheet = Rubric.objects.create(contest=contest)
    return [
        Criterion.objects.create(
            rubric=sheet,
            position=position,
            name_ru=f"Критерий {position}",
            name_en=f"Criterion {position}",
            maximum=maximum,
        )
        for position, maximum in enumerate(maxima, start=1)
    ]


def awards(contest: Contest) -> list[AwardRule]:
    return [
        AwardRule.objects.create(
            contest=contest,
            position=1,
            key="winner",
            name_ru="Победитель",
            name_en="Winner",
            place_from=1,
            place_to=1,
            minimum=70,
        ),
        AwardRule.objects.create(
            contest=contest,
            position=2,
            key="prize-winner",
            name_ru="Призёр",
            name_en="Prize-winner",
            place_from=2,
            place_to=3,
            minimum=60,
        ),
    ]


class BlindCopyFactory(DjangoModelFactory[BlindCopy]):
    """An admitted, released copy, of an author that nobody knows."""

    class Meta:
        model = BlindCopy

    contest = factory.SubFactory(ContestFactory, stage="judging")
    category = factory.SubFactory(CategoryFactory, contest=factory.SelfAttribute("..contest"))
    nomination = factory.SubFactory(NominationFactory, contest=factory.SelfAttribute("..contest"))
    code = factory.Sequence(lambda n: f"T{n:05d}")
    state = BlindCopy.State.RELEASED
    admitted = True
    title = "Как я получил паспорт"
    html = "<p>Слово [УЧАСТНИК] и мысль.</p>"
    text = "Слово [УЧАСТНИК] и мысль."
    characters = 25
    words = 4
    engine_version = "test"


class SeatFactory(DjangoModelFactory[Seat]):
    """An accepted seat of a judge."""

    class Meta:
        model = Seat

    contest = factory.SubFactory(ContestFactory, stage="judging")
    user = factory.SubFactory(UserFactory)
    email = factory.LazyAttribute(lambda one: one.user.email if one.user else "invited@example.org")
    surname = factory.Sequence(lambda n: f"Судьина{n}")
    given_name = "Анна"
    state = Seat.State.ACCEPTED
    invited_at = factory.LazyFunction(lambda: moment(-30))


class AssignmentFactory(DjangoModelFactory[Assignment]):
    class Meta:
        model = Assignment

    copy = factory.SubFactory(BlindCopyFactory)
    contest = factory.SelfAttribute("copy.contest")
    seat = factory.SubFactory(SeatFactory, contest=factory.SelfAttribute("..contest"))
    place = factory.Sequence(int)
    assigned_at = factory.LazyFunction(lambda: moment(-6))


def review(assignment: Assignment, points: dict[Criterion, int], *, submitted: bool = True) -> Review:
    """A review with these marks, written past the actions: for tests of what comes after."""
    total = sum((Decimal(value) * criterion.weight for criterion, value in points.items()), Decimal())
    now = moment(0)
    made = Review.objects.create(
        assignment=assignment,
        state=Review.State.SUBMITTED if submitted else Review.State.DRAFT,
        total=total,
        started_at=now,
        saved_at=now,
        submitted_at=now if submitted else None,
        version=1,
    )
    Mark.objects.bulk_create(
        [Mark(review=made, criterion=criterion, points=value) for criterion, value in points.items()]
    )
    if submitted:
        Assignment.objects.filter(pk=assignment.pk).update(state=Assignment.State.DONE)
    return made

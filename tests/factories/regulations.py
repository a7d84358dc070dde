"""Contests as organizers make them: through the actions, ready to be published."""

from decimal import Decimal
from typing import Any

from essays.contests import actions, stages
from essays.contests.models import ConsentText, Contest
from essays.people.models import User
from judging.rubrics import actions as rubrics
from tests.factories.story import UserFactory, moment

CATEGORY = {"id": None, "name_ru": "7–9 классы", "name_en": "Grades 7–9", "institution_kind": "school"}
NOMINATION = {
    "id": None,
    "name_ru": "Помог близким",
    "name_en": "Helped my family",
    "description_ru": "Как вы помогли.",
    "description_en": "",
}
RULES: dict[str, Any] = {
    "reviews_per_entry": 2,
    "third_at_total": Decimal(20),
    "third_at_criterion": None,
    "aggregation": "mean",
    "third_review": "median",
    "tie_criteria": [1, 2],
    "smallest_cell": 3,
}


def organizer(**values: Any) -> User:
    """Somebody who may create contests."""
    return UserFactory(is_organizer=True, **values)


def draft(actor: User, slug: str = "essay-2027", **values: Any) -> Contest:
    """An empty draft whose intake opened yesterday and closes in ten days."""
    given = {
        "slug": slug,
        "title_ru": "Госуслуги: мой опыт",
        "title_en": "My experience",
        "time_zone": "Asia/Barnaul",
        "opens_at": moment(-1),
        "closes_at": moment(10),
        **values,
    }
    return actions.create_contest(actor, **given)


def criterion(name: str, maximum: int, pk: int | None = None) -> dict[str, Any]:
    return {
        "id": pk,
        "name_ru": name,
        "name_en": "",
        "description_ru": "",
        "description_en": "",
        "maximum": Decimal(maximum),
        "step": Decimal(1),
        "weight": Decimal(1),
    }


def award(name: str, first: int, last: int, minimum: int | None) -> dict[str, Any]:
    points = None if minimum is None else Decimal(minimum)
    return {"id": None, "name_ru": name, "name_en": "", "place_from": first, "place_to": last, "minimum": points}


def fresh(contest: Contest) -> int:
    contest.refresh_from_db()
    return contest.version


def complete_draft(actor: User, slug: str = "essay-2027", **values: Any) -> Contest:
    """A draft in which nothing is missing."""
    contest = draft(actor, slug, **values)
    texts = {"summary_ru": "О чём он.", "regulation_ru": "# Участники\n\nВсе.", "contact_email": "ask@example.org"}
    actions.change_regulation(contest, contest.version, texts, section="texts", actor=actor)
    actions.set_rows(contest, contest.version, "categories", [CATEGORY], actor=actor)
    actions.set_rows(contest, contest.version, "nominations", [NOMINATION], actor=actor)
    for kind in ConsentText.Kind:
        actions.add_consent_text(contest, contest.version, kind=kind, body_ru="Согласен.", body_en="", actor=actor)
    rows = [criterion("Тема", 60), criterion("Стиль", 40)]
    rubrics.save_criteria(contest, fresh(contest), rows, actor=actor)
    rubrics.save_rules(contest, fresh(contest), RULES, actor=actor)
    awards = [award("Победитель", 1, 1, 70), award("Призёр", 2, 3, 60)]
    rubrics.save_awards(contest, fresh(contest), awards, actor=actor)
    contest.refresh_from_db()
    return contest


def published(actor: User, slug: str = "essay-2027", **values: Any) -> Contest:
    contest = complete_draft(actor, slug, **values)
    stages.publish(contest, actor=actor)
    return contest

"""What people do on the pages, as one reads it in the regulation: sign up, enter an essay, judge it. In English."""

import re
from datetime import date
from typing import Any

from django.conf import settings
from django.core import mail
from django.utils import timezone

from demo.roster import load_roster
from demo.texts import DemoEssay
from tests.factories.story import PASSWORD
from tests.journeys.ground import Ground, answer_bells, file_of
from tests.journeys.visitor import Visitor

WRITTEN_IN = 2026


def letters_to(address: str) -> list[Any]:
    """The letters that this address has received, oldest first."""
    return [letter for letter in mail.outbox if letter.to == [address]]


def last_words_to(address: str) -> str:
    """The plain text of the newest letter, with runs of white space as one space, whatever lines it was broken into."""
    return " ".join(str(letters_to(address)[-1].body).split())


def link_in(text: str, part: str) -> str:
    """The first address in a letter's text that has ``part`` in it."""
    return next(link for link in re.findall(r"https?://\S+", text) if part in link)


def sign_up(address: str) -> Visitor:
    """An account, its address confirmed by the link of the letter."""
    visitor = Visitor("en").open("/accounts/signup/")
    visitor.press("Register", email=address, password1=PASSWORD)
    answer_bells()
    visitor.open(link_in(last_words_to(address), "confirm-email")).press("Yes, this is my address")
    return visitor


def sign_in(address: str) -> Visitor:
    return Visitor("en").open("/accounts/login/").press("Sign in", login=address, password=PASSWORD)


def birth_date_of(essay: DemoEssay) -> date:
    """A birth date that makes the author today as old as when the essay was written."""
    today = timezone.localdate()
    return date(today.year - (WRITTEN_IN - essay.birth_year), 1, 1)


def begin(visitor: Visitor, ground: Ground, essay: DemoEssay, nomination: str, **guardian: str) -> None:
    """From the contest's page through the first three parts of the application."""
    visitor.open(f"/c/{ground.contest.slug}/").follow("Enter an essay")
    by_mentor = "mentor" if guardian.pop("entered_by", "") else "entrant"
    visitor.press("Begin", entered_by=by_mentor)
    visitor.follow("The author").press(
        "Save and go on",
        surname=essay.surname,
        given_name=essay.given_name,
        patronymic=essay.patronymic,
        birth_date=birth_date_of(essay),
        **guardian,
    )
    place = ground.institutions[essay.institution]
    visitor.follow("School, college or university").press(
        "Find", institution_search=place.short_name.split("«")[-1][:-1]
    )
    visitor.press("Save and go on", institution=place.pk, course=essay.course, **mentor_of(essay))
    category = ground.contest.categories.all()["abcd".index(essay.category)]
    visitor.follow("Category, nomination and title").press(
        "Save and go on",
        category=category.pk,
        nomination=ground.contest.nominations.get(name_ru=nomination).pk,
        title=essay.title,
    )


def mentor_of(essay: DemoEssay) -> dict[str, str]:
    """Who helped, as the application asks for it; nothing where nobody did."""
    if essay.mentor is None:
        return {}
    person = load_roster().mentors[essay.mentor]
    names = {"surname": person.surname, "given_name": person.given_name, "patronymic": person.patronymic}
    return {f"mentor_{name}": value for name, value in names.items()}


def consent(visitor: Visitor, *, to_publication: bool) -> None:
    visitor.follow("Consents").press("Save and go on", processing=True, dissemination=to_publication)


def upload(visitor: Visitor, essay: DemoEssay) -> None:
    visitor.follow("The essay").press("Upload the file", file=file_of(essay))


def hand_in(visitor: Visitor) -> None:
    visitor.follow("Check and send").press("Send the entry")


def guardian_agrees(address: str, *, to_publication: bool) -> Visitor:
    """The parent opens the link of the letter, without an account, and ticks."""
    parent = Visitor("en").open(link_in(last_words_to(address), "/guardian/"))
    return parent.press("Give the ticked consents", processing=True, dissemination=to_publication)


def accept_seat(address: str, place: Any | None) -> Visitor:
    """An invited judge follows the letter's link, thinks of a password, and says where they work."""
    judge = Visitor("en").open(link_in(last_words_to(address), "/seats/").removeprefix(settings.SITE_ORIGIN))
    judge.press("Accept", password=PASSWORD)
    if place is not None:
        judge.press("Find", q=place.short_name)
        judge.press("I belong there", institution=place.pk)
    return judge


def score(judge: Visitor, address: str, points: list[int], comment: str) -> Visitor:
    """Hand in a review: points in the order of the rubric."""
    judge.open(address)
    names = [name for name in judge.page.xpath("//form[@id='review']//@name") if name.startswith("mark_")]
    values = dict(zip(dict.fromkeys(names), points, strict=True))
    return judge.press("Hand in and go on", comment_for_author=comment, **values)

"""A season's contest: made, filled with the regulation, its jury invited, published. Through the organizer's actions."""

from datetime import datetime, timedelta

from django.db import transaction

from demo.people import address_of
from demo.regulation import Regulation, load_regulation
from demo.roster import Person, load_roster
from demo.seasons import Season, Stage
from demo.telling import Telling
from essays.contests import actions, stages, team
from essays.contests.models import ConsentText, Contest
from essays.ledger.past import told_at
from essays.people.models import Institution, User
from judging.panels import actions as panels
from judging.panels.models import Seat
from judging.panels.pasted import Person as Invited
from judging.rubrics import actions as rubrics
from judging.rubrics.models import Criterion

# Before the opening of intake.
MADE = timedelta(days=12)
PUBLISHED = timedelta(days=8)
# After it.
INVITED = timedelta(days=2, hours=2)
ANSWERED_WITHIN = timedelta(days=5)


def make_contest(season: Season, planned: dict[str, datetime], organizer: User, now: datetime) -> Contest:
    """The contest with its whole regulation, published unless its stage is draft. All or nothing."""
    regulation = load_regulation()
    titles = regulation.title_of(None if season.stage == Stage.APPROVED else season.number)
    made_at = min(planned["opens_at"] - MADE, now - timedelta(hours=3))
    with transaction.atomic(), told_at(made_at):
        contest = actions.create_contest(
            organizer,
            slug=season.slug,
            time_zone=regulation.time_zone,
            opens_at=planned["opens_at"],
            closes_at=planned["closes_at"],
            title_ru=titles["ru"],
            title_en=titles["en"],
        )
        _write(contest, regulation, planned, organizer)
        if season.stage != Stage.DRAFT:
            with told_at(planned["opens_at"] - PUBLISHED):
                stages.publish(contest, actor=organizer)
        # Columns that note their own moment.
        Contest.objects.filter(pk=contest.pk).update(created_at=made_at)
        ConsentText.objects.filter(contest=contest).update(published_at=made_at)
    contest.refresh_from_db()
    return contest


def _write(contest: Contest, regulation: Regulation, planned: dict[str, datetime], organizer: User) -> None:
    for section, values in (
        ("texts", regulation.texts),
        ("requirements", regulation.requirements),
        ("calendar", planned),
    ):
        actions.change_regulation(contest, contest.version, values, section=section, actor=organizer)
        contest.refresh_from_db()
    actions.set_rows(contest, contest.version, "categories", regulation.categories, actor=organizer)
    actions.set_rows(contest, contest.version, "nominations", regulation.nominations, actor=organizer)
    for kind, body in regulation.consents.items():
        actions.add_consent_text(
            contest, contest.version, kind=kind, body_ru=body["ru"], body_en=body["en"], actor=organizer
        )
    rubrics.save_criteria(contest, contest.version, regulation.criteria, actor=organizer)
    contest.refresh_from_db()
    criteria = Criterion.objects.filter(rubric__contest=contest)
    for criterion, levels in zip(criteria, regulation.levels, strict=True):
        rubrics.save_levels(contest, criterion, contest.version, levels, actor=organizer)
        contest.refresh_from_db()
    rubrics.save_rules(contest, contest.version, regulation.rules, actor=organizer)
    contest.refresh_from_db()
    rubrics.save_awards(contest, contest.version, regulation.awards, actor=organizer)
    contest.refresh_from_db()


def seat_jury(
    telling: Telling, users: dict[str, User], institutions: dict[str, Institution], organizer: User, until: datetime
) -> None:
    """Invite the jury and its secretary; everybody accepts and names where they work. The secretary helps to organize.

    ``until``: the last moment by which everybody has answered.
    """
    contest, roster = telling.contest, load_roster()
    begin = min(contest.opens_at + INVITED, until - timedelta(days=1))
    secretaries = [person for person in roster.organizers.values() if person.role == "secretary"]
    people = [*roster.judges.values(), *secretaries]
    with telling.at(begin):
        for role in (Seat.Role.CHAIR, Seat.Role.MEMBER, Seat.Role.SECRETARY):
            invited = [_invited(person) for person in people if person.role == role]
            panels.invite(contest, invited, role=role, actor=organizer)
        for person in secretaries:
            team.add_organizer(contest, address_of(person), actor=organizer)
    answers = telling.moments(begin + timedelta(hours=1), min(begin + ANSWERED_WITHIN, until), len(people))
    for person, moment in zip(people, answers, strict=True):
        seat = Seat.objects.get(contest=contest, email=address_of(person))
        user = users[seat.email]
        with telling.at(moment):
            panels.accept(seat, user)
            if person.institution:
                panels.add_institution(seat, institutions[person.institution], actor=user)


def _invited(person: Person) -> Invited:
    return Invited(person.surname, person.given_name, person.patronymic, address_of(person))

"""What a journey begins with: a contest by the demo's regulation, its institutions, an organizer. And time goes by."""

from dataclasses import dataclass
from datetime import timedelta
from queue import Empty
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F

from config.celery import app
from demo.contests import make_contest
from demo.files import build
from demo.people import make_institutions
from demo.regulation import load_regulation
from demo.seasons import Season, Stage, calendar_of
from demo.texts import DemoEssay, load_essays
from essays.contests.models import Contest
from essays.contests.schedule import PLANNED
from essays.people.models import Institution, User
from tests.factories.story import UserFactory, moment


@dataclass
class Ground:
    """A published contest whose intake is open. ``institutions`` by the keys of the demo's roster."""

    contest: Contest
    organizer: User
    institutions: dict[str, Institution]

    def time_passes_until(self, name: str) -> None:
        """Let this moment of the calendar be a minute ago: all planned moments move by as much."""
        self.contest.refresh_from_db()
        by = getattr(self.contest, name) - moment(0) + timedelta(minutes=1)
        Contest.objects.filter(pk=self.contest.pk).update(**{one: F(one) - by for one in PLANNED})
        self.contest.refresh_from_db()


def ground() -> Ground:
    """Made by the organizer's own actions."""
    organizer = UserFactory(is_organizer=True, surname="Распорядина", given_name="Ольга", patronymic="Ивановна")
    season, now = Season(1, Stage.INTAKE), moment(0)
    contest = make_contest(season, calendar_of(season, now, ZoneInfo(load_regulation().time_zone)), organizer, now)
    return Ground(contest, organizer, make_institutions(organizer, now))


def essay(number: int) -> DemoEssay:
    """The demo's essay with this number, and its author."""
    return next(one for one in load_essays() if one.number == number)


def file_of(one: DemoEssay) -> SimpleUploadedFile:
    """The file as its author sends it, with everything in it that gives them away."""
    name, content = build(one)
    return SimpleUploadedFile(name, content)


def answer_bells() -> int:
    """Do in this process what a worker would: run every task that was rung, and those that these ring.

    Returns how many. The broker is a real one, so a bell that was not rung is not answered.
    """
    answered = 0
    with app.connection_for_read() as connection:
        queue = connection.SimpleQueue(app.conf.task_default_queue)
        while True:
            try:
                message = queue.get(block=False)
            except Empty:
                queue.close()
                return answered
            args, kwargs, _embedded = message.payload
            app.tasks[message.headers["task"]](*args, **kwargs)
            message.ack()
            answered += 1

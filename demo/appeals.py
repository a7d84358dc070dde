"""Appeals of the announced season: one filed, one being heard, one decided; the window is still open."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from demo import logins
from demo.telling import Telling
from essays.entries.models import Entry
from essays.people.models import User
from judging.appeals import access, actions
from judging.appeals.models import Appeal, AppealMember
from judging.results.models import Award
from judging.rubrics.models import Criterion

TEXTS = (
    """Один эксперт поставил мне за личный опыт почти полный балл, а другой – намного меньше.

Мой случай настоящий: я прошёл этот путь сам, шаг за шагом. {given_name} {surname}""",
    """Прошу ещё раз посмотреть на критерий «Аргументы, выводы, предложения».

В последних двух абзацах есть предложение и объяснено, кому оно поможет, а в комментарии сказано, что его нет.""",
    """За грамотность снизили баллы, хотя просторечие в речи героя – это приём, а не ошибка.

{mentor}, мой учитель, тоже так считает.""",
)
REASONS = (
    "Личный опыт описан подробно и по шагам, это видно во втором и третьем абзацах. За остальное баллы верны.",
    "Согласна: случай свой, а не пересказанный. Прибавила за первый критерий.",
    "Первый критерий недооценён на два балла. Других оснований менять оценку не нахожу.",
)
ANSWER = (
    "Комиссия перечитала работу. Личный опыт действительно раскрыт полнее, чем отразилось в оценке: "
    "за первый критерий балл повышен. По остальным критериям оценка оставлена без изменений."
)
RAISED_BY = Decimal(2)


@dataclass
class Hearings:
    """What happens within a day of the announcement. ``day``: its moment, in the morning."""

    telling: Telling
    organizer: User
    day: datetime

    def tell(self) -> None:
        decided, heard, *_filed = self._file()
        self._appoint(decided, self.day + timedelta(hours=6))
        for number, member in enumerate(decided.members.order_by("pk")):
            self._find(member, REASONS[number % len(REASONS)], self.day + timedelta(hours=7, minutes=40 * number))
        with self.telling.at(self.day + timedelta(hours=22)):
            actions.decide(decided, self.organizer, answer=ANSWER)
        self._appoint(heard, self.day + timedelta(hours=22, minutes=30))
        waiting = heard.members.exclude(seat__user__email=logins.JUDGE).order_by("pk")[:2]
        for number, member in enumerate(waiting):
            self._find(member, REASONS[number], self.day + timedelta(hours=23, minutes=10 * number))

    def _file(self) -> list[Appeal]:
        moments = self.telling.moments(self.day + timedelta(hours=1), self.day + timedelta(hours=5), len(TEXTS))
        return [self._one(*one) for one in zip(self._authors(), TEXTS, moments, strict=True)]

    def _authors(self) -> list[Entry]:
        """Three who may: the most disputed essay first, then one that the demo's judge may hear.

        The demo's student is to find the form and has not appealed. Where the judge may hear none but the most disputed,
        that one is the second.
        """
        awards = Award.objects.standing().filter(announcement__contest=self.telling.contest)
        awards = awards.exclude(entry__owner__email=logins.STUDENT).exclude(entry__owner__email=logins.MENTOR)
        rows = awards.select_related("entry__owner", "entry__contest", "row__copy").order_by("entry__number")
        first, *others = sorted(rows, key=lambda one: (-len(one.row.frozen["reviews"]), one.entry.number))
        second = next(one for one in (*others, first) if self._is_for_the_judge(one))
        rest = [one for one in (first, *others) if one != second]
        return [one.entry for one in (rest[0], second, *rest[1:])][: len(TEXTS)]

    def _is_for_the_judge(self, award: Award) -> bool:
        able = access.able_to_hear(Appeal(contest=self.telling.contest, copy=award.row.copy))
        return any(seat.email == logins.JUDGE for seat in able)

    def _one(self, entry: Entry, text: str, moment: datetime) -> Appeal:
        mentor = f"{entry.mentor_given_name} {entry.mentor_patronymic}".strip() or "Марья Петровна"
        words = text.format(given_name=entry.given_name, surname=entry.surname, mentor=mentor)
        with self.telling.at(moment):
            appeal = actions.file(entry, entry.owner, words)
        with self.telling.at(moment + timedelta(minutes=1)):
            actions.blind(appeal.pk)
        return Appeal.objects.select_related("contest", "copy", "entry").get(pk=appeal.pk)

    def _appoint(self, appeal: Appeal, moment: datetime) -> None:
        able = sorted(access.able_to_hear(appeal), key=lambda seat: seat.email != logins.JUDGE)
        with self.telling.at(moment):
            actions.appoint(appeal, self.organizer, able[: self.telling.contest.appeal_members])
        appeal.refresh_from_db()

    def _find(self, member: AppealMember, reason: str, moment: datetime) -> None:
        """Somewhat more for the first criterion, within its maximum; the rest stays."""
        award = Award.objects.select_related("row").get(
            announcement__contest=self.telling.contest, entry=member.appeal.entry
        )
        marks = actions.before(member.appeal, award)
        first = Criterion.objects.filter(rubric__contest=self.telling.contest).order_by("position", "pk").first()
        assert first is not None
        key = str(first.position)
        marks[key] = min(marks[key] + RAISED_BY, first.maximum)
        with self.telling.at(moment):
            actions.hear(member, member.seat.user, marks, reason)

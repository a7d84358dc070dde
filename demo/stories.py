"""The stories of the demo's seasons, told from the first application to where the season stands now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from demo import logins
from demo.applications import Application, World, fill_in, hand_in, upload_of
from demo.contests import seat_jury
from demo.judging import Jury
from demo.meeting import meet
from demo.seasons import Season, Stage
from demo.telling import Telling, blind_at
from demo.texts import DemoEssay
from essays.anonymity import actions as copies
from essays.anonymity.models import BlindCopy
from essays.contests.models import ConsentText
from essays.entries import actions, consents
from essays.entries.models import Consent, Entry
from essays.ledger.past import told_at
from essays.people.models import User
from judging.assignments.models import Assignment
from judging.ranking.actions import approve, propose
from judging.results.actions import announce, complete

# Essays by number: who takes part in which season, and on which of them two judges disagree.
CAST = {
    Stage.ANNOUNCED: frozenset([*range(1, 12), *range(23, 33), 36, 37, 38]),
    Stage.DECIDING: frozenset([*range(2, 23), *range(33, 41)]),
    Stage.JUDGING: frozenset(range(1, 41)),
    Stage.INTAKE: frozenset([1, 2, 3, 5, 11, 12, 24, 32, 33]),
}
DISPUTED = {Stage.ANNOUNCED: frozenset([3, 31]), Stage.DECIDING: frozenset([5, 12, 34]), Stage.JUDGING: frozenset([9])}
# A smaller cast that still has all that is to be seen, for tests.
FEW = {
    Stage.ANNOUNCED: frozenset([1, 3, 5, 8, 11]),
    Stage.DECIDING: frozenset([2, 3, 4, 5, 12]),
    Stage.JUDGING: frozenset([1, 2, 5, 8, 9]),
    Stage.INTAKE: CAST[Stage.INTAKE],
}
OF_THE_MENTOR = 11
RETURNED = (
    "Пожалуйста, проверьте отчество: в заявке оно написано не так, как в работе. "
    "Исправьте его в разделе «Автор» и отправьте заявку ещё раз."
)
NOT_ADMITTED = (
    "Большая часть текста дословно совпадает со статьёй, которая опубликована в открытом доступе, "
    "а чужие тексты на конкурс не принимаются (пункт 4 положения). Если статью написали вы, ответьте на это письмо."
)
KNOWS_THE_AUTHOR = "Узнал работу: мы обсуждали её замысел на занятии."


@dataclass
class Story:
    """One season being told. ``essays``: its cast."""

    season: Season
    telling: Telling
    world: World
    essays: list[DemoEssay]
    now: datetime
    say: Callable[[str], None]

    @property
    def organizer(self) -> User:
        return self.world.users[logins.ORGANIZER]

    @property
    def mentor(self) -> User:
        return self.world.users[logins.MENTOR]

    def tell(self) -> None:
        """From the invitation of the jury to the season's stage."""
        contest, stage = self.telling.contest, self.season.stage
        until = min(contest.closes_at, self.now) - timedelta(hours=2)
        seat_jury(self.telling, self.world.users, self.world.institutions, self.organizer, until)
        if stage == Stage.INTAKE:
            self._intake_so_far(until)
            return
        essay_of = self._intake(until)
        disputed = frozenset(essay.key for essay in self.essays if essay.number in DISPUTED.get(stage, frozenset()))
        jury = Jury(self.telling, self.season.number, essay_of, disputed)
        dealt_at = self.telling.working_hour(contest.judging_starts_at, 9, 30)
        jury.deal(dealt_at, self.organizer)
        if stage == Stage.JUDGING:
            self._judging_so_far(jury, dealt_at)
            return
        end = contest.judging_ends_at - timedelta(hours=20)
        jury.read(dealt_at + timedelta(hours=3), end, lambda one: True, contest.judging_ends_at - timedelta(hours=1))
        self.say("every essay is reviewed")
        if stage == Stage.ANNOUNCED:
            self._results()

    def _intake(self, until: datetime) -> dict[int, DemoEssay]:
        """Every essay of the cast comes in and is admitted; returns what is behind each blind copy."""
        contest = self.telling.contest
        moments = self.telling.moments(contest.opens_at + timedelta(days=1), until, len(self.essays))
        essay_of: dict[int, DemoEssay] = {}
        entries = []
        for essay, moment in zip(self._shuffled(), moments, strict=True):
            by_mentor = self.mentor if essay.number == OF_THE_MENTOR else None
            entry = hand_in(self.telling, self.world, Application(essay, by_mentor), moment)
            entries.append(entry)
            essay_of[copy_of(entry).pk] = essay
            self.say(f"{len(entries)} of {len(self.essays)} essays")
        begin, end = contest.closes_at + timedelta(hours=9), contest.screening_ends_at - timedelta(hours=2)
        for entry, moment in zip(entries, self.telling.moments(begin, end, len(entries)), strict=True):
            self._admit(entry, moment)
        return essay_of

    def _admit(self, entry: Entry, moment: datetime) -> None:
        """The organizer looks at a copy that waits for it, then admits the entry."""
        copy = copy_of(entry)
        if copy.state == BlindCopy.State.HELD:
            with self.telling.at(moment - timedelta(minutes=4)):
                copies.release(copy, self.organizer)
        with self.telling.at(moment):
            actions.admit(entry, self.organizer)

    def _shuffled(self) -> list[DemoEssay]:
        """The order in which the authors come in."""
        essays = list(self.essays)
        self.telling.chance.shuffle(essays)
        return essays

    def _judging_so_far(self, jury: Jury, dealt_at: datetime) -> None:
        """Somebody recuses themselves; everybody has read half of their queue, and one essay waits for a third."""
        contest = self.telling.contest
        queues: dict[int, list[Assignment]] = {}
        standing = Assignment.objects.filter(contest=contest).waiting().select_related("seat__user", "contest", "copy")
        for one in standing.order_by("place", "pk"):
            queues.setdefault(one.seat_id, []).append(one)
        seats = {one.seat.email: one.seat_id for queue in queues.values() for one in queue}
        first, second = _readers_of(jury, [one for queue in queues.values() for one in queue])
        judge = queues.get(seats.get(logins.JUDGE, 0), [])
        gives_back = next(
            queue[-1] for queue in queues.values() if queue is not judge and queue[-1].copy_id != first.copy_id
        )
        jury.recuse(gives_back, dealt_at + timedelta(hours=2), KNOWS_THE_AUTHOR)
        half = {one.pk for queue in queues.values() for one in queue[: len(queue) // 2]} - {gives_back.pk}
        done = half | {first.pk, second.pk}
        jury.read(dealt_at + timedelta(hours=3), self.now - timedelta(hours=2), lambda one: one.pk in done)
        waiting = [one for one in judge if one.pk not in done and one.pk != gives_back.pk]
        if waiting:
            jury.begin(waiting[0], self.now - timedelta(hours=1))
        self.say(f"{len(done)} reviews are in")

    def _results(self) -> None:
        """The ranking is approved in the session, and announced before its day is over."""
        contest = self.telling.contest
        held_at = self.telling.working_hour(contest.session_ends_at - timedelta(days=1), 14)
        with self.telling.at(held_at):
            meet(contest, self.organizer, held_at)
        with self.telling.at(self.telling.working_hour(contest.session_ends_at - timedelta(days=1), 15)):
            ranking = approve(contest, self.organizer, propose(contest).digest)
        with self.telling.at(self.telling.working_hour(contest.results_at - timedelta(days=1), 11)):
            complete(announce(contest, self.organizer, seen=ranking.sha256).pk)
        self.say("the results are announced")

    def _intake_so_far(self, until: datetime) -> None:
        """One entry in each state that an entry can be in while intake is open."""
        contest = self.telling.contest
        by_number = {essay.number: essay for essay in self.essays}
        number_of_moments = len(by_number) + 1
        moments = iter(self.telling.moments(contest.opens_at + timedelta(days=1), until, number_of_moments))

        def sent(number: int, by_mentor: User | None = None, guardian_answers: bool = True) -> tuple[Entry, datetime]:
            moment = next(moments)
            wanted = Application(by_number[number], by_mentor, guardian_answers)
            entry = hand_in(self.telling, self.world, wanted, moment)
            self.say(f"№ {entry.number}")
            return entry, moment + timedelta(hours=1)

        entry, later = sent(3)
        self._admit(entry, later)
        entry, later = sent(32)
        with self.telling.at(later):
            actions.reject(entry, self.organizer, NOT_ADMITTED)
        entry, later = sent(5)
        with self.telling.at(later):
            actions.give_back(entry, self.organizer, RETURNED)
        entry, later = sent(33)
        if copy_of(entry).state == BlindCopy.State.RELEASED:
            with self.telling.at(later):
                copies.hold(copy_of(entry), self.organizer, "organizer")
        entry, later = sent(12)
        with self.telling.at(later):
            actions.withdraw(entry, entry.owner)
        sent(OF_THE_MENTOR, by_mentor=self.mentor, guardian_answers=False)
        entry, _later = sent(24)
        self._second_version(entry, by_number[24], next(moments))
        sent(2)
        self._unfinished(by_number[1], next(moments))

    def _second_version(self, entry: Entry, essay: DemoEssay, moment: datetime) -> None:
        """The author finds a mistake and sends the file once more."""
        with told_at(moment):
            actions.attach(entry, entry.owner, upload_of(essay))
        blind_at(entry.essays.current().get(), moment + timedelta(minutes=1))

    def _unfinished(self, essay: DemoEssay, moment: datetime) -> None:
        """The student's own draft: everything but the essay is there."""
        entry = fill_in(self.telling, self.world, Application(essay), moment)
        with self.telling.at(moment):
            kinds = [ConsentText.Kind.PROCESSING, ConsentText.Kind.DISSEMINATION]
            consents.give(entry, kinds, Consent.GivenBy.ENTRANT, channel="account", actor=entry.owner)


def copy_of(entry: Entry) -> BlindCopy:
    """The blind copy of the entry's current file."""
    copy = entry.essays.current().select_related("blind_copy").get().blind_copy
    assert copy is not None, "it was waited for"
    return copy


def cast_of(season: Season, essays: Iterable[DemoEssay], *, small: bool) -> list[DemoEssay]:
    """The essays that take part in a season."""
    numbers = (FEW if small else CAST)[season.stage]
    return [essay for essay in essays if essay.number in numbers]


def _readers_of(jury: Jury, standing: list[Assignment]) -> tuple[Assignment, Assignment]:
    """The two assignments of the essay that the jury disputes."""
    first, second = (one for one in standing if jury.essays[one.copy_id].key in jury.disputed)
    return first, second

"""The stories of the demo's seasons, told from the first application to where the season stands now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from demo import logins
from demo.anchors import Anchors
from demo.appeals import Hearings
from demo.applications import World
from demo.contests import seat_jury
from demo.intake import Intake
from demo.judging import Jury
from demo.meeting import meet, meet_so_far
from demo.seasons import Season, Stage
from demo.telling import Telling
from demo.texts import DemoEssay
from essays.contests.team import let_two_announce
from essays.people.models import User
from judging.anchors.models import AnchorReading
from judging.assignments.models import Assignment
from judging.panels.models import Seat
from judging.ranking.actions import approve, propose
from judging.ranking.models import Ranking
from judging.results.actions import announce, complete

# Essays by number: who takes part in which season, and on which of them two judges disagree.
CAST = {
    Stage.ANNOUNCED: frozenset([*range(1, 12), *range(23, 33), 36, 37, 38]),
    Stage.DECIDING: frozenset([*range(2, 23), *range(33, 41)]),
    Stage.JUDGING: frozenset(range(1, 41)),
    Stage.INTAKE: frozenset([1, 2, 3, 5, 11, 12, 24, 32, 33]),
    Stage.APPROVED: frozenset([24, 25, 26]),
}
DISPUTED = {Stage.ANNOUNCED: frozenset([3, 31]), Stage.DECIDING: frozenset([5, 12, 34]), Stage.JUDGING: frozenset([9])}
# A smaller cast that still has all that is to be seen, for tests.
FEW = {
    Stage.ANNOUNCED: frozenset([1, 3, 5, 8, 11]),
    Stage.DECIDING: frozenset([2, 3, 4, 5, 12]),
    Stage.JUDGING: frozenset([1, 2, 5, 8, 9]),
    Stage.INTAKE: CAST[Stage.INTAKE],
    Stage.APPROVED: CAST[Stage.APPROVED],
}
KNOWS_THE_AUTHOR = "Узнал работу: мы обсуждали её замысел на занятии."
TELLS_WHO = "В тексте описана наша районная олимпиада и занятое на ней место: победителя у нас знают все."
# Pages of an essay that is photographed: all of it, or as many as a test has the time for.
PAGES, FEW_PAGES = 2, 1


@dataclass
class Story:
    """One season being told. ``essays``: its cast."""

    season: Season
    telling: Telling
    world: World
    essays: list[DemoEssay]
    now: datetime
    say: Callable[[str], None]
    small: bool = False

    @property
    def organizer(self) -> User:
        return self.world.users[logins.ORGANIZER]

    def tell(self) -> None:
        """From the invitation of the jury to the season's stage."""
        contest, stage = self.telling.contest, self.season.stage
        until = min(contest.closes_at, self.now) - timedelta(hours=2)
        seat_jury(self.telling, self.world.users, self.world.institutions, self.organizer, until)
        if stage == Stage.APPROVED:
            with self.telling.at(until):
                let_two_announce(contest, True, actor=self.organizer)
        pages = FEW_PAGES if self.small else PAGES
        intake = Intake(self.telling, self.world, self.essays, self.say, pages)
        if stage == Stage.INTAKE:
            intake.so_far(until)
            return
        essay_of = intake.everything(until)
        disputed = frozenset(essay.key for essay in self.essays if essay.number in DISPUTED.get(stage, frozenset()))
        jury = Jury(self.telling, self.season.number, essay_of, disputed)
        dealt_at = self.telling.working_hour(contest.judging_starts_at, 9, 30)
        if stage == Stage.JUDGING:
            Anchors(self.telling).give(contest.judging_starts_at - timedelta(hours=10), self.organizer)
        if stage == Stage.ANNOUNCED:
            jury.spare(logins.JUDGE, dealt_at - timedelta(hours=1), self.organizer, len(essay_of) // 4)
        jury.deal(dealt_at, self.organizer, busy=logins.JUDGE if stage == Stage.JUDGING else "")
        if stage == Stage.JUDGING:
            self._judging_so_far(jury, dealt_at)
            return
        end = contest.judging_ends_at - timedelta(hours=20)
        jury.read(dealt_at + timedelta(hours=3), end, lambda one: True, contest.judging_ends_at - timedelta(hours=1))
        self.say("every essay is reviewed")
        if stage == Stage.DECIDING:
            with self.telling.at(self.now - timedelta(hours=2)):
                meet_so_far(contest, self.organizer, self.now - timedelta(hours=2))
        if stage in (Stage.ANNOUNCED, Stage.APPROVED):
            self._decide()
        if stage == Stage.ANNOUNCED:
            self._results()
        if stage == Stage.APPROVED:
            self._proposed()

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
        # So far that the anchors are due for the second time, for the demo's judge too, and something is left to read;
        # who has one essay only is yet to begin, with the anchors.
        half = {one.pk for queue in queues.values() for one in queue[: (len(queue) + (len(queue) > 2)) // 2]}
        half = (half | {one.pk for one in judge[: min((len(judge) + 1) // 2, len(judge) - 1)]}) - {gives_back.pk}
        done = half | {first.pk, second.pk}
        anchors = self._anchors_first(dealt_at, {one.seat_id for one in chain(*queues.values()) if one.pk in done})
        jury.read(dealt_at + timedelta(hours=3), self.now - timedelta(hours=2), lambda one: one.pk in done)
        self._anchors_again(anchors, queues, done)
        waiting = [one for one in judge if one.pk not in done and one.pk != gives_back.pk]
        if waiting and len(judge) > 1:
            jury.begin(waiting[0], self.now - timedelta(hours=1))
        of_the_judge = {one.copy_id for one in judge} | {first.copy_id, gives_back.copy_id}
        others = [one for queue in queues.values() for one in reversed(queue) if one.pk not in done]
        others = [one for one in others if one.pk not in {own.pk for own in judge} and one.pk != gives_back.pk]
        alarmed = min(others, key=lambda one: one.copy_id in of_the_judge)
        jury.alarm(alarmed, self.now - timedelta(minutes=50), TELLS_WHO)
        self.say(f"{len(done)} reviews are in")

    def _anchors_first(self, dealt_at: datetime, readers: set[int]) -> Anchors:
        """Who reads has scored the anchors before the first essay; of those who read nothing yet the demo's judge and one
        other have not begun.
        """
        anchors = Anchors(self.telling)
        seats = list(Seat.objects.filter(contest=self.telling.contest).reading().for_panel())
        late = [seat for seat in seats if seat.pk not in readers and seat.email != logins.JUDGE][-1:]
        begun = [seat for seat in seats if seat not in late and (seat.pk in readers or seat.email != logins.JUDGE)]
        anchors.read(begun, AnchorReading.Turn.FIRST, dealt_at + timedelta(minutes=20), dealt_at + timedelta(hours=3))
        return anchors

    def _anchors_again(self, anchors: Anchors, queues: dict[int, list[Assignment]], done: set[int]) -> None:
        """Those who are half-way have scored them again; the demo's judge is still to do it."""
        readers = AnchorReading.objects.filter(anchor__contest=self.telling.contest).values("seat")
        seats = Seat.objects.filter(pk__in=readers).exclude(user__email=logins.JUDGE).for_panel()
        shares = {pk: (sum(one.pk in done for one in queue), len(queue)) for pk, queue in queues.items()}
        begun = [seat for seat in seats if shares.get(seat.pk, (0, 0))[0]]
        half_way = [seat for seat in begun if shares[seat.pk][0] * 2 >= shares[seat.pk][1]]
        begin, end = self.now - timedelta(hours=2), self.now - timedelta(hours=1)
        anchors.read(half_way or begun, AnchorReading.Turn.SECOND, begin, end)

    def _decide(self) -> None:
        """The ranking is approved in the session, and the session closed, before its last day is over."""
        contest = self.telling.contest
        day = contest.session_ends_at - timedelta(days=1)
        held_at = self.telling.working_hour(day, 14)
        with self.telling.at(held_at):
            meet(contest, self.organizer, held_at)
        with self.telling.at(self.telling.working_hour(day, 15)):
            approve(contest, self.organizer, propose(contest).digest)

    def _results(self) -> None:
        """The results were announced yesterday morning at the latest, and some disagree with them."""
        contest = self.telling.contest
        ranking = Ranking.objects.in_force().get(contest=contest)
        day = self.telling.working_hour(self.now - timedelta(days=1), 11)
        if day > self.now - timedelta(days=1):
            day -= timedelta(days=1)
        with self.telling.at(day):
            complete(announce(contest, self.organizer, seen=ranking.sha256).pk)
        contest.refresh_from_db()
        self.say("the results are announced")
        Hearings(self.telling, self.organizer, day).tell()

    def _proposed(self) -> None:
        """The secretary has decided on an announcement; another organizer is to look at the same and confirm."""
        contest = self.telling.contest
        ranking = Ranking.objects.in_force().get(contest=contest)
        at = self.telling.working_hour(self.now + timedelta(days=3), 10)
        with self.telling.at(self.now - timedelta(hours=3)):
            announce(contest, self.world.users[logins.SECRETARY], at, seen=ranking.sha256)


def cast_of(season: Season, essays: Iterable[DemoEssay], *, small: bool) -> list[DemoEssay]:
    """The essays that take part in a season."""
    numbers = (FEW if small else CAST)[season.stage]
    return [essay for essay in essays if essay.number in numbers]


def _readers_of(jury: Jury, standing: list[Assignment]) -> tuple[Assignment, Assignment]:
    """The two assignments of the essay that the jury disputes."""
    first, second = (one for one in standing if jury.essays[one.copy_id].key in jury.disputed)
    return first, second

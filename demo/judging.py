"""The jury of the demo at work: the deal, reviews, third reviewers, a recusal. Through the judges' actions."""

import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from demo.marks import Opinion, opinion
from demo.telling import Telling
from demo.texts import DemoEssay
from essays.anonymity.models import BlindCopy
from essays.people.models import User
from judging.assignments import actions as assignments
from judging.assignments import substitutes
from judging.assignments.models import Assignment, Recusal
from judging.panels import actions as panels
from judging.panels.models import Seat
from judging.reviews import actions as reviews
from judging.rubrics.models import Criterion

Round, State = Assignment.Round, Assignment.State
READING = timedelta(minutes=14)
# So many lots are drawn at most for a deal of which the season wants something.
LOTS = 12
Wanted = Callable[[Assignment], bool]


@dataclass
class Jury:
    """Reads the copies of one contest. ``essays``: what is behind each copy, by its id; no judge asks for it.

    ``disputed``: keys of essays on which the second reader disagrees with the first.
    """

    telling: Telling
    season: int
    essays: Mapping[int, DemoEssay]
    disputed: frozenset[str]

    def spare(self, judge: str, moment: datetime, organizer: User, most: int) -> None:
        """Give this judge fewer essays (one at least), so that there is something left that they may hear on appeal."""
        seat = Seat.objects.get(contest=self.telling.contest, email=judge)
        with self.telling.at(moment):
            panels.set_terms(
                seat, role=seat.role, capacity=max(1, most), categories=(), nominations=(), actor=organizer
            )

    def deal(self, moment: datetime, organizer: User, *, busy: str = "") -> None:
        """Give every admitted essay to two judges. ``busy``: the login of a judge who gets more than one essay, and none
        of the disputed, which are read at once, if any lot gives it so. Lots follow primary keys, so another database
        deals otherwise.
        """
        contest = self.telling.contest
        seeds = [contest.slug, *(f"{contest.slug}-{number}" for number in range(2, LOTS if busy else 2))]
        with self.telling.at(moment):
            assignments.apply(
                contest, max(seeds, key=lambda seed: self._work(busy, seed)) if busy else seeds[0], organizer
            )

    def _work(self, judge: str, seed: str) -> tuple[bool, int]:
        """How well a plan suits that judge: nothing disputed, and then up to two essays."""
        contest = self.telling.contest
        seat = str(Seat.objects.get(contest=contest, email=judge).pk)
        added = assignments.plan(contest, seed).added
        mine = [self.essays[int(copy)].key for copy, reader in added if reader == seat]
        return self.disputed.isdisjoint(mine), min(len(mine), 2)

    def read(self, begin: datetime, end: datetime, wanted: Wanted, thirds_until: datetime | None = None) -> None:
        """Review what is wanted of the first round, at moments between ``begin`` and ``end``.

        Third reviewers are appointed as soon as two reviews differ; they read until ``thirds_until``, or not yet.
        """
        waiting = Assignment.objects.filter(contest=self.telling.contest, round=Round.FIRST).waiting()
        chosen = [one for one in waiting.order_by("place", "pk") if wanted(one)]
        moments = self.telling.moments(begin, end, len(chosen))
        self.telling.chance.shuffle(moments)
        agenda = list(zip(moments, (one.pk for one in chosen), strict=True))
        heapq.heapify(agenda)
        while agenda:
            moment, pk = heapq.heappop(agenda)
            copy = self._review(pk, moment)
            third = self._third(copy, moment + READING)
            if third is not None and thirds_until is not None:
                (later,) = self.telling.moments(moment + 2 * READING, thirds_until, 1)
                heapq.heappush(agenda, (later, third.pk))

    def begin(self, assignment: Assignment, moment: datetime) -> None:
        """Open an essay and score the first criteria; the rest another evening."""
        copy = assignment.copy
        thought = self._opinion(copy, self._readers(copy))
        first = dict(list(self._marks(thought).items())[:2])
        with self.telling.at(moment):
            review = reviews.open_review(assignment)
            reviews.save_draft(review, first, "", "", review.version)

    def recuse(self, assignment: Assignment, moment: datetime, note: str) -> None:
        """A judge knows the author; somebody else reads the essay."""
        judge = assignment.seat.user
        with self.telling.at(moment):
            assignments.recuse(assignment, Recusal.Reason.KNOWS_AUTHOR, note, actor=judge)

    def alarm(self, assignment: Assignment, moment: datetime, words: str) -> None:
        """A judge can tell who wrote it: the essay leaves every desk until the organizers have looked."""
        with self.telling.at(moment):
            assignments.recuse(assignment, Recusal.Reason.IDENTITY_VISIBLE, words, actor=assignment.seat.user)

    def _review(self, assignment_id: int, moment: datetime) -> BlindCopy:
        assignment = Assignment.objects.select_related("contest", "copy", "seat__user").get(pk=assignment_id)
        copy = assignment.copy
        thought = self._opinion(copy, self._readers(copy))
        with self.telling.at(moment):
            review = reviews.open_review(assignment)
        with self.telling.at(moment + READING):
            reviews.submit(
                review,
                self._marks(thought),
                thought.comment,
                thought.note,
                review.version,
                actor=assignment.seat.user,
            )
        return copy

    def _third(self, copy: BlindCopy, moment: datetime) -> Assignment | None:
        """The third reviewer who is appointed now, if the two reviews differ."""
        if substitutes.third_of(copy) is not None:
            return None
        with self.telling.at(moment):
            reviews.check_disagreement(copy)
        return substitutes.third_of(copy)

    def _readers(self, copy: BlindCopy) -> int:
        return Assignment.objects.filter(copy=copy).done().count()

    def _opinion(self, copy: BlindCopy, reader: int) -> Opinion:
        essay = self.essays[copy.pk]
        maxima = [int(one.maximum) for one in self._criteria()]
        return opinion(essay, self.season, reader, maxima, disputed=essay.key in self.disputed)

    def _marks(self, thought: Opinion) -> dict[int, Decimal]:
        return {one.pk: Decimal(points) for one, points in zip(self._criteria(), thought.points, strict=True)}

    def _criteria(self) -> list[Criterion]:
        return list(Criterion.objects.filter(rubric__contest=self.telling.contest).order_by("position", "pk"))

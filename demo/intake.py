"""How the essays of a season come in: all of them, or one in each state that there is while intake is open."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from demo import logins
from demo.applications import Application, World, fill_in, hand_in, upload_of
from demo.telling import Telling, blind_at
from demo.texts import DemoEssay
from essays.anonymity import actions as copies
from essays.anonymity.models import BlindCopy
from essays.contests.actions import change_regulation
from essays.contests.models import ConsentText
from essays.entries import actions, admission, consents, remarking, versions
from essays.entries.models import Consent, Entry, Essay
from essays.entries.redaction_models import CopyRemark
from essays.ledger.past import told_at
from essays.people.models import User

OF_THE_MENTOR = 11
RETURNED = (
    "Пожалуйста, проверьте отчество: в заявке оно написано не так, как в работе. "
    "Исправьте его в разделе «Автор» и отправьте заявку ещё раз."
)
NOT_ADMITTED = (
    "Большая часть текста дословно совпадает со статьёй, которая опубликована в открытом доступе, "
    "а чужие тексты на конкурс не принимаются (пункт 4 положения). Если статью написали вы, ответьте на это письмо."
)
# The author writes the own surname with a slip of the pen: is it the author, or somebody else?
SLIP = ("Страницу я открыл в феврале", "«Бондоренко, не тяни», – сказал я себе. Страницу я открыл в феврале")
MISSED = (
    "рядом со школой, три остановки",
    "Зал самбо возле школы у нас на весь город один. Кто живёт в Барнауле, сразу поймёт, где я учусь.",
)
NO_SUCH_ADDRESS = "SMTPRecipientsRefused: {'%s': (550, b'5.1.1 no such mailbox')}"
NO_ANSWER = "TimeoutError: timed out"


@dataclass
class Intake:
    """The essays of one season on their way in. ``pages``: at most so many of an essay that is photographed."""

    telling: Telling
    world: World
    essays: list[DemoEssay]
    say: Callable[[str], None]
    pages: int

    @property
    def organizer(self) -> User:
        return self.world.users[logins.ORGANIZER]

    @property
    def mentor(self) -> User:
        return self.world.users[logins.MENTOR]

    def everything(self, until: datetime) -> dict[int, DemoEssay]:
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

    def so_far(self, until: datetime) -> None:
        """One entry in each state, copies that wait on the redaction desk, letters that came back."""
        contest = self.telling.contest
        by_number = {essay.number: essay for essay in self.essays}
        moments = iter(self.telling.moments(contest.opens_at + timedelta(days=1), until, len(by_number) + 1))
        self._allow_photographs(contest.opens_at + timedelta(hours=3))
        entry, later = self._sent(by_number[3], moments)
        self._admit(entry, later)
        entry, later = self._sent(by_number[32], moments)
        with self.telling.at(later):
            admission.reject(entry, self.organizer, NOT_ADMITTED)
        entry, later = self._sent(by_number[5], moments)
        with self.telling.at(later):
            admission.give_back(entry, self.organizer, RETURNED)
        doubtful = replace(by_number[33], source=by_number[33].source.replace(*SLIP))
        self._sent(doubtful, moments)
        entry, later = self._sent(by_number[12], moments)
        self.telling.could_not_send("receipt", entry.email, NO_ANSWER, attempts=8)
        with self.telling.at(later):
            actions.withdraw(entry, entry.owner)
        pupils = Application(by_number[OF_THE_MENTOR], self.mentor, guardian_answers=False, photographs=self.pages)
        entry, later = self._sent(pupils, moments)
        self.telling.could_not_send("guardian_request", entry.guardian_email, NO_SUCH_ADDRESS % entry.guardian_email)
        entry, _later = self._sent(by_number[24], moments)
        self._second_version(entry, by_number[24], next(moments))
        entry, later = self._sent(by_number[2], moments)
        with self.telling.at(later):
            remarking.remark(current(entry).pk, CopyRemark.Kind.MISSED, *MISSED, entry.owner)
        self._unfinished(by_number[1], next(moments))

    def _sent(self, wanted: DemoEssay | Application, moments: Iterator[datetime]) -> tuple[Entry, datetime]:
        moment = next(moments)
        application = wanted if isinstance(wanted, Application) else Application(wanted)
        entry = hand_in(self.telling, self.world, application, moment)
        self.say(f"№ {entry.number}")
        return entry, moment + timedelta(hours=1)

    def _allow_photographs(self, moment: datetime) -> None:
        """A village school asks: its pupils write by hand."""
        contest = self.telling.contest
        contest.refresh_from_db()
        with self.telling.at(moment):
            change_regulation(
                contest,
                contest.version,
                {"formats": [*contest.formats, "jpg", "png"]},
                section="requirements",
                actor=self.organizer,
            )
        contest.refresh_from_db()

    def _admit(self, entry: Entry, moment: datetime) -> None:
        """The organizer looks at a copy that waits for it, then admits the entry."""
        copy = copy_of(entry)
        if copy.state == BlindCopy.State.HELD:
            with self.telling.at(moment - timedelta(minutes=4)):
                copies.release(copy, self.organizer)
        with self.telling.at(moment):
            admission.admit(entry, self.organizer)

    def _shuffled(self) -> list[DemoEssay]:
        """The order in which the authors come in."""
        essays = list(self.essays)
        self.telling.chance.shuffle(essays)
        return essays

    def _second_version(self, entry: Entry, essay: DemoEssay, moment: datetime) -> None:
        """The author finds a mistake and sends the file once more."""
        with told_at(moment):
            versions.attach(entry, entry.owner, upload_of(essay))
        blind_at(current(entry), moment + timedelta(minutes=1))

    def _unfinished(self, essay: DemoEssay, moment: datetime) -> None:
        """The student's own draft: everything but the essay is there."""
        entry = fill_in(self.telling, self.world, Application(essay), moment)
        with self.telling.at(moment):
            kinds = [ConsentText.Kind.PROCESSING, ConsentText.Kind.DISSEMINATION]
            consents.give(entry, kinds, Consent.GivenBy.ENTRANT, channel="account", actor=entry.owner)


def current(entry: Entry) -> Essay:
    """The version of the file that is in force."""
    return entry.essays.current().select_related("blind_copy").get()


def copy_of(entry: Entry) -> BlindCopy:
    """The blind copy of the entry's current file."""
    copy = current(entry).blind_copy
    assert copy is not None, "it was waited for"
    return copy

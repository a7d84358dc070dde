"""Which copies wait for a person's look, the gravest doubt first."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.entries.models import Entry, Essay
from essays.entries.redaction_models import CopyRemark, Redaction
from essays.ledger.prepared import prepared_numbers

# From the gravest down. A doubt belongs to the first group that knows its code or the part before the colon.
GROUPS: dict[str, frozenset[str]] = {
    "leak": frozenset({"leak"}),
    "judge": frozenset({"identity_visible"}),
    "author": frozenset({"entrant_remark", "remark:missed"}),
    "unsure": frozenset(
        {"name_or_common_word", "surname_of_public_figure", "misspelt_surname", "misspelt_given_name", "not_confident"}
    ),
    "needless": frozenset({"remark:needless"}),
    "file": frozenset({"converted", "read_from_picture"}),
    "organizer": frozenset({"organizer"}),
    "pictures": frozenset({"pictures_unpainted"}),
}
OTHER = "unsure"
IN_PLAY = (BlindCopy.State.HELD, BlindCopy.State.RELEASED)


@dataclass(frozen=True)
class Doubtful:
    """A copy on the desk. ``reasons`` are codes of its doubts, open remarks among them as «remark:<kind>»."""

    essay_id: int
    public_id: UUID
    version: int
    number: int
    title: str
    held: bool
    reasons: tuple[str, ...] = field(default=())

    @property
    def groups(self) -> set[str]:
        return {group_of(reason) for reason in self.reasons} or {OTHER}

    @property
    def severity(self) -> int:
        order = list(GROUPS)
        return min(order.index(group) for group in self.groups)

    @property
    def is_pictures(self) -> bool:
        """Its pages wait to be painted over, on a page of their own."""
        return "pictures_unpainted" in self.reasons


def group_of(reason: str) -> str:
    before = reason.split(":")[0]
    return next((group for group, codes in GROUPS.items() if reason in codes or before in codes), OTHER)


def waiting(contest: Contest) -> list[Doubtful]:
    """Everything on the desk, the gravest first, then by number. Two questions, however many there are."""
    remarks: dict[int, set[str]] = {}
    for essay_id, kind in _open_remarks(contest).values_list("essay_id", "kind"):
        remarks.setdefault(essay_id, set()).add(f"remark:{kind}")
    rows = _in_play(contest).filter(Q(blind_copy__state=BlindCopy.State.HELD) | Q(pk__in=list(remarks)))
    names = ("pk", "entry__public_id", "version", "entry__number", "entry__title")
    copy = ("blind_copy__state", "blind_copy__doubts")
    found = [
        Doubtful(pk, entry, version, number, title, state == BlindCopy.State.HELD, _reasons(doubts, remarks.get(pk)))
        for pk, entry, version, number, title, state, doubts in rows.values_list(*names, *copy)
    ]
    return sorted(found, key=lambda one: (one.severity, one.number))


def count(contest: Contest) -> int:
    """How many copies are on the desk: one question."""
    return int(_count(contest.pk)[0])


@prepared_numbers
def _count(contest: int) -> int:
    held = _in_play(contest).filter(blind_copy__state=BlindCopy.State.HELD).order_by().values("pk")
    # Open remarks of all contests: few, and an index of their own.
    remarks = CopyRemark.objects.open().order_by().values("essay_id")
    remarked = _in_play(contest).filter(pk__in=remarks).order_by().values("pk")
    return held.union(remarked).count()


def looked_at(contest: Contest) -> int:
    """How many copies a person has let go and that are not on the desk again."""
    done = Redaction.objects.filter(
        essay__entry__contest=contest, essay__is_current=True, looked_at__isnull=False
    ).exclude(essay__blind_copy__state=BlindCopy.State.HELD)
    return done.count()


def following(rows: list[Doubtful], essay_id: int) -> Doubtful | None:
    """The next after this one in the desk's order; after the last the first. None where nothing else waits."""
    others = [row for row in rows if row.essay_id != essay_id]
    place = next((index for index, row in enumerate(rows) if row.essay_id == essay_id), 0)
    return next(iter([*others[place:], *others[:place]]), None)


def preceding(rows: list[Doubtful], essay_id: int) -> Doubtful | None:
    """The one before."""
    return following(rows[::-1], essay_id)


def _reasons(doubts: list[str], remarks: set[str] | None) -> tuple[str, ...]:
    return tuple(sorted({*doubts, *(remarks or ())}))


def _in_play(contest: Contest | int) -> Any:
    # By the copy's contest, which is the entry's: the database then begins with the few copies that are held.
    return (
        Essay.objects.current()
        .filter(blind_copy__contest=contest, blind_copy__state__in=IN_PLAY)
        .exclude(entry__state=Entry.State.DRAFT)
    )


def _open_remarks(contest: Contest) -> Any:
    return CopyRemark.objects.open().filter(essay__entry__contest=contest, essay__is_current=True)

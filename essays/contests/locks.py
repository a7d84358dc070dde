"""What of a regulation may no longer change, and why: said beside the field, checked again by the actions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from essays.contests import hooks
from essays.contests.models import Contest

ENDS_AFTER_INTAKE = ("screening_ends_at", "corrections_end_at")
CALENDAR = (
    "opens_at",
    "closes_at",
    *ENDS_AFTER_INTAKE,
    "judging_starts_at",
    "judging_ends_at",
    "session_ends_at",
    "results_at",
)
APPEALS = ("appeal_days", "hearing_days", "appeal_members", "days_off", "days_worked")
# Ends of stages that the calendar would end at once if they were moved into the past.
ENDS_OF_STAGES = (*ENDS_AFTER_INTAKE, "judging_ends_at", "session_ends_at", "results_at")
LOWER_LIMITS = ("min_characters", "min_words")
UPPER_LIMITS = ("max_characters", "max_words", "max_bytes")
BLINDNESS = ("blindness", "hides_places")
HIDES_MORE = (Contest.Blindness.OPEN, Contest.Blindness.FIELDS, Contest.Blindness.FULL)
REQUIREMENTS = ("formats", *LOWER_LIMITS, *UPPER_LIMITS, "mentor_allowed")


@dataclass(frozen=True, slots=True)
class Facts:
    """What has happened to a contest, as far as its regulation cares."""

    public: bool = False
    opened: bool = False
    intake_over: bool = False
    judging_begun: bool = False
    copies_out: bool = False
    announced: bool = False
    entries: int = 0


def facts_of(contest: Contest, at: datetime) -> Facts:
    """Read the facts at that moment; three or four small queries. Entries count from the first draft on."""
    public = contest.state != Contest.State.DRAFT
    ends_at = contest.calendar.intake_ends_at
    return Facts(
        public=public,
        opened=public and contest.opens_at <= at,
        intake_over=public and ends_at is not None and ends_at <= at,
        judging_begun=hooks.judging_has_begun(contest),
        copies_out=hooks.copies_are_out(contest),
        announced=contest.announced_at is not None,
        entries=contest.entries.count(),
    )


def locks(facts: Facts) -> dict[str, Any]:
    """Reason by field or section («categories», «nominations»: no more may be added). What is free is not in it."""
    reasons: dict[str, Any] = {}

    def lock(reason: Any, *names: str) -> None:
        for name in names:
            reasons.setdefault(name, reason)

    if facts.announced:
        announced = _("The results are announced: the regulation they rest on stays as it was.")
        lock(announced, *CALENDAR, *APPEALS, *REQUIREMENTS, "admits_itself", "categories", "nominations")
        lock(announced, "slug", "time_zone", *BLINDNESS)
    if facts.judging_begun:
        begun = _("Judges have been given essays already.")
        lock(begun, "closes_at", *ENDS_AFTER_INTAKE, "judging_starts_at", "admits_itself")
        lock(begun, "categories", "nominations")
    if facts.judging_begun or facts.copies_out:
        lock(
            _("Copies made by this rule have been released already: judges must get all essays by one rule."),
            *BLINDNESS,
        )
    if facts.intake_over:
        lock(_("Intake is over. To take essays again, reopen intake."), "closes_at")
        lock(
            _("Intake is over: entries were checked by these requirements."),
            *REQUIREMENTS,
        )
    if facts.opened:
        lock(_("Intake has opened already."), "opens_at")
        lock(_("Entrants have been told the deadline in this time zone."), "time_zone")
    if facts.public:
        lock(_("The address is public: people have saved it and sent it to each other."), "slug")
    return reasons


def tightened(contest: Contest, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes of requirements that would shut out entries which kept to the old ones: reason by field."""
    reasons: dict[str, Any] = {}
    stricter = _("There are entries already: this requirement may be loosened, not made stricter.")
    if "formats" in changes and set(contest.formats) - set(changes["formats"]):
        reasons["formats"] = _("There are entries already: formats may be added, not taken away.")
    for name in LOWER_LIMITS:
        if name in changes and (changes[name] or 0) > (getattr(contest, name) or 0):
            reasons[name] = stricter
    for name in UPPER_LIMITS:
        if name in changes and changes[name] is not None:
            present = getattr(contest, name)
            if present is None or changes[name] < present:
                reasons[name] = stricter
    if contest.mentor_allowed and changes.get("mentor_allowed") is False:
        reasons["mentor_allowed"] = stricter
    if "blindness" in changes and HIDES_MORE.index(changes["blindness"]) < HIDES_MORE.index(contest.blindness):
        reasons["blindness"] = _(
            "There are entries already, and their authors were told what is hidden: more may be hidden, not less."
        )
    return reasons


def shortened(contest: Contest, facts: Facts, changes: Mapping[str, Any]) -> dict[str, Any]:
    """A deadline that entrants rely on, moved earlier: reason by field."""
    closes_at = changes.get("closes_at")
    if facts.opened and closes_at is not None and closes_at < contest.closes_at:
        return {
            "closes_at": _(
                "Entrants have been promised this deadline: it may be moved later, not earlier. "
                "To stop sooner, close intake by hand."
            )
        }
    return {}


def overtaken(contest: Contest, facts: Facts, changes: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Ends of stages still to come that would be moved into the past: reason by field."""
    if not facts.public:
        return {}
    over = _("This moment is over already: the stage would end at once. Choose a later one.")
    return {
        name: over
        for name in ENDS_OF_STAGES
        if changes.get(name) is not None and changes[name] <= at < getattr(contest, name)
    }

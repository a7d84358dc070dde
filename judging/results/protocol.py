"""The protocol of the jury: everything that the decision rests on, as sections that PDF and XLSX print alike."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, F, Q, When
from django.utils import formats, translation
from django.utils.translation import gettext as _

from essays.contests.models import Contest
from essays.entries.models import Entry
from essays.entries.unblinding import open_envelopes
from judging.assignments.models import Recusal
from judging.panels.models import Seat
from judging.ranking import sentences
from judging.ranking.models import Ranking, in_language
from judging.ranking.table import label_of
from judging.ranking.withheld import withheld_of
from judging.rubrics.models import JudgingRules
from judging.session import actions as session
from judging.session.forms import CHOICES
from judging.session.models import JurySession

LAST = 1_000_000
"""Where awards without a place stand among those with one."""

Row = Sequence[str | int | Decimal | None]


@dataclass(frozen=True)
class Table:
    """``heading`` names the columns; ``numeric`` are the numbers of columns that are set to the right."""

    heading: tuple[str, ...]
    rows: tuple[Row, ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """A numbered part: paragraphs, then tables, each with a caption (empty for none)."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[tuple[str, Table], ...] = ()


@dataclass(frozen=True)
class Protocol:
    title: str
    organizer: str
    contest: str
    dated: str
    sections: tuple[Section, ...]
    signatures: tuple[tuple[str, str], ...]
    checksum: str


def protocol_of(contest: Contest, ranking: Ranking, actor: Any) -> Protocol:
    """The protocol of an approved ranking, in the product's first language. Opens the names of the awarded.

    Ten queries, however many meetings there were.
    """
    with translation.override(settings.LANGUAGE_CODE):
        ranking.contest = contest
        sessions = list(
            JurySession.objects.filter(contest=contest)
            .order_by("number")
            .with_counts()
            .prefetch_related("questions", "attendance", "dissents")
        )
        seats = {seat.pk: seat for seat in Seat.objects.filter(contest=contest).for_panel()}
        held = sessions[-1].held_at if sessions else ranking.approved_at
        numbered = [
            *(_meeting(one, contest, seats) for one in sessions),
            _entries(contest),
            _recusals(contest),
            _rules(ranking),
            _ranking(ranking),
            *_votes(sessions),
            _decision(ranking, actor),
            *_dissents(sessions, seats),
        ]
        return Protocol(
            title=_("Protocol of the jury"),
            organizer=str(contest.organizer_name),
            contest=str(contest.title),
            dated=formats.date_format(held.astimezone(contest.zone).date(), "j E Y"),
            sections=tuple(numbered),
            signatures=_signatures(seats.values()),
            checksum=ranking.sha256,
        )


def _meeting(one: Any, contest: Contest, seats: Mapping[int, Seat]) -> Section:
    """``one`` is a meeting with its counts."""
    there = session.counted(one.voters, one.there, one.quorum)
    moment = one.held_at.astimezone(contest.zone)
    when = _("%(day)s at %(hour)s") % {
        "day": formats.date_format(moment.date(), "j E Y"),
        "hour": formats.time_format(moment.time(), "H:i"),
    }
    counted = _("%(present)s of %(members)s members with a vote took part; the quorum is %(needed)s.") % {
        "present": there.present,
        "members": there.members,
        "needed": there.needed,
    }
    order = {pk: place for place, pk in enumerate(seats)}
    quorate = _("There was a quorum.") if there.quorate else _("There was no quorum.")
    rows = tuple(
        (_full_name(seats[row.seat_id]), str(Seat.Role(seats[row.seat_id].role).label), row.get_presence_display())
        for row in sorted(one.attendance.all(), key=lambda row: order[row.seat_id])
    )
    return Section(
        title=_("Meeting %(number)s") % {"number": one.number},
        paragraphs=(", ".join(part for part in (when, one.place) if part), f"{counted} {quorate}"),
        tables=(("", Table((_("Member"), _("Role"), _("Presence")), rows)),),
    )


def _entries(contest: Contest) -> Section:
    """How many there are by state, and each that was not admitted by itself: one query, grouped by what is shown."""
    not_admitted = Q(state__in=[Entry.State.REJECTED, Entry.State.DISQUALIFIED])
    found = list(
        Entry.objects.of_contest(contest)
        .sent()
        .order_by()
        .annotate(
            shown=Case(When(not_admitted, then=F("number"))),
            why=Case(When(not_admitted, then=F("remark"))),
        )
        .values_list("state", "shown", "why")
        .annotate(entries=Count("pk"))
    )
    states: Counter[str] = Counter()
    for state, _number, _why, entries in found:
        states[state] += entries
    counts = tuple((str(Entry.State(state).label), states[state]) for state in Entry.State.values if state in states)
    rows = tuple(
        (number, str(Entry.State(state).label), why or "–")
        for number, state, why in sorted((number, state, why) for state, number, why, _entries in found if number)
    )
    tables = [("", Table((_("State"), _("Entries")), counts, numeric=(1,)))]
    if rows:
        tables.append((_("Not admitted, and why"), Table(("№", _("State"), _("Reason")), rows, numeric=(0,))))
    received = _("Entries received: %(entries)s.") % {"entries": states.total()}
    return Section(_("Entries"), (received,), tuple(tables))


def _recusals(contest: Contest) -> Section:
    found = (
        Recusal.objects.filter(assignment__contest=contest)
        .order_by("at", "pk")
        .values_list("assignment__seat__surname", "assignment__seat__given_name", "assignment__copy__code", "reason")
    )
    rows = tuple(
        (f"{surname} {given_name}", code, str(Recusal.Reason(reason).label))
        for surname, given_name, code, reason in found
    )
    if not rows:
        return Section(_("Recusals"), (_("There were none."),))
    return Section(_("Recusals"), (), (("", Table((_("Member"), _("Entry"), _("Reason")), rows)),))


def _rules(ranking: Ranking) -> Section:
    record = ranking.record
    rules = record["rules"]
    criteria = tuple((in_language(row), Decimal(row["maximum"]), Decimal(row["weight"])) for row in record["criteria"])
    said = [
        _("Each entry is scored by %(reviews)s judges who do not know its author.")
        % {"reviews": rules["reviews_per_entry"]},
        _("Result: %(method)s.") % {"method": _lowered(str(sentences.METHODS[rules["aggregation"]]))},
    ]
    if rules["third_at_total"] is not None:
        said.append(
            _("A third judge reads where the totals differ by %(points)s points or more; then: %(method)s.")
            % {
                "points": sentences.points(Decimal(rules["third_at_total"])),
                "method": _lowered(str(sentences.METHODS[rules["third_review"]])),
            }
        )
    if rules["third_at_criterion"] is not None:
        said.append(
            _("A third judge reads where one criterion differs by %(points)s points or more.")
            % {"points": sentences.points(Decimal(rules["third_at_criterion"]))}
        )
    names = {row["key"]: in_language(row) for row in record["criteria"]}
    ties = [names[key] for key in rules["tie_criteria"] if key in names]
    if ties:
        said.append(
            _("Equal results are told apart by these criteria, in this order: %(criteria)s; then by the jury's vote.")
            % {"criteria": "; ".join(ties)}
        )
    if rules["smallest_cell"]:
        said.append(
            _("Nominations of one category with fewer than %(entries)s entries are judged together.")
            % {"entries": rules["smallest_cell"]}
        )
    if record.get("removed"):
        said.append(
            _("Reviews taken out before the ranking was approved: %(reviews)s.") % {"reviews": record["removed"]}
        )
    direction, _space, decimals = rules["rounding"].partition(" ")
    said.append(
        _("Results are rounded to %(decimals)s decimals, %(direction)s.")
        % {"decimals": decimals, "direction": _lowered(str(JudgingRules.Rounding(direction).label))}
    )
    return Section(
        _("Rules of calculation"),
        tuple(said),
        ((_("Criteria"), Table((_("Criterion"), _("Up to"), _("Weight")), criteria, numeric=(1, 2))),),
    )


def _ranking(ranking: Ranking) -> Section:
    tables = []
    for cell in ranking.record["cells"]:
        rows = tuple(
            (
                entry["place"],
                entry["code"],
                len(entry["reviews"]),
                sentences.points(Decimal(entry["score"])) if entry["score"] is not None else "–",
                sentences.of_award(ranking.award_name(entry["award"]), entry.get("award_place"))
                if entry["award"]
                else "",
            )
            for entry in cell["entries"]
        )
        heading = (_("Place"), _("Entry"), _("Reviews"), _("Points"), _("Award"))
        tables.append((label_of(cell), Table(heading, rows, numeric=(0, 2, 3))))
    return Section(_("Ranking by code"), (), tuple(tables))


def _votes(sessions: Sequence[JurySession]) -> list[Section]:
    said = []
    for one in sessions:
        for question in one.questions.all():
            if question.state != question.State.SETTLED:
                continue
            counts = ", ".join(
                f"{CHOICES.get(choice, choice)}\N{NO-BREAK SPACE}– {number}"
                for choice, number in sorted(question.outcome["counts"].items())
            )
            choice = question.outcome["choice"]
            result = _("%(question)s Votes: %(counts)s. Decided: %(choice)s.") % {
                "question": _sentence(question.text),
                "counts": counts,
                "choice": CHOICES.get(choice, choice),
            }
            casting = " " + _("Votes were equal; the chair's vote decided.") if question.outcome["casting"] else ""
            said.append(result + casting)
    return [Section(_("Votes"), tuple(said))] if said else []


def _decision(ranking: Ranking, actor: Any) -> Section:
    awarded = [
        (cell["number"], row)
        for cell in ranking.record["cells"]
        for row in sorted(cell["entries"], key=lambda row: row.get("award_place") or LAST)
        if row["award"]
    ]
    entries = open_envelopes([row["copy"] for _cell, row in awarded], ranking=ranking, actor=actor)
    heading = (_("Award"), _("Entry"), _("Author"), _("Institution"))
    tables: dict[int, list[Row]] = {}
    for cell, row in awarded:
        entry = entries.get(row["copy"])
        if entry is None:
            continue
        place = entry.institution.short_name if entry.institution else ""
        award = sentences.of_award(ranking.award_name(row["award"]), row.get("award_place"))
        tables.setdefault(cell, []).append((award, row["code"], entry.full_name, place))
    return Section(
        _("Decision"),
        (
            _("The ranking is approved, edition %(edition)s. Its checksum, SHA-256: %(checksum)s.")
            % {"edition": ranking.edition, "checksum": ranking.sha256},
            *((ranking.reason_read,) if ranking.reason else ()),
            *(
                _("%(award)s (%(where)s): given to nobody. %(reason)s")
                % {"award": one.award, "where": one.where, "reason": _sentence(one.reason)}
                for one in withheld_of(ranking.contest, ranking.outline)
            ),
            _("Awards are given as follows. The names were opened after the ranking had been approved."),
        ),
        tuple((label_of(ranking.cell(cell)), Table(heading, tuple(rows))) for cell, rows in tables.items()),
    )


def _dissents(sessions: Sequence[JurySession], seats: Mapping[int, Seat]) -> list[Section]:
    said = [f"{_full_name(seats[row.seat_id])}: {row.text}" for one in sessions for row in one.dissents.all()]
    return [Section(_("Dissenting opinions"), tuple(said))] if said else []


def _signatures(seats: Iterable[Seat]) -> tuple[tuple[str, str], ...]:
    accepted = (seat for seat in seats if seat.state == Seat.State.ACCEPTED)
    return tuple((str(Seat.Role(seat.role).label), _full_name(seat)) for seat in accepted)


def _full_name(seat: Seat) -> str:
    return " ".join(part for part in (seat.surname, seat.given_name, seat.patronymic) if part)


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."

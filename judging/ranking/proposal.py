"""The ranking as it would be approved now: computed by the pure modules, with all that stands against it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

from essays.contests.models import Contest
from judging.ranking.awards import Awards
from judging.ranking.collector import at_rest
from judging.ranking.computation import Computed, compute
from judging.ranking.contest_rules import Corrections, Held
from judging.ranking.gates import problems_of_gates
from judging.ranking.lines import CellProposal, Line
from judging.ranking.problems import Problem
from judging.ranking.record import made_of, sha256_of
from judging.ranking.regulation import BadRules, Regulation, read
from judging.ranking.standings import rank_gathered
from judging.ranking.subject import Subject, subject_of
from judging.rubrics import models as rubrics

if TYPE_CHECKING:
    from judging.ranking.calibration import Calibration


@dataclass(frozen=True)
class Proposal:
    """What would be approved. ``digest`` is the SHA-256 of ``record``; approving names it."""

    contest: Contest
    cells: tuple[CellProposal, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    criteria: tuple[rubrics.Criterion, ...]
    award_rules: tuple[rubrics.AwardRule, ...]
    record: dict[str, Any]
    digest: str

    @property
    def approvable(self) -> bool:
        return not self.problems

    @property
    def choices(self) -> Mapping[str, Sequence[str]]:
        """Codes by special prize that the jury gives."""
        awards = self.record["regulation"].get("awards", ())
        return {award["key"]: award["entries"] for award in awards if award.get("entries")}


@at_rest()
def propose(contest: Contest, *, corrections: Corrections | None = None) -> Proposal:
    """The ranking of everything that is in competition now, or as ``corrections`` would make it. Never writes."""
    subject = subject_of(contest, corrections)
    problems = [*_standing_against(subject), *problems_of_gates(contest)]
    if subject.rules is None or not subject.criteria:
        return _empty(subject, problems)
    held, cell_of_entry = subject.cells(subject.rules.smallest_cell)
    document = subject.document(held)
    try:
        regulation = read(document)
    except BadRules as error:
        return _empty(subject, [*problems, Problem("unsound", data={"why": str(error)})])
    computed = compute(subject.rows(cell_of_entry), regulation, entered=cell_of_entry)
    cells = _cells(subject, held, cell_of_entry, computed, regulation)
    record = made_of(subject, cells, document, computed.calibration, software=settings.VERSION)
    return Proposal(
        contest,
        cells,
        (*problems, *problems_of(computed)),
        tuple(_notices(computed, cells, regulation)),
        subject.criteria,
        subject.award_rules,
        record,
        sha256_of(record),
    )


def _empty(subject: Subject, problems: list[Problem]) -> Proposal:
    """Nothing can be computed, and the problems say why."""
    record = made_of(subject, (), {}, None, software=settings.VERSION)
    return Proposal(
        subject.contest, (), tuple(problems), (), subject.criteria, subject.award_rules, record, sha256_of(record)
    )


def _standing_against(subject: Subject) -> list[Problem]:
    found = []
    if subject.rules is None:
        found.append(Problem("no_rules"))
    if not subject.criteria:
        found.append(Problem("no_criteria"))
    if not subject.submitted.copies:
        found.append(Problem("nothing_to_rank"))
    if subject.submitted.held:
        found.append(Problem("held_copy", codes=subject.submitted.held))
    if subject.submitted.waiting:
        found.append(Problem("open_assignment", codes=subject.submitted.waiting))
    return found


def _cells(
    subject: Subject,
    held: tuple[Held, ...],
    cell_of_entry: Mapping[str, str],
    computed: Computed,
    regulation: Regulation,
) -> tuple[CellProposal, ...]:
    standings = {row.entry: row for row in computed.ranking.standings}
    given = {one.entry: one for one in computed.awards.given}
    scores = computed.calibration.scores if computed.calibration else {}
    plain = _plain_places(computed, regulation)
    lines: dict[str, list[Line]] = {cell.name: [] for cell in held}
    for copy in subject.submitted.copies:
        lines[cell_of_entry[copy.code]].append(
            Line(
                copy.id,
                copy.code,
                tuple(subject.submitted.reviews.get(copy.id, ())),
                standings.get(copy.code),
                given.get(copy.code),
                scores.get(copy.code),
                plain.get(copy.code),
            )
        )
    for own in lines.values():
        own.sort(key=lambda line: (line.place is None, line.place or 0, line.code))
    return tuple(
        CellProposal(
            number=int(cell.name),
            category=subject.categories[cell.category_id],
            nominations=tuple(subject.nominations[pk] for pk in cell.nomination_ids),
            lines=tuple(lines[cell.name]),
            unawarded=tuple(one for one in computed.awards.unawarded if one.cell == cell.name),
        )
        for cell in held
    )


def _plain_places(computed: Computed, regulation: Regulation) -> dict[str, int]:
    """Places that the plain mean would give, where the rules calibrate."""
    if computed.calibration is None:
        return {}
    plain = rank_gathered(computed.gathered, regulation.scoring, votes=regulation.votes)
    return {row.entry: row.place for row in plain.standings}


def problems_of(computed: Computed) -> list[Problem]:
    """What of the computation stands against approval: incomplete entries by cell, and each tie."""
    grouped: dict[tuple[str, int], list[str]] = {}
    for problem in computed.problems:
        grouped.setdefault((str(problem.code), int(problem.cell)), []).append(problem.entry)
    found = [
        Problem(code, cell, tuple(dict.fromkeys(entry for entry in entries if entry)))
        for (code, cell), entries in sorted(grouped.items())
    ]
    return found + ties_of(computed.awards)


def ties_of(awards: Awards) -> list[Problem]:
    return [
        Problem(
            "tie",
            int(block.cell),
            block.entries,
            {"awards": block.awards, "place": block.rank, "places": block.places, "score": block.score},
        )
        for block in awards.blocks
    ]


def _notices(computed: Computed, cells: tuple[CellProposal, ...], regulation: Regulation) -> Iterable[Problem]:
    for one in computed.awards.oversized:
        yield Problem("oversized", int(one.cell), data={"places": one.places, "entries": one.entries})
    named = {entry: rule.key for rule in regulation.awards.awards for entry in rule.entries}
    given = {one.entry: one.award for one in computed.awards.given}
    passed_over = tuple(sorted(entry for entry, key in named.items() if given.get(entry) != key))
    if passed_over:
        yield Problem("choice_passed_over", codes=passed_over)
    if computed.calibration is not None:
        yield from _of_calibration(computed.calibration, cells)


def _of_calibration(calibration: "Calibration", cells: tuple[CellProposal, ...]) -> Iterable[Problem]:
    """Loud: why the plain mean stands, for whom nothing was corrected, and whose place calibration has changed."""
    if calibration.fallback is not None:
        yield Problem("not_calibrated", data={"why": str(calibration.fallback)})
        return
    for cell in calibration.plain_cells:
        yield Problem("not_calibrated_cell", int(cell))
    if calibration.not_corrected:
        yield Problem("thin_judges", data={"judges": len(calibration.not_corrected)})
    moved = tuple(line.code for cell in cells for line in cell.lines if line.place != line.plain_place)
    if moved:
        yield Problem("moved_by_calibration", codes=moved)

"""The ranking again: ``manage.py rank REVIEWS --rules RULES.toml --out RANKING.csv``. See docs/ranking.md."""

import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from judging.ranking import published, ranking_sheets, rules_file
from judging.ranking.cells import merged_names
from judging.ranking.collector import at_rest
from judging.ranking.computation import Computed, compute, readings
from judging.ranking.regulation import BadRules, Regulation, read
from judging.ranking.review_sheets import Reviews, read_reviews
from judging.ranking.rule_values import short
from judging.ranking.tables import BadSheet

BAD_INPUT = 2
UNDECIDED = 3
NAMED = 20
METHODS = ("mean", "median", "trimmed", "calibrated")
PROBLEMS = {
    "too_few_reviews": "too few reviews for a place",
    "missing": "a review lacks marks and does not count",
    "no_total": "a review lacks marks and does not count",
    "third_missing": "the reviews disagree by the rules, and there is no third",
    "uneven_reviews": "a sum of another number of reviews than the others have",
    "place_unawarded": "a place stays unawarded, and the rules want every place given",
}
FALLBACKS = {
    "no_reviews": "there is no review",
    "few_degrees": "the marks are too few to tell judges apart",
    "no_difference": "the marks show no difference between judges",
    "disconnected": "the judges of every cell fall into parts that share no entry",
}


class Command(BaseCommand):
    help = "Rank a sheet of reviews by a file of rules. Nothing is stored; no database is needed."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "reviews",
            type=Path,
            metavar="REVIEWS",
            help="CSV or XLSX: cell,entry,judge and a column for each criterion, or total; or a frozen ranking, JSON",
        )
        parser.add_argument("--rules", type=Path, metavar="RULES.toml", help="without: rank by the method, no awards")
        parser.add_argument(
            "--out", type=Path, required=True, metavar="RANKING.csv", help="where the ranking is written"
        )
        parser.add_argument("--method", choices=METHODS, help="instead of the rules' own; mean where there are none")
        parser.add_argument("--judges", type=Path, metavar="JUDGES.csv", help="where figures of the judges are written")

    @at_rest()
    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        out, judges = options["out"], options["judges"]
        inputs = [path for path in (options["reviews"], options["rules"]) if path is not None]
        if out in inputs or judges in inputs or out == judges:
            self.refuse(f"{short(str(out))}: the output would replace another file of the same command")
        try:
            reviews, frozen = self.read(options["reviews"], options["rules"], options["method"])
            computed = compute(reviews.rows, reviews.regulation, entered=reviews.entered, beside=True)
            otherwise = published.differences(frozen, computed) if frozen else []
            try:
                rows = ranking_sheets.ranking_rows(computed, reviews.regulation)
                ranking_sheets.write(out, ranking_sheets.RANKING, rows)
                if judges is not None:
                    self.write_judges(judges, reviews, computed)
            except OSError as error:
                self.refuse(f"{short(str(error.filename))}: {error.strerror or 'cannot be written'}")
        except (BadSheet, BadRules) as error:
            self.refuse(str(error))
        self.report(reviews, computed)
        undecided = [*undecided_of(computed), *otherwise]
        notes = [*reviews.notes, *notes_of(reviews.regulation, computed)]
        if not reviews.regulation.awards.awards and not frozen:
            # Where nobody is awarded anything, nothing is to be decided.
            notes, undecided = [*notes, *undecided], []
        for line in notes:
            self.stderr.write(f"note: {line}", style_func=str)
        for line in undecided:
            self.stderr.write(f"undecided: {line}", style_func=str)
        if frozen and not undecided:
            self.stdout.write(f"the same as the frozen ranking, SHA-256 {published.sha256(frozen)}")
        self.stdout.write(f"time: {time.monotonic() - started:.2f} s")
        if undecided:
            sys.exit(UNDECIDED)

    def read(self, path: Path, rules: Path | None, method: str | None) -> tuple[Reviews, dict[str, Any] | None]:
        """Reviews under their regulation, small cells merged; a frozen ranking brings its own regulation."""
        frozen = published.load(path) if path.suffix.casefold() == ".json" else None
        document = rules_file.load(rules) if rules else frozen["regulation"] if frozen else {}
        regulation = read(document, method=method)
        if frozen:
            reviews = published.reviews_of(frozen, regulation)
            return reviews, frozen if rules is None and method is None else None
        return merged(read_reviews(path, regulation)), None

    def write_judges(self, path: Path, reviews: Reviews, computed: Computed) -> None:
        from judging.ranking.reliability import reliability

        found = readings(computed.gathered)
        figures = reliability(found) if found else None
        ranking_sheets.write(path, ranking_sheets.JUDGES, ranking_sheets.judge_rows(figures, reviews.judges))

    def report(self, reviews: Reviews, computed: Computed) -> None:
        entries, cells = len(reviews.entered), len(set(reviews.entered.values()))
        counts = f"entries: {entries}, reviews: {len(reviews.rows)}, judges: {len(reviews.judges)}"
        self.stdout.write(f"cells: {cells}, {counts}")
        self.stdout.write(f"method: {reviews.regulation.scoring.method}")
        given = Counter(one.award for one in computed.awards.given)
        if reviews.regulation.awards.awards:
            names = reviews.regulation.award_names
            said = ", ".join(f"{short(names[key])} {given[key]}" for key in names)
            self.stdout.write(f"awards: {said}")

    def refuse(self, reason: str) -> NoReturn:
        """One line, and the end."""
        self.stderr.write(" ".join(reason.split()), style_func=str)
        sys.exit(BAD_INPUT)


def merged(reviews: Reviews) -> Reviews:
    """Small cells put together as the rules say. Raises ``BadRules`` for rules that name what the sheet has not."""
    regulation = reviews.regulation
    cells = set(reviews.entered.values())
    for rule in regulation.awards.awards:
        unknown = sorted((rule.cells or frozenset()) - cells) + sorted(set(rule.entries) - reviews.entered.keys())
        if unknown:
            raise BadRules(f"awards, {short(rule.key)}: no cell or entry {short(unknown[0])} in the reviews")
    unknown = sorted(regulation.votes.keys() - reviews.entered.keys())
    if unknown:
        raise BadRules(f"ties, votes: no entry {short(unknown[0])} in the reviews")
    names = merged_names(reviews.entered, regulation.smallest, regulation.separator)
    if all(old == new for old, new in names.items()):
        return reviews
    return replace(
        reviews,
        rows=tuple(replace(row, cell=names[row.cell]) for row in reviews.rows),
        entered={entry: names[cell] for entry, cell in reviews.entered.items()},
        regulation=replace(regulation, awards=regulation.awards.moved(names)),
        notes=(
            *reviews.notes,
            *(f"merged: {short(old)} into {short(new)}" for old, new in names.items() if old != new),
        ),
    )


def notes_of(regulation: Regulation, computed: Computed) -> list[str]:
    """What a reader must know that decides nothing: how far calibration went, places without entries."""
    found = []
    calibration = computed.calibration
    if regulation.calibrated and calibration is not None:
        if calibration.fallback:
            found.append(f"not calibrated, the plain mean stands: {FALLBACKS[calibration.fallback]}")
        else:
            if calibration.plain_cells:
                cells = ", ".join(map(short, calibration.plain_cells[:NAMED]))
                found.append(
                    f"not calibrated in these cells, their judges fall into parts that share no entry: {cells}"
                )
            if calibration.not_corrected:
                found.append(f"judges with too few reviews to be corrected: {listed(calibration.not_corrected)}")
    for one in computed.awards.oversized:
        found.append(
            f"quota larger than the field: cell {short(one.cell)} has {one.entries} entries for {one.places} places"
        )
    return found


def undecided_of(computed: Computed) -> list[str]:
    """What has to be settled before anybody is awarded by this ranking, a line each, by entry."""
    found = []
    for block in computed.awards.blocks:
        places = "1 place" if block.places == 1 else f"{block.places} places"
        found.append(
            f"cell {short(block.cell)}: a tie for {', '.join(map(short, block.awards))} ({places}) between"
            f" {listed(block.entries)}: the jury votes"
        )
    grouped: dict[tuple[str, str], list[str]] = {}
    for problem in computed.problems:
        grouped.setdefault((problem.code, problem.cell), []).append(problem.entry)
    for (code, cell), entries in grouped.items():
        named = listed(tuple(dict.fromkeys(entry for entry in entries if entry)))
        found.append(f"cell {short(cell)}: {PROBLEMS.get(code, code)}" + (f": {named}" if named else ""))
    return found


def listed(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(map(short, names[:NAMED])) + more

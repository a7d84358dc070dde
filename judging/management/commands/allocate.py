"""Who reads what: ``manage.py allocate ENTRIES.csv JUDGES.csv --reviews 3 --seed 7 --out PLAN.csv``."""

import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from judging.assignments.allocation import Plan, Shortage, allocate
from judging.assignments.parties import Judge
from judging.assignments.tables import BadTable, read_entries, read_judges, shown, write_plan

BAD_INPUT = 2
NOT_ALL_FILLED = 3
MOST_REVIEWS = 100
NAMED = 20
REASONS = {
    "conflict": "conflicts of interest stand in the way",
    "capacity": "those who could read are full",
    "too_few_judges": "too few judges serve it",
}


class Command(BaseCommand):
    help = "Deal entries to judges, evenly and by a seed. Nothing is stored; no database is needed."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("entries", type=Path, metavar="ENTRIES.csv", help="entry,cell,institution,municipality")
        parser.add_argument(
            "judges",
            type=Path,
            metavar="JUDGES.csv",
            help="judge,cells,institutions,municipalities,capacity; | between several, * for all cells",
        )
        parser.add_argument("--reviews", default="2", help="reviews of each entry")
        parser.add_argument("--seed", default="1", help="the same seed gives the same plan")
        parser.add_argument("--out", type=Path, required=True, metavar="PLAN.csv", help="where entry,judge is written")

    def handle(self, *args: Any, **options: Any) -> None:
        reviews = str(options["reviews"])
        if not (reviews.isascii() and reviews.isdigit() and len(reviews) < 4 and 1 <= int(reviews) <= MOST_REVIEWS):
            self.refuse(f"--reviews is a whole number from 1 to {MOST_REVIEWS}, not {shown(reviews)}")
        out: Path = options["out"]
        if out in (options["entries"], options["judges"]):
            self.refuse(f"{shown(str(out))}: the plan would replace what it is made from")
        started = time.monotonic()
        try:
            entries, judges = read_entries(options["entries"]), read_judges(options["judges"])
        except BadTable as error:
            self.refuse(str(error))
        plan = allocate(entries, judges, reviews=int(reviews), seed=str(options["seed"]))
        try:
            write_plan(out, plan.pairs)
        except OSError as error:
            self.refuse(f"{shown(str(out))}: {error.strerror or 'cannot be written'}")
        self.stdout.write(f"entries: {len(entries)}, judges: {len(judges)}, reviews of each entry: {reviews}")
        for line in report(plan, judges):
            self.stdout.write(line)
        self.stdout.write(f"time: {time.monotonic() - started:.2f} s")
        if plan.shortages:
            for shortage in plan.shortages:
                self.stderr.write(named(shortage), style_func=str)
            sys.exit(NOT_ALL_FILLED)

    def refuse(self, reason: str) -> NoReturn:
        """One line, and the end."""
        self.stderr.write(" ".join(reason.split()), style_func=str)
        sys.exit(BAD_INPUT)


def report(plan: Plan, judges: list[Judge]) -> list[str]:
    """The plan in numbers, a line each."""
    lines = []
    if judges:
        loads = list(plan.load.values())
        lines.append(f"load: lowest {min(loads)}, mean {sum(loads) / len(loads):.2f}, highest {max(loads)}")
    shares = [plan.load[judge.id] / judge.capacity for judge in judges if judge.capacity]
    if shares:
        mean = sum(shares) / len(shares)
        lines.append(f"load of capacity: lowest {min(shares):.1%}, mean {mean:.1%}, highest {max(shares):.1%}")
    lines.append(f"slots: {plan.filled} filled of {plan.wanted}, at most {plan.bound} can be filled")
    lines.append(f"components: {plan.components}")
    return lines


def named(shortage: Shortage) -> str:
    """What stays empty, and why."""
    entries = ", ".join(map(shown, shortage.entries[:NAMED]))
    if len(shortage.entries) > NAMED:
        entries += f" and {len(shortage.entries) - NAMED} more"
    why = "; ".join(REASONS[reason] for reason in shortage.reasons)
    return (
        f"not filled: cell {shown(shortage.cell)}: {shortage.slots} slots of {len(shortage.entries)} entries; {why}"
        f" ({len(shortage.judges)} serve it, {len(shortage.conflicted)} of them in conflict with some entry,"
        f" {len(shortage.full)} full): {entries}"
    )

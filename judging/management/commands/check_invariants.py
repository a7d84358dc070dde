"""Ask the database whether everything that must be true is true."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from judging.console.invariants import INVARIANTS
from judging.console.stating import Invariant
from judging.console.warned import WARNINGS

SHOWN = 10


class Command(BaseCommand):
    help = (
        "Checks every invariant of the data, prints a line for each, and fails if one is broken. Warnings never fail."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = sum(self._told(invariant, "BROKEN") for invariant in INVARIANTS)
        for warning in WARNINGS:
            self._told(warning, "WARN  ")
        if broken:
            raise CommandError(f"{broken} of {len(INVARIANTS)} invariants are broken")
        self.stdout.write(f"All {len(INVARIANTS)} invariants hold.")

    def _told(self, invariant: Invariant, broken: str) -> bool:
        """A line, and below it what breaks the sentence; True if something does."""
        violations = list(invariant.violations())
        self.stdout.write(f"{broken if violations else 'ok    '}  {invariant.says}")
        for violation in violations[:SHOWN]:
            self.stdout.write(f"          {violation}")
        if len(violations) > SHOWN:
            self.stdout.write(f"          … and {len(violations) - SHOWN} more")
        return bool(violations)

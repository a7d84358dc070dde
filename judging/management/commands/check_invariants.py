"""Ask the database whether everything that must be true is true."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from judging.console import invariants_of_hearings  # noqa: F401  (registers its own)
from judging.console.invariants import INVARIANTS

SHOWN = 10


class Command(BaseCommand):
    help = "Checks every invariant of the data, prints a line for each, and fails if one is broken."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for invariant in INVARIANTS:
            violations = list(invariant.violations())
            broken += bool(violations)
            self.stdout.write(f"{'ok    ' if not violations else 'BROKEN'}  {invariant.says}")
            for violation in violations[:SHOWN]:
                self.stdout.write(f"          {violation}")
            if len(violations) > SHOWN:
                self.stdout.write(f"          … and {len(violations) - SHOWN} more")
        if broken:
            raise CommandError(f"{broken} of {len(INVARIANTS)} invariants are broken")
        self.stdout.write(f"All {len(INVARIANTS)} invariants hold.")

"""Fill the database with the demo contest, a season in each stage."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from demo.load import load
from demo.logins import LOGINS


class Command(BaseCommand):
    help = (
        "Loads the demo: five seasons of an essay contest, each in another stage, and a trial round. Called again it continues: a season "
        "that was interrupted starts anew, what is complete is left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--small", action="store_true", help="a few essays only")
        parser.add_argument(
            "--fresh",
            action="store_true",
            help="first delete the demo's seasons, with everything that visitors have entered into them",
        )

    def handle(self, *args: Any, small: bool, fresh: bool, **options: Any) -> None:
        began = time.monotonic()
        told = load(self.say if options["verbosity"] else lambda words: None, small=small, fresh=fresh)
        if not told:
            self.say("The demo is complete already; nothing was changed.")
            return
        self.say(f"{told} seasons in {time.monotonic() - began:.0f} s. Sign in as:")
        for login in LOGINS:
            self.say(f"  {login.email}  {login.password}  {login.role}")

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

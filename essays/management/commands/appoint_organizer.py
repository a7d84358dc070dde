"""Let somebody create contests: ``manage.py appoint_organizer organizer@example.org``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from essays.people.actions import appoint_organizer


class Command(BaseCommand):
    help = "Let the person with this address create contests. They must have registered before."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = appoint_organizer(options["email"])
        if user is None:
            raise CommandError(f"Nobody has registered with the address {options['email']}.")
        self.stdout.write(f"{user.email} may create contests now.")

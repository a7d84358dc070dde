"""``python -m config.services.database``: migrate; exit code 3 says that there is no contest yet."""

import os
import sys

EMPTY = 3


def prepare() -> bool:
    """Bring the database up to date; True if no contest is in it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    from essays.contests.models import Contest

    return not Contest.objects.exists()


if __name__ == "__main__":
    sys.exit(EMPTY if prepare() else 0)

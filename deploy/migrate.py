"""``python -m deploy.migrate``: refuse an insecure configuration, then bring the database up to date.

The refusal comes first: a start with a weak secret or an open host must not touch the data.
"""

import os


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("check", deploy=True, fail_level="WARNING")
    call_command("migrate", interactive=False)


if __name__ == "__main__":
    main()

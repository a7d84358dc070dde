"""A start in production with an insecure value is refused, with the variable to set."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from config.verification import PRODUCTION_LIKE


def deploy_check(**changes: str) -> tuple[int, str]:
    """Exit code and words of ``check --deploy`` in an environment like production's, changed so."""
    # Nothing of this test's own settings may leak into the other process.
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env={**inherited, **PRODUCTION_LIKE, **changes},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stderr


def test_a_safe_production_is_let_through() -> None:
    assert deploy_check()[0] == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"DEBUG": "1"}, "laureate.E001"),
        ({"SECRET_KEY": "short"}, "laureate.E002"),
        ({"SECRET_KEY": settings.INSECURE_SECRET_KEY}, "laureate.E002"),
        ({"ALLOWED_HOSTS": "*"}, "laureate.E003"),
        ({"SITE_ORIGIN": "http://contest.example.org"}, "laureate.E004"),
        ({"DATABASE_URL": "sqlite:////tmp/x.sqlite3"}, "laureate.E005"),
        ({"EMAIL_URL": ""}, "laureate.E006"),
    ],
)
def test_an_insecure_production_is_refused(change: dict[str, str], code: str) -> None:
    returncode, words = deploy_check(**change)
    assert returncode == 1
    assert code in words

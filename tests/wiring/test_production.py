"""A start in production with an insecure value is refused, with the variable to set."""

import os
import re
import subprocess
import sys

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


def refusals(words: str) -> dict[str, str]:
    """What is said of each of the product's own errors, by its code."""
    errors = words.split("ERRORS:")[1].split("WARNINGS:")[0]
    found = re.findall(r"\(laureate\.(E\d+)\) (.+(?:\n\t.+)*)", errors)
    return dict(found)


def test_a_safe_production_is_let_through() -> None:
    assert deploy_check()[0] == 0


def test_each_insecure_value_is_refused_and_the_refusal_names_its_variable() -> None:
    insecure = {
        "E001": ("DEBUG", "1"),
        "E002": ("SECRET_KEY", "short"),
        "E003": ("ALLOWED_HOSTS", "*"),
        "E004": ("SITE_ORIGIN", "http://contest.example.org"),
        "E005": ("DATABASE_URL", "sqlite:////tmp/x.sqlite3"),
        "E006": ("EMAIL_URL", ""),
    }

    returncode, words = deploy_check(**dict(insecure.values()))

    assert returncode == 1
    assert refusals(words).keys() == insecure.keys()
    for code, said in refusals(words).items():
        others = {variable for other, (variable, _) in insecure.items() if other != code}
        assert [name for name in (insecure[code][0], *sorted(others)) if name in said] == [insecure[code][0]]


def test_one_insecure_value_is_enough() -> None:
    """Long enough, but known to everybody who has read the sources."""
    returncode, words = deploy_check(SECRET_KEY=settings.INSECURE_SECRET_KEY)

    assert (returncode, list(refusals(words))) == (1, ["E002"])

"""Everything that CI checks, in order: ``make test``. Each stage is named and timed; all of them are run.

python -m config.verification            everything
python -m config.verification --lint     only what needs no database
"""

import os
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(sys.executable).parent

# As in production, with values that belong to nobody.
PRODUCTION_LIKE = {
    "ENV_FILE": os.devnull,
    "LAUREATE_ENV": "production",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "contest.example.org",
    "SITE_ORIGIN": "https://contest.example.org",
    "DATABASE_URL": "postgres://laureate@db.example.org/laureate",
    "REDIS_URL": "redis://redis.example.org:6379/0",
    "EMAIL_URL": "smtp+tls://laureate:password@mail.example.org:587",
}


@dataclass(frozen=True)
class Stage:
    """One command. ``env`` is added to the environment; ``lint`` stages need no database."""

    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)
    lint: bool = True


def stages() -> list[Stage]:
    """All stages, cheap ones first."""
    manage = [PYTHON, "manage.py"]
    return [
        Stage("format", [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."]),
        Stage("lint", [PYTHON, "-m", "ruff", "check", "--quiet", "."]),
        Stage("templates", [PYTHON, "-m", "djlint", "--lint", "--quiet", "templates"]),
        Stage("import rules", [PYTHON, "-c", LINT_IMPORTS]),
        Stage("types", [PYTHON, "-m", "mypy"]),
        Stage("translations", [PYTHON, "-m", "config.catalogues", "check"]),
        Stage("lock files", [PYTHON, "-m", "config.locks"]),
        Stage("migrations", [*manage, "makemigrations", "--check", "--dry-run"], lint=False),
        Stage(
            "settings of production",
            [*manage, "check", "--deploy", "--fail-level", "WARNING"],
            env=PRODUCTION_LIKE,
            lint=False,
        ),
        Stage("tests on SQLite", [PYTHON, "-m", "pytest", "--db", "sqlite"], lint=False),
        Stage("tests on PostgreSQL", [PYTHON, "-m", "pytest", "--db", "postgres"], lint=False),
    ]


# The command's own entry point: a script of .venv/bin would break when the checkout is moved.
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command(['--no-logo'])"


def main() -> int:
    chosen = [stage for stage in stages() if stage.lint or "--lint" not in sys.argv[1:]]
    results: list[tuple[str, float, int]] = []
    for stage in chosen:
        print(f"\n=== {stage.name}", flush=True)
        started = time.monotonic()
        code = subprocess.run(
            stage.command,
            cwd=ROOT,
            env={"OPENBLAS_NUM_THREADS": "1", **os.environ, **stage.env},
            stdin=subprocess.DEVNULL,
        ).returncode
        results.append((stage.name, time.monotonic() - started, code))
        print(f"--- {stage.name}: {'failed' if code else 'ok'} in {results[-1][1]:.1f} s", flush=True)
    print("\n=== summary")
    for name, seconds, code in results:
        print(f"{'FAILED' if code else 'ok':>7}  {seconds:6.1f} s  {name}")
    return 1 if any(code for _, _, code in results) else 0


if __name__ == "__main__":
    sys.exit(main())

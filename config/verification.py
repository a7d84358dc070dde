"""Everything that CI checks, in order: ``make test``. Each stage is named and timed; all of them are run.

python -m config.verification            everything
python -m config.verification --lint     only what needs no database
"""

import os
import secrets
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
PYTEST = [PYTHON, "-m", "pytest"]
PRINTING = threading.Lock()

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
    """One command. ``env`` is added to the environment; ``lint`` stages need no database.

    Neighbouring ``beside`` stages run at the same time, each on ground of its own, and print when they end.
    """

    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)
    lint: bool = True
    beside: bool = False


@dataclass
class Result:
    stage: Stage
    seconds: float
    code: int


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
        Stage("tests on SQLite", [*PYTEST, "--db", "sqlite", "--part", "data"], lint=False, beside=True),
        Stage("tests on PostgreSQL", [*PYTEST, "--db", "postgres", "--part", "data"], lint=False, beside=True),
        # Nobody waits for these: they take the processor when the two above wait for a browser or a service.
        Stage("tests without a database", ["nice", *PYTEST, "--part", "pure"], lint=False, beside=True),
    ]


# The command's own entry point: a script of .venv/bin would break when the checkout is moved.
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command(['--no-logo'])"


def run(stage: Stage) -> Result:
    """Run a stage and let it print as it goes."""
    print(f"\n=== {stage.name}", flush=True)
    started = time.monotonic()
    code = subprocess.run(stage.command, cwd=ROOT, env=environment(stage), stdin=subprocess.DEVNULL).returncode
    return told(Result(stage, time.monotonic() - started, code))


def run_beside(group: list[Stage]) -> list[Result]:
    """Run stages at the same time: half of the tests' time is waiting. Each prints as a whole when it has ended."""
    print(f"\n=== side by side: {', '.join(stage.name for stage in group)}", flush=True)
    with ThreadPoolExecutor(len(group)) as pool:
        return list(pool.map(_quietly, group))


def _quietly(stage: Stage) -> Result:
    started = time.monotonic()
    done = subprocess.run(
        stage.command,
        cwd=ROOT,
        env=environment(stage),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    with PRINTING:
        print(f"\n=== {stage.name}", flush=True)
        sys.stdout.buffer.write(done.stdout)
        sys.stdout.buffer.flush()
        return told(Result(stage, time.monotonic() - started, done.returncode))


def environment(stage: Stage) -> dict[str, str]:
    return {"OPENBLAS_NUM_THREADS": "1", **os.environ, **stage.env}


def told(result: Result) -> Result:
    outcome = "failed" if result.code else "ok"
    print(f"--- {result.stage.name}: {outcome} in {result.seconds:.1f} s", flush=True)
    return result


def main() -> int:
    chosen = [stage for stage in stages() if stage.lint or "--lint" not in sys.argv[1:]]
    results = [run(stage) for stage in chosen if not stage.beside]
    if together := [stage for stage in chosen if stage.beside]:
        results += run_beside(together)
    print("\n=== summary")
    for result in results:
        print(f"{'FAILED' if result.code else 'ok':>7}  {result.seconds:6.1f} s  {result.stage.name}")
    return 1 if any(result.code for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())

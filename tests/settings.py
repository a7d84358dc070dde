"""The product's settings on ground of the tests' own: a temporary ``var``, a database, a broker's address.

The database is chosen by ``--db sqlite`` or ``--db postgres`` (or ``LAUREATE_TEST_DB``). For PostgreSQL
``DATABASE_URL`` is used where it is set, otherwise a server is started here, once. The broker is always our
own: tests flush and kill it.
"""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from config.catalogues import compile_all
from config.services.postgres import Postgres


def chosen_database(arguments: list[str], environment: dict[str, str]) -> str:
    """``sqlite`` or ``postgres``, from the command line, else the environment, else SQLite."""
    for position, argument in enumerate(arguments):
        if argument.startswith("--db="):
            return argument.removeprefix("--db=")
        if argument == "--db" and position + 1 < len(arguments):
            return arguments[position + 1]
    default = "postgres" if environment.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    return environment.get("LAUREATE_TEST_DB", default)


GROUND = Path(tempfile.mkdtemp(prefix="laureate-tests-", dir="/tmp"))
atexit.register(shutil.rmtree, GROUND, ignore_errors=True)

DATABASE = chosen_database(sys.argv, dict(os.environ))
if DATABASE == "postgres":
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        POSTGRES = Postgres()
        atexit.register(POSTGRES.remove)
        POSTGRES.start()
        os.environ["DATABASE_URL"] = POSTGRES.url("laureate")
elif DATABASE == "sqlite":
    os.environ["DATABASE_URL"] = f"sqlite:///{GROUND / 'laureate.sqlite3'}"
else:
    raise SystemExit(f"--db is sqlite or postgres, not {DATABASE!r}")

os.environ.update(
    ENV_FILE=str(GROUND / "no-env-file"),  # a developer's own .env must not change what is tested
    VAR_DIR=str(GROUND),
    REDIS_URL=f"unix://{GROUND / 'run' / 'valkey.sock'}",
    RATE_LIMITS="0",
    LAUREATE_ENV="development",
    # Playwright runs an event loop in this thread; the queries of a test are synchronous all the same.
    DJANGO_ALLOW_ASYNC_UNSAFE="1",
)
for name in ("run", "static"):
    (GROUND / name).mkdir()

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES  # noqa: E402

if DATABASE == "sqlite":
    # A file, not memory: a live server and real workers read it beside the test.
    DATABASES["default"]["TEST"] = {"NAME": str(GROUND / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0

# Argon2 is slow on purpose; how it is configured is tested by name.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Russian is spoken in tests, too. Compiled here, before Django reads a catalogue: what it has not found then stays
# unknown to the process, and in a fresh checkout pages would come in English.
compile_all()

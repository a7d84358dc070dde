"""Real Celery workers in processes of their own, on the test's database and broker, made to be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from django.conf import settings
from django.db import connection

from config.services import processes
from tests.plugins.broker import Broker

# How long something is waited for that comes in a second where nobody else works: a machine that does five things
# at once must not fail a test. Only a broken test waits so long.
PATIENCE = 120.0


def eventually(condition: Callable[[], object], *, seconds: float = PATIENCE, what: str = "") -> None:
    """Wait until ``condition()`` is true; fails the test with ``what`` (or the name) when it never is."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {seconds:g} s: {what or condition.__name__}")
        time.sleep(0.05)


def environment_of_the_test() -> dict[str, str]:
    """The environment that leads another process to this test's database, broker, files and mail server."""
    if connection.vendor == "sqlite":
        database = f"sqlite:///{connection.settings_dict['NAME']}"
    else:
        database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    mail = {}
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        mail["EMAIL_URL"] = f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database,
        "VAR_DIR": str(settings.VAR_DIR),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONUNBUFFERED": "1",
        **mail,
    }


class Worker:
    """One Celery worker (or, with ``beat=True``, one with the scheduler inside).

    It is not running until ``start``. ``include`` names modules that the worker imports besides its tasks: a test
    puts its sabotage there (make a function of the product wait for a file, fail, end the process), so that the
    product itself needs no hook.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None
        self._started = 0

    def start(
        self,
        *,
        concurrency: int = 1,
        include: Sequence[str] = (),
        beat: bool = False,
        env: dict[str, str] | None = None,
    ) -> "Worker":
        """Start and wait until it takes tasks. ``env`` is added to the test's environment."""
        self._started += 1
        name = f"test-{os.getpid()}-{id(self)}-{self._started}"
        command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--loglevel", "INFO"]
        command += ["--concurrency", str(concurrency), "--hostname", f"{name}@localhost"]
        command += ["--without-gossip", "--without-mingle"]
        for module in include:
            command += ["--include", module]
        if beat:
            command += ["--beat", "--schedule", str(self.folder / f"{name}-schedule")]
        self._log = self.folder / f"{name}.log"
        with self._log.open("wb") as output:
            self.process = processes.spawn(
                command,
                env={**environment_of_the_test(), **(env or {})},
                output=output,
                stop_signal=signal.SIGQUIT,
                cwd=settings.BASE_DIR,
            )
        eventually(self._is_ready, what="the worker is ready")
        return self

    def _is_ready(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            pytest.fail(f"the worker ended:\n{self.log()}")
        return " ready." in self.log()

    def log(self) -> str:
        """All that it has written since its last start."""
        return self._log.read_text(errors="replace")

    @property
    def pid(self) -> int:
        """Of the worker itself; the same for as long as it was not started anew."""
        assert self.process is not None
        return self.process.pid

    def children(self) -> list[int]:
        """Pids of the pool's processes, which run the tasks."""
        return [child.pid for child in psutil.Process(self.pid).children()]

    def kill(self) -> None:
        """``kill -9`` for the worker and everything that it started: power is cut."""
        assert self.process is not None
        processes.kill(self.process)

    def kill_children(self) -> None:
        """``kill -9`` for the pool's processes with whatever they are running; the worker replaces them."""
        for pid in self.children():
            os.kill(pid, signal.SIGKILL)

    def stop(self, *, seconds: float = PATIENCE) -> None:
        """SIGTERM, as a deployment does: running tasks are finished, then it ends."""
        if self.process and self.process.poll() is None:
            processes.stop(self.process, seconds=seconds)


@pytest.fixture
def workers(transactional_db: None, valkey: Broker, tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    """Makes as many workers as a test wants; all of them are killed at its end."""
    made: list[Worker] = []

    def make() -> Worker:
        made.append(Worker(tmp_path))
        return made[-1]

    yield make
    for worker in made:
        if worker.process:
            worker.kill()


@pytest.fixture
def celery_worker_process(workers: Callable[[], Worker]) -> Worker:
    """One worker, not started yet."""
    return workers()

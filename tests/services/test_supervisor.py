"""``make run``: starts, says where, ends in good order, leaves nothing behind, goes on where it was."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from tests.plugins.addresses import lasting_port
from tests.plugins.worker import PATIENCE, eventually

# Addresses of database and broker are made of it: what has a meaning in an address must not disturb.
FOLDER = "моя папка + var"


class Start:
    """One start of everything in a folder of its own."""

    def __init__(self, var: Path, number: int, port: int) -> None:
        self.output = var.parent / f"output-{number}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.services.supervisor"],
            cwd=settings.BASE_DIR,
            env=environment(var, port),
            stdout=self.output.open("wb"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def said(self) -> str:
        return self.output.read_text(errors="replace")

    def address(self) -> str:
        """Where it answers, once it has said so."""
        eventually(
            lambda: "Laureate answers at" in self.said() or self.process.poll() is not None,
            what="it starts",
        )
        match = re.search(r"answers at (\S+)/", self.said())
        assert match, self.said()
        return match[1]

    def runs(self, program: str) -> bool:
        return any(program in command_of(one) for one in self.family())

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


def environment(var: Path, port: int) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "DATABASE_URL")}
    return {**inherited, "VAR_DIR": str(var), "PORT": str(port), "LAUREATE_DEMO": "0", "ENV_FILE": os.devnull,
            "DJANGO_SETTINGS_MODULE": "config.settings"}  # fmt: skip


def command_of(process: psutil.Process) -> str:
    """Empty for one that ends just now."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def gone(family: list[psutil.Process]) -> bool:
    # Nothing of a zombie is left but its number.
    return not any(one.is_running() and command_of(one) for one in family)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Start]]:
    made: list[Start] = []
    port = lasting_port()

    def begin() -> Start:
        made.append(Start(tmp_path / FOLDER, len(made), port))
        return made[-1]

    yield begin
    for one in made:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


@pytest.mark.faults
def test_it_answers_refuses_a_twin_survives_a_kill_and_stops(start: Callable[[], Start], tmp_path: Path) -> None:
    first = start()
    with urllib.request.urlopen(first.address() + "/health/") as page:
        assert page.status == 200
    eventually(lambda: all(map(first.runs, ("gunicorn", "worker", "beat", "valkey"))), what="all four run")

    twin = start()
    assert twin.process.wait(PATIENCE) == 1
    assert "running already" in twin.said()

    family = first.family()
    first.process.kill()
    first.process.wait()
    eventually(lambda: gone(family), what="nothing is left behind")

    second = start()
    assert second.address() == first.address()
    with urllib.request.urlopen(second.address() + "/health/") as page:
        assert page.status == 200
    family = second.family()
    second.process.send_signal(signal.SIGINT)
    assert second.process.wait(PATIENCE) == 0
    assert second.said().rstrip().endswith("Stopped.")
    eventually(lambda: gone(family), what="nothing is left behind")
    assert not (tmp_path / FOLDER / "run" / "demo-unfinished").exists()

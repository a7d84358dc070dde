"""``make run``: broker, web, worker and scheduler together, with nothing to install and nothing left behind.

For trying the product and developing it on one machine; docs/operations.md tells how it is run for others.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

import environ

from config.services import processes
from config.services.addresses import free_port
from config.services.database import EMPTY
from config.services.valkey import NoServer, Valkey

ROOT = Path(__file__).resolve().parent.parent.parent
RESTARTS_ALLOWED = 5
SECONDS_TO_ANSWER = 60.0
SECONDS_TO_END = 2 * processes.GRACE_SECONDS
PYTHON = [sys.executable, "-m"]


class Stopped(Exception):
    """Somebody asked the whole to end (Ctrl-C, SIGTERM), or it cannot go on; the text is for that person."""


class Supervisor:
    """Starts the parts in order, starts again what falls over, ends all of them in reverse order."""

    def __init__(self) -> None:
        environ.Env.read_env(os.environ.get("ENV_FILE", str(ROOT / ".env")))
        self.var = Path(os.environ.get("VAR_DIR", str(ROOT / "var"))).resolve()
        self.env = {
            "OPENBLAS_NUM_THREADS": "1",
            **os.environ,
            "PYTHONUNBUFFERED": "1",
            # Said at every start by Celery; here it runs the owner's own files on the owner's own machine.
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
            "VAR_DIR": str(self.var),
        }
        self.commands: dict[str, list[str]] = {}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.restarts: dict[str, int] = {}
        self.valkey: Valkey | None = None
        self.demo_unfinished = self.var / "run" / "demo-unfinished"

    def run(self) -> None:
        """Everything, until Stopped is raised."""
        self._only_one()
        self._start_broker()
        empty = self._migrate()
        port = free_port(os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000")))
        address = self.env.setdefault("SITE_ORIGIN", f"http://127.0.0.1:{port}")
        self._start(
            "web",
            ["gunicorn", "config.wsgi", "--bind", f"{os.environ.get('HOST', '127.0.0.1')}:{port}"]
            + ["--workers", "2", "--threads", "4", "--no-control-socket", "--log-level", "warning"],
        )
        self._wait_for(f"http://127.0.0.1:{port}/health/")
        self._start(
            "worker",
            ["celery", "-q", "-A", "config.celery", "worker", "--concurrency", "2"]
            + ["--without-gossip", "--without-mingle", "--loglevel", "WARNING"],
        )
        self._start("scheduler", ["celery", "-q", "-A", "config.celery", "beat", "--pidfile=", "--loglevel", "WARNING"])
        self._greet(address)
        if (empty or self.demo_unfinished.exists()) and demo_wanted():
            self._load_demo()
        self._watch()

    def stop(self) -> None:
        """End the parts; the broker last, so that the worker can hand back what it holds."""
        for name, process in reversed(self.running.items()):
            cold = name == "worker"  # SIGQUIT: the tasks it runs are safe to run again, nobody has to wait
            processes.stop(process, stop_signal=signal.SIGQUIT if cold else signal.SIGTERM)
        if self.valkey:
            self.valkey.stop()
            self.valkey.remove_socket()

    def _only_one(self) -> None:
        import fcntl  # not on Windows, where this is not reached

        (self.var / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a missing one
        (self.var / "run").mkdir(parents=True, exist_ok=True)
        self._lock = (self.var / "run" / "supervisor.lock").open("w")
        deadline = time.monotonic() + SECONDS_TO_END
        while True:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Stopped("It is running already in this folder. Stop that one first (Ctrl-C).") from None
            time.sleep(0.2)
        # Of a start that was killed the leash keeps the lock until the last part is gone.
        processes.keep_until_all_ended(self._lock.fileno())

    def _start_broker(self) -> None:
        if os.environ.get("REDIS_URL"):
            return
        self.valkey = Valkey(data=self.var / "valkey", run=self.var / "run")
        try:
            self.valkey.start()
        except (NoServer, RuntimeError) as problem:
            raise Stopped(str(problem)) from problem
        self.env["REDIS_URL"] = self.valkey.url

    def _migrate(self) -> bool:
        """Bring the database up to date; True if there is no contest in it."""
        say("Preparing the database")
        done = subprocess.run([*PYTHON, "config.services.database"], env=self.env, cwd=ROOT)
        if done.returncode not in (0, EMPTY):
            raise Stopped("The database could not be prepared; the reason is above.")
        return done.returncode == EMPTY

    def _load_demo(self) -> None:
        say("The demo contest is being loaded; its pages fill up within the next minutes")
        self.demo_unfinished.touch()
        self.running["demo"] = processes.spawn([sys.executable, "manage.py", "load_demo"], env=self.env, cwd=ROOT)

    def _start(self, name: str, command: list[str]) -> None:
        self.commands[name] = [*PYTHON, *command]
        self.running[name] = processes.spawn(self.commands[name], env=self.env, cwd=ROOT)

    def _wait_for(self, url: str) -> None:
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while not answers(url):
            if self.running["web"].poll() is not None or time.monotonic() > deadline:
                raise Stopped("The web server did not start; the reason is above.")
            time.sleep(0.05)

    def _greet(self, address: str) -> None:
        say(f"\nLaureate answers at {address}/\n")
        if demo_wanted():
            from demo.logins import LOGINS

            width = max(len(login.email) for login in LOGINS)
            for login in LOGINS:
                say(f"  {login.email:{width}}  {login.password}  {login.role}")
        say("\nLetters are written to var/mail. Ctrl-C stops everything.\n")

    def _watch(self) -> None:
        """Start again what ends by itself; Stopped when one part keeps falling over."""
        while True:
            time.sleep(0.3)
            for name, process in list(self.running.items()):
                if process.poll() is None:
                    continue
                if name == "demo":
                    self._demo_ended(self.running.pop(name).returncode)
                    continue
                self.restarts[name] = self.restarts.get(name, 0) + 1
                if self.restarts[name] > RESTARTS_ALLOWED:
                    raise Stopped(f"The {name} keeps ending (last with code {process.returncode}).")
                say(f"The {name} ended with code {process.returncode}; it is started again")
                processes.kill(process)  # what it may have left of its group
                self.running[name] = processes.spawn(self.commands[name], env=self.env, cwd=ROOT)
            if self.valkey and self.valkey.process and self.valkey.process.poll() is not None:
                say("The broker ended; it is started again")
                self.valkey.start()

    def _demo_ended(self, code: int) -> None:
        if code == 0:
            self.demo_unfinished.unlink(missing_ok=True)
            say("The demo contest is loaded")
        else:
            say("The demo contest could not be loaded; the reason is above. The next start tries again.")


def demo_wanted() -> bool:
    """Whether this start shows the demo: not in production, and not with LAUREATE_DEMO=0."""
    return environ.Env().bool("LAUREATE_DEMO", os.environ.get("LAUREATE_ENV") != "production")


def answers(url: str) -> bool:
    """Whether a page is served there."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 (our own address)
            return bool(response.status == 200)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def say(words: str) -> None:
    print(words, flush=True)


def interrupt(number: int, frame: FrameType | None) -> None:
    raise Stopped("")


def main() -> int:
    if sys.platform == "win32":
        print("On Windows start it inside WSL, the Linux that Windows brings along.")
        return 1
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    supervisor = Supervisor()
    code = 0
    try:
        supervisor.run()
    except Stopped as reason:
        if str(reason):
            say(str(reason))
            code = 1
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    supervisor.stop()
    say("Stopped.")
    return code


if __name__ == "__main__":
    sys.exit(main())

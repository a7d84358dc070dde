"""Child processes that never outlive the one that started them.

Every child leads its own process group. A small *leash* process holds the read end of a pipe whose write
end only the parent has: when the parent ends, in whatever way, also by ``kill -9``, the pipe closes and the
leash ends every group that is still there. That needs nothing but POSIX, and reaches grandchildren too.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

# The kernel's limit for the address of a unix socket is 108 bytes on Linux and 104 on macOS, NUL included.
LONGEST_SOCKET_PATH = 103
GRACE_SECONDS = 5.0

_leash_pipe: int | None = None
_kept: list[int] = []
_leash_process: subprocess.Popen[bytes] | None = None  # kept: it must not be waited for


def spawn(
    command: Sequence[str | os.PathLike[str]],
    *,
    env: Mapping[str, str] | None = None,
    output: IO[bytes] | int | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
    cwd: str | os.PathLike[str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start ``command`` on the leash.

    ``env`` is the whole environment (default: this process's own), ``output`` takes both streams, and
    ``stop_signal`` is what the leash sends first; SIGKILL follows after five seconds.
    """
    process = subprocess.Popen(
        [os.fspath(part) for part in command],
        env=None if env is None else dict(env),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        start_new_session=True,
        cwd=cwd,
    )
    os.write(_leash(), f"{process.pid} {int(stop_signal)}\n".encode())
    return process


def stop(
    process: subprocess.Popen[bytes],
    *,
    stop_signal: signal.Signals = signal.SIGTERM,
    seconds: float = GRACE_SECONDS,
) -> None:
    """End a child in good order; what is left of its group after ``seconds`` is killed."""
    if process.poll() is None:
        process.send_signal(stop_signal)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            pass
    signal_group(process.pid, signal.SIGKILL)
    process.wait()


def kill(process: subprocess.Popen[bytes]) -> None:
    """``kill -9`` for the child and all that it started."""
    signal_group(process.pid, signal.SIGKILL)
    process.wait()


def signal_group(group: int, number: int) -> bool:
    """Send a signal to a process group; False when nobody is left in it."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):  # macOS says EPERM of a group of zombies
        return False
    return True


def socket_folder(preferred: Path, longest_name: str) -> Path:
    """``preferred``, or a temporary folder where a socket of this name would be too long for the kernel."""
    if len(os.fsencode(preferred / longest_name)) <= LONGEST_SOCKET_PATH:
        preferred.mkdir(parents=True, exist_ok=True)
        return preferred
    return Path(tempfile.mkdtemp(prefix="laureate-", dir="/tmp"))


def keep_until_all_ended(descriptor: int) -> None:
    """Let the leash hold this open file (a lock) too, until the last child is gone. Call it before ``spawn``."""
    _kept.append(descriptor)


def _leash() -> int:
    """The write end of the pipe to this process's leash, which is started on first use."""
    global _leash_pipe, _leash_process
    if _leash_pipe is None:
        read_end, _leash_pipe = os.pipe()
        # A fresh interpreter, not a fork: the parent may run threads (a live server in the tests).
        _leash_process = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__, str(read_end)],
            pass_fds=[read_end, *_kept],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(read_end)
    return _leash_pipe


def hold(read_end: int) -> None:
    """The leash itself: wait until the parent is gone, then end what it left behind."""
    with open(read_end) as pipe:
        groups = [(int(group), int(number)) for group, number in (line.split() for line in pipe)]
    # The last started goes first: a worker before the broker that it talks to.
    left = [(group, number) for group, number in reversed(groups) if signal_group(group, number)]
    deadline = time.monotonic() + GRACE_SECONDS
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = [(group, number) for group, number in left if signal_group(group, 0)]
    for group, _ in left:
        signal_group(group, signal.SIGKILL)


if __name__ == "__main__":
    hold(int(sys.argv[1]))

"""The other side of `child.py`: run as a script in an isolated interpreter, file in by stdin, JSON out by stdout.

Before it looks at the file it gives up what it does not need: more memory and time than allowed, the right to
write files, core dumps, new privileges and, where the system lets it, the network.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
SIGKILL = 9


def give_up_rights(seconds: int, memory: int, *, written: int = 0, descriptors: int = 64) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))
    if sys.platform != "linux":
        return
    import ctypes

    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    # Best effort: containers often forbid it, and then the limits above still hold.
    libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def _text_of(content: bytes, name: str) -> dict[str, object]:
    from essays.anonymity.reading import read_bytes

    reading = read_bytes(content, name)
    return {
        "document": reading.document.to_data(),
        "format": reading.format,
        "warnings": reading.warnings,
        "metadata_strings": reading.metadata_strings,
    }


def _pages_of(content: bytes, name: str, pages: list[bytes]) -> dict[str, object]:
    """What is said about the pages; their pictures are put into ``pages`` and follow behind it."""
    from essays.anonymity.reading.pictures import read_pages

    reading = read_pages(content, name)
    pages += [page.jpeg for page in reading.pages]
    return {
        "lengths": [len(page) for page in pages],
        "format": reading.format,
        "metadata_strings": reading.metadata_strings,
    }


def main() -> None:
    name, seconds, memory, task = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    give_up_rights(seconds, memory)
    from essays.anonymity.reading import Unreadable, limits

    pages: list[bytes] = []
    try:
        content = sys.stdin.buffer.read(limits.MAX_FILE_BYTES + 1)
        answer = _pages_of(content, name, pages) if task == "pages" else _text_of(content, name)
    except Unreadable as error:
        answer = {"unreadable": error.code, "detail": error.detail}
    except (MemoryError, RecursionError) as error:
        answer = {"unreadable": "too_complex", "detail": type(error).__name__}
    except Exception as error:  # The parser met what its author did not foresee: the file counts as damaged.
        answer = {"unreadable": "damaged", "detail": f"reader: {type(error).__name__}"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace"))
    for page in (b"\n", *pages) if pages else ():
        sys.stdout.buffer.write(page)
    sys.stdout.buffer.flush()
    # Skip the destructors of native libraries: a crash in them must not spoil a finished answer.
    os._exit(0)


if __name__ == "__main__":
    main()

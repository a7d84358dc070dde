"""``python -m benchmarks.blindness.memory``: megabytes that a worker holds after every essay of the demo contest."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path


def worker_memory() -> float:
    """Megabytes resident in a process of its own that has made copies as a worker does."""
    told = subprocess.run([sys.executable, "-m", __name__], capture_output=True, text=True, check=True)
    return float(told.stdout)


def _resident() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _make_copies() -> None:
    from benchmarks.blindness.essays import identity_of
    from demo.files import build
    from demo.texts import load_essays
    from essays.anonymity.reading import read_bytes
    from essays.anonymity.redaction import redact
    from essays.anonymity.rendering import to_html
    from essays.anonymity.selfattack import find_leaks

    for essay in load_essays():
        name, content = build(essay)
        read, identity = read_bytes(content, name), identity_of(essay)
        copy = redact(read.document, identity).document
        find_leaks(to_html(copy) + copy.text, identity, read.metadata_strings)


if __name__ == "__main__":
    _make_copies()
    print(_resident())

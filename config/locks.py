"""``python -m config.locks``: the lock files are whole, and name no place that packages come from."""

import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)")


def normalised(name: str) -> str:
    """A distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(text: str) -> dict[str, set[str]]:
    """Names and pinned versions of a lock (several versions where a marker chooses)."""
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if match := PIN.match(line):
            found.setdefault(normalised(match["name"]), set()).add(match["version"])
    return found


def asked_for(text: str) -> set[str]:
    """Names that an ``.in`` file asks for itself."""
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    return {normalised(re.split(r"[\[=<>~! ;]", line)[0]) for line in lines if line and not line.startswith("-")}


def problems(name: str, lock: str, source: str) -> list[str]:
    """What is wrong with one lock: an address, an unpinned or unhashed line, something asked for and not there."""
    found = []
    blocks = re.split(r"\n(?=\S)", lock.strip())
    for block in blocks:
        first = block.split("\n")[0]
        if not PIN.match(first):
            found.append(f"{name}: not a pinned requirement: {first}")
        elif "--hash=sha256:" not in block:
            found.append(f"{name}: no hash: {first}")
    if "://" in lock or re.search(r"--(extra-)?index|--find-links|--trusted-host", lock):
        found.append(f"{name}: tells where packages come from")
    found += [f"{name}: not locked: {missing}" for missing in sorted(asked_for(source) - pins(lock).keys())]
    return found


def all_problems(folder: Path = FOLDER) -> list[str]:
    """What is wrong with the locks, and where the one for development differs from what is run."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.*")}
    runtime, dev = pins(texts["runtime.txt"]), pins(texts["dev.txt"])
    found = problems("runtime.txt", texts["runtime.txt"], texts["runtime.in"])
    found += problems("models.txt", texts["models.txt"], texts["models.in"])
    found += problems("dev.txt", texts["dev.txt"], texts["runtime.in"] + texts["dev.in"])
    found += [
        f"dev.txt: {name} differs from runtime.txt"
        for name, versions in sorted(runtime.items())
        if dev.get(name) != versions
    ]
    return found


if __name__ == "__main__":
    complaints = all_problems()
    print(*complaints, sep="\n", end="\n" if complaints else "")
    sys.exit(1 if complaints else 0)

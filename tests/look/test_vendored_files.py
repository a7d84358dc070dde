"""What others made is exactly what we say it is."""

import hashlib
import re
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[2] / "static/vendor"


def test_sums_of_vendored_files() -> None:
    written = {
        name: total
        for total, name in re.findall(
            r"^([0-9a-f]{64})  \./(\S+)$", (VENDOR / "README.md").read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "README.md"
    }
    assert found == written

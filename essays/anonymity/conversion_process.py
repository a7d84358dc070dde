"""The other side of `conversion.py`: gives up rights in an isolated interpreter, then becomes the converter."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path


def main() -> None:
    seconds, memory, written = (int(argument) for argument in sys.argv[1:4])
    spec = importlib.util.spec_from_file_location("child_process", Path(__file__).with_name("child_process.py"))
    assert spec and spec.loader
    child_process = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(child_process)
    child_process.give_up_rights(seconds, memory, written=written, descriptors=256)
    os.execv(sys.argv[4], sys.argv[4:])


if __name__ == "__main__":
    main()

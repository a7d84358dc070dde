"""The other side of `ocr.py`: gives up what it does not need, then becomes tesseract, picture in, table out."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    program, languages, seconds, memory = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from essays.anonymity.child_process import give_up_rights

    give_up_rights(seconds, memory)
    os.execv(program, [program, "stdin", "stdout", "-l", languages, "--psm", "4", "tsv"])


if __name__ == "__main__":
    main()

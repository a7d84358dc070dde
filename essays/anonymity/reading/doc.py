"""Old DOC, where a maintained converter stands on the machine; otherwise a clear refusal.

The converter runs inside the child that reads all uploads: with its limits on time, memory and files, without network.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence

from essays.anonymity.reading.txt import read_txt
from essays.anonymity.reading.unreadable import Reading, Unreadable

CONVERTERS: tuple[tuple[str, ...], ...] = (
    ("antiword", "-m", "UTF-8.txt", "-w", "0", "-"),
    ("catdoc", "-w", "-d", "utf-8"),
)
_MOST = 8 << 20
_SECONDS = 15


def read_doc(content: bytes, converters: Sequence[Sequence[str]] = CONVERTERS) -> Reading:
    """Read a DOC by the first converter that is installed. Raises Unreadable."""
    for command in converters:
        program = shutil.which(command[0])
        if program is None:
            continue
        try:
            done = subprocess.run(
                [program, *command[1:]], input=content, capture_output=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise Unreadable("timeout", "the converter does not end") from error
        except OSError as error:
            raise Unreadable("damaged", "the converter does not start") from error
        if done.returncode != 0 or not done.stdout.strip():
            raise Unreadable("damaged", f"the converter ended with {done.returncode}")
        if len(done.stdout) > _MOST:
            raise Unreadable("too_complex", "the text is too long")
        text = done.stdout.decode("utf-8", "replace").replace("\ufffd", "").replace("[pic]", "")
        reading = read_txt(text.encode("utf-8"))
        return Reading(reading.document, "doc", (*reading.warnings, "converted"), reading.metadata_strings)
    raise Unreadable("unsupported", "no converter for old DOC files is installed")

"""Reading a file in a child process that cannot take its parent down.

Whatever happens in the child (no memory left, an abort or a crash in a native library, a loop without end),
outside it is an Unreadable.
"""

from __future__ import annotations

import json
import math
import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from essays.anonymity import bare_jpeg
from essays.anonymity.conversion import as_docx
from essays.anonymity.document import Document
from essays.anonymity.reading import CODES, Reading, Unreadable, limits
from essays.anonymity.reading.page_pictures import PAGE_FORMATS, PagePicture, PagesReading
from essays.anonymity.reading.sniff import FORMATS, extension

GIB = 1 << 30
_SCRIPT = Path(__file__).with_name("child_process.py")
_MAX_NAME = 255


def read_in_child(
    path: str | Path, name: str, *, seconds: float = 20, memory: int = GIB, output: int = 32 << 20
) -> Reading:
    """Read the file at `path`, uploaded as `name`.

    `seconds` bound the whole reading, `memory` is the child's address space and `output` its answer, both in
    bytes. Raises Unreadable, whatever the file is; OSError only when `path` itself cannot be opened. A DOC goes
    through the converter first, which has a time of its own.
    """
    try:
        return _reading(*_answer_about(path, name, "text", seconds, memory, output))
    except Unreadable as refusal:
        if refusal.code != "unsupported" or extension(name) != "doc":
            raise
    with as_docx(Path(path)) as made:
        reading = _reading(*_answer_about(made, made.name, "text", seconds, memory, output))
    return replace(reading, format="doc", warnings=tuple(sorted({*reading.warnings, "converted"})))


def pages_in_child(
    path: str | Path, name: str, *, seconds: float = 40, memory: int = GIB, output: int = 48 << 20
) -> PagesReading:
    """Make the pages of a file of pictures anew. Limits and errors as of `read_in_child`."""
    return _pages(*_answer_about(path, name, "pages", seconds, memory, output))


def _answer_about(
    path: str | Path, name: str, task: str, seconds: float, memory: int, output: int
) -> tuple[bytes, int]:
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > limits.MAX_FILE_BYTES:
            raise Unreadable("too_large", f"more than {limits.MAX_FILE_BYTES} bytes")
        if size == 0:
            raise Unreadable("empty", "no content")
        return _run(file.fileno(), name, task, seconds, memory, output)


def _run(source: int, name: str, task: str, seconds: float, memory: int, output: int) -> tuple[bytes, int]:
    """(the child's answer, its return code). Raises Unreadable when it takes too long or says too much."""
    plain_name = name.replace("\0", "")[-_MAX_NAME:].encode("utf-8", "replace").decode("utf-8", "replace")
    command = [sys.executable, "-I", str(_SCRIPT), plain_name, str(math.ceil(seconds)), str(memory), task]
    process = subprocess.Popen(
        command,
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        close_fds=True,
        start_new_session=True,
        env={"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
        cwd="/",
    )
    try:
        answer = _collect(process, time.monotonic() + seconds, output)
        return answer, process.wait(timeout=5)
    except subprocess.TimeoutExpired as error:
        raise Unreadable("timeout", "the reader does not end") from error
    finally:
        _end(process)


def _collect(process: subprocess.Popen[bytes], deadline: float, output: int) -> bytes:
    assert process.stdout is not None
    chunks: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise Unreadable("timeout", "reading took too long")
            chunk = os.read(process.stdout.fileno(), 1 << 16)
            if not chunk:
                return b"".join(chunks)
            chunks.append(chunk)
            size += len(chunk)
            if size > output:
                raise Unreadable("too_complex", "the reader's answer is too long")


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _said(answer: bytes, code: int) -> dict[str, Any]:
    """The child's JSON. Raises what it refused with, or what its end means."""
    if code != 0 or not answer:
        if code == -signal.SIGXCPU:
            raise Unreadable("timeout", "reading took too much processor time")
        if code == -signal.SIGKILL:
            raise Unreadable("too_complex", "the reader was killed, probably for its memory")
        raise Unreadable("damaged", f"the reader ended with {code}")
    try:
        data = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise Unreadable("damaged", "the reader's answer is no JSON") from error
    if not isinstance(data, dict):
        raise Unreadable("damaged", "the reader's answer is not an object")
    if "unreadable" in data:
        refusal = data["unreadable"]
        detail = "".join(c for c in str(data.get("detail", ""))[:200] if c.isprintable())
        raise Unreadable(refusal if refusal in CODES else "damaged", detail)
    return data


def _reading(answer: bytes, code: int) -> Reading:
    data = _said(answer, code)
    try:
        document = Document.from_data(data.get("document"))
    except (ValueError, RecursionError) as error:
        raise Unreadable("damaged", "the reader's answer is not a document") from error
    if data.get("format") not in FORMATS:
        raise Unreadable("damaged", "the reader's answer names no format")
    return Reading(document, data["format"], _strings(data.get("warnings")), _strings(data.get("metadata_strings")))


def _pages(answer: bytes, code: int) -> PagesReading:
    head, _line_end, content = answer.partition(b"\n")
    data = _said(head, code)
    lengths = data.get("lengths")
    if (
        data.get("format") not in PAGE_FORMATS
        or not isinstance(lengths, list)
        or not 0 < len(lengths) <= limits.MAX_PAGES
        or not all(type(length) is int and length > 0 for length in lengths)
        or sum(lengths) != len(content)
    ):
        raise Unreadable("damaged", "the reader's answer is not as agreed")
    pages: list[PagePicture] = []
    for length in lengths:
        jpeg, content = content[:length], content[length:]
        # What comes out of a native decoder is believed only as far as its bytes show.
        size = bare_jpeg.size_of(jpeg)
        if size is None or not 0 < max(size) <= limits.LONGEST_SIDE:
            raise Unreadable("damaged", "the reader's answer is no page")
        pages.append(PagePicture(jpeg, *size))
    return PagesReading(tuple(pages), data["format"], _strings(data.get("metadata_strings")))


def _strings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Unreadable("damaged", "the reader's answer is not as agreed")
    return tuple(value)

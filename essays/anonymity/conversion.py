"""Old DOC by way of DOCX, where LibreOffice stands on the machine; otherwise a clear refusal.

LibreOffice alone among the converters knows hidden and deleted text from visible, and is looked after. It runs as a
process of its own with a profile of its own, without macros, links and network, within limits; what it writes is read
like any DOCX from outside, in the limited child.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from essays.anonymity.reading.unreadable import Unreadable

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 40
MEMORY = 3 << 30
_LAUNCHER = Path(__file__).with_name("conversion_process.py")
_MOST = 64 << 20
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
)


def converter() -> str:
    """The path of the program that converts DOC, empty where none is installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), "")


@contextmanager
def as_docx(path: Path, program: str = "", *, seconds: int = SECONDS) -> Iterator[Path]:
    """The DOC at ``path`` as a DOCX that lives as long as the context. Raises Unreadable."""
    program = program or converter()
    if not program:
        raise Unreadable("unsupported", "no converter for old DOC files is installed")
    with tempfile.TemporaryDirectory(prefix="laureate-doc-", ignore_cleanup_errors=True) as folder:
        here = Path(folder)
        profile = here / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
        # A name of ours: the upload's own would end up in titles and fields.
        shutil.copyfile(path, here / "essay.doc")
        _run(program, here, seconds)
        made = here / "out" / "essay.docx"
        if not made.is_file() or not made.stat().st_size:
            raise Unreadable("damaged", "the converter made nothing of it")
        yield made


def _profile() -> str:
    """A profile in which nothing that a file brings along is run or fetched."""
    items = (
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, name, value in _SETTINGS
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    return f"{head}{''.join(items)}</oor:items>"


def _run(program: str, folder: Path, seconds: int) -> None:
    command = [sys.executable, "-I", str(_LAUNCHER), str(seconds), str(MEMORY), str(_MOST), program]
    command += [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--nologo", "--norestore"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(folder / "essay.doc")]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd=folder,
        env={"LANG": "C.UTF-8", "HOME": str(folder), "TMPDIR": str(folder), "PATH": os.environ.get("PATH", "")},
    )
    try:
        code = process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise Unreadable("timeout", "the converter does not end") from error
    finally:
        _end_group(process)
    if code == -signal.SIGXCPU:
        raise Unreadable("timeout", "the converter took too much processor time")
    if code:
        raise Unreadable("damaged", f"the converter ended with {code}")


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """The program starts others: none of them outlives the conversion."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # All of them have ended by themselves.
    process.wait()

"""Imported by a worker of a test: making a copy waits until the test lets it go, or ends the process."""

import os
import time
from pathlib import Path

from django.conf import settings

from essays.anonymity.pipeline import blind as really_blind
from essays.entries import blinding

FOLDER = Path(settings.VAR_DIR)
BEGUN, GO, DIE = FOLDER / "begun", FOLDER / "go", FOLDER / "die"


def dawdle(*args):
    BEGUN.touch()
    if DIE.exists():
        os.kill(os.getpid(), 9)
    while not GO.exists():
        time.sleep(0.02)
    return really_blind(*args)


blinding.make_copy = dawdle

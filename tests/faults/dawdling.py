"""Imported by a worker of a test, never by the test itself: making a copy waits until it is let go, or dies."""

import os
import time

from essays.anonymity.pipeline import blind as really_blind
from essays.entries import blinding
from tests.faults.marks import BEGUN, DIE, GO


def dawdle(*args):
    BEGUN.touch()
    if DIE.exists():
        os.kill(os.getpid(), 9)
    while not GO.exists():
        time.sleep(0.02)
    return really_blind(*args)


blinding.make_copy = dawdle

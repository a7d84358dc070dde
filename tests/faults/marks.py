"""Files by which a test and a worker of its own talk: begun, go on, die."""

from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.VAR_DIR)
BEGUN, GO, DIE = FOLDER / "begun", FOLDER / "go", FOLDER / "die"
EVERY = (BEGUN, GO, DIE)

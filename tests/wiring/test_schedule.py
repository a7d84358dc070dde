"""A worker knows every job that anybody rings."""

import subprocess
import sys

from django.conf import settings

# In a process of its own: in this one the tests have imported more than a worker does.
WORKER = """
import django
django.setup()
from config.celery import app
app.loader.import_default_modules()
print(*sorted(app.tasks), sep="\\n")
"""


def test_a_worker_knows_every_scheduled_and_every_written_task() -> None:
    from config.celery import app

    known = subprocess.run(
        [sys.executable, "-c", WORKER],
        cwd=settings.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(settings.VAR_DIR)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    app.loader.import_default_modules()
    for path in settings.BASE_DIR.glob("*/*/tasks.py"):
        __import__(".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts))
    written = {name for name in app.tasks if name.startswith(("essays.", "judging."))}
    assert (scheduled | written) - set(known) == set()

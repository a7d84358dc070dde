"""The Celery app and its schedule.

The database holds the truth about work that is due; the broker only rings a bell. Every task takes ids,
calls one action and may run twice. Sweepers pick up whatever a lost bell left behind.
"""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

from essays.anonymity.weights import ModelsMissing, recognizer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("laureate", task_cls="config.bell:BellTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["essays", "judging"])


@worker_init.connect
def load_models(**_signal: Any) -> None:
    """Read the weights once, in the parent: its children share the memory. Without them no worker starts."""
    try:
        recognizer()
    except ModelsMissing as problem:
        # Celery logs exceptions of its signals and goes on; this one has to end it.
        raise SystemExit(str(problem)) from problem
    # What is loaded stays: no collection of garbage need walk through it, or make the children copy it.
    gc.collect()
    gc.freeze()


app.conf.beat_schedule = {
    "blind-what-waits": {"task": "essays.entries.tasks.sweep_essays", "schedule": 60.0},
    "send-what-waits": {"task": "essays.outbox.tasks.sweep_letters", "schedule": 30.0},
    "seal-the-ledger": {"task": "essays.ledger.tasks.seal_ledger", "schedule": 60.0},
    "make-bundles-of-documents": {"task": "judging.results.tasks.sweep_bundles", "schedule": 120.0},
    "free-appeals-of-names": {"task": "judging.appeals.tasks.sweep_appeals", "schedule": 60.0},
    "finish-announcements": {"task": "judging.results.tasks.sweep_announcements", "schedule": 60.0},
    "find-missing-readers": {"task": "judging.assignments.tasks.sweep_assignments", "schedule": 60.0},
    "remove-files-without-a-row": {"task": "essays.entries.tasks.sweep_files", "schedule": 3600.0},
    "forget-private-notes": {"task": "judging.reviews.tasks.forget_notes", "schedule": 3600.0},
    "appoint-third-reviewers": {"task": "judging.reviews.tasks.sweep_disagreements", "schedule": 300.0},
}

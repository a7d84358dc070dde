"""The Celery app and its schedule.

The database holds the truth about work that is due; the broker only rings a bell. Every task takes ids,
calls one action and may run twice. Sweepers pick up whatever a lost bell left behind.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("laureate", task_cls="config.bell:BellTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["essays", "judging"])

app.conf.beat_schedule = {
    "blind-what-waits": {"task": "essays.entries.tasks.sweep_essays", "schedule": 60.0},
    "send-what-waits": {"task": "essays.outbox.tasks.sweep_letters", "schedule": 30.0},
    "seal-the-ledger": {"task": "essays.ledger.tasks.seal_ledger", "schedule": 60.0},
    "finish-announcements": {"task": "judging.results.tasks.sweep_announcements", "schedule": 60.0},
    "find-missing-readers": {"task": "judging.assignments.tasks.sweep_assignments", "schedule": 60.0},
    "appoint-third-reviewers": {"task": "judging.reviews.tasks.sweep_disagreements", "schedule": 300.0},
}

"""Index of the app's jobs."""

from judging.appeals.tasks import blind_appeal, sweep_appeals
from judging.assignments.tasks import sweep_assignments
from judging.results.tasks import complete_announcement, make_bundle, sweep_announcements, sweep_bundles
from judging.reviews.tasks import check_disagreement, forget_notes, sweep_disagreements

__all__ = [
    "blind_appeal",
    "check_disagreement",
    "complete_announcement",
    "forget_notes",
    "make_bundle",
    "sweep_announcements",
    "sweep_appeals",
    "sweep_assignments",
    "sweep_bundles",
    "sweep_disagreements",
]

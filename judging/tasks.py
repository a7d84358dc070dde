"""Index of the app's jobs."""

from judging.assignments.tasks import sweep_assignments
from judging.results.tasks import complete_announcement, make_bundle, sweep_announcements, sweep_bundles
from judging.reviews.tasks import check_disagreement, forget_notes, sweep_disagreements

__all__ = [
    "check_disagreement",
    "complete_announcement",
    "forget_notes",
    "make_bundle",
    "sweep_announcements",
    "sweep_assignments",
    "sweep_bundles",
    "sweep_disagreements",
]

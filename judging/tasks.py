"""Index of the app's jobs."""

from judging.assignments.tasks import sweep_assignments
from judging.results.tasks import complete_announcement, sweep_announcements
from judging.reviews.tasks import check_disagreement, sweep_disagreements

__all__ = [
    "check_disagreement",
    "complete_announcement",
    "sweep_announcements",
    "sweep_assignments",
    "sweep_disagreements",
]

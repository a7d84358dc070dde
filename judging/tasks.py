"""Index of the app's jobs."""

from judging.assignments.tasks import sweep_assignments
from judging.reviews.tasks import check_disagreement, sweep_disagreements

__all__ = ["check_disagreement", "sweep_assignments", "sweep_disagreements"]

"""Index of the app's jobs."""

from essays.entries.tasks import blind_essay, sweep_essays, sweep_files
from essays.ledger.tasks import seal_ledger
from essays.outbox.tasks import send_letter, send_letters, sweep_letters

__all__ = ["blind_essay", "seal_ledger", "send_letter", "send_letters", "sweep_essays", "sweep_files", "sweep_letters"]

"""How tasks are rung."""

from typing import Any

from celery.contrib.django.task import DjangoTask
from django.db import transaction


class BellTask(DjangoTask):
    """A task whose bell may fail to ring.

    The work is in the database already. If the broker is away, the person who caused the work still gets an
    answer, the failure is logged, and a sweeper finds the work later.
    """

    abstract = True

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:
        def ring() -> None:
            self.delay(*args, **kwargs)

        transaction.on_commit(ring, robust=True)

"""A real Redis-protocol server, one for the session, empty for each test that asks for it."""

from collections.abc import Iterator

import kombu.pools
import pytest
from django.conf import settings

from config.celery import app
from config.services.valkey import NoServer, Valkey
from tests.plugins.lacking import lacks


class Broker(Valkey):
    """Valkey with what fault tests need. ``stop``, ``kill`` and ``start`` make it go away and come back."""

    def flush_all(self) -> None:
        """FLUSHALL: every queued task is lost."""
        with self.client() as client:
            client.flushall()

    def queued(self) -> int:
        """How many tasks wait in the default queue."""
        with self.client() as client:
            return int(client.llen(app.conf.task_default_queue))  # type: ignore[arg-type]

    def start(self) -> None:
        # Connections of this process to the server that was are of no use to the one that comes.
        forget_connections()
        super().start()


def forget_connections() -> None:
    """Drop the pooled connections of this process; the next task opens a new one."""
    kombu.pools.reset()
    app.amqp._producer_pool = None
    app._pool = None


@pytest.fixture(scope="session")
def _broker() -> Iterator[Broker]:
    broker = Broker(data=settings.VAR_DIR / "valkey", run=settings.VAR_DIR / "run", append_only=False)
    assert broker.url == settings.REDIS_URL
    try:
        broker.start()
    except NoServer as problem:
        lacks("Valkey or Redis server", str(problem))
    yield broker
    broker.kill()


@pytest.fixture
def valkey(_broker: Broker) -> Iterator[Broker]:
    """The running, empty broker. Whatever the test does to it, the next test gets it running and empty."""
    if not _broker.answers():
        _broker.start()
    _broker.flush_all()
    yield _broker
    if not _broker.answers():
        _broker.start()
    _broker.flush_all()

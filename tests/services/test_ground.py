"""The ground that the tests stand on is real: a broker, a database, a mail server, workers."""

import os
import signal
from collections.abc import Callable

import pytest
from django.core.mail import send_mail
from django.db import connection

from config.celery import app
from tests.plugins.broker import Broker
from tests.plugins.mail import SmtpServer
from tests.plugins.worker import Worker, eventually


def test_the_broker_comes_back_empty_after_a_kill(valkey: Broker) -> None:
    with valkey.client() as client:
        client.set("kept", "no")
    valkey.kill()
    assert not valkey.answers()
    valkey.start()
    with valkey.client() as client:
        assert client.get("kept") is None


def test_letters_arrive_over_a_socket(smtp_server: SmtpServer) -> None:
    send_mail("Итоги", "Поздравляем!", "jury@example.org", ["author@example.org"])
    assert [message["Subject"] for message in smtp_server.messages] == ["Итоги"]
    assert smtp_server.recipients == [["author@example.org"]]


@pytest.mark.faults
def test_a_worker_runs_what_the_test_sends_on_the_tests_database(celery_worker_process: Worker, valkey: Broker) -> None:
    celery_worker_process.start(include=["tests.services.sabotage"])
    app.send_task("tests.touch", ["written by a worker"])
    eventually(lambda: _addresses_in_database() == ["written by a worker"])


@pytest.mark.any_database
@pytest.mark.faults
def test_a_killed_worker_leaves_no_process_and_a_second_one_goes_on(
    workers: Callable[[], Worker], valkey: Broker
) -> None:
    first = workers().start(concurrency=2)
    everyone = [first.pid, *first.children()]
    first.kill()
    eventually(lambda: not any(_runs(pid) for pid in everyone))
    app.send_task("tests.touch", ["late"])
    assert valkey.queued() == 1
    workers().start(include=["tests.services.sabotage"])
    eventually(lambda: _addresses_in_database() == ["late"])
    assert valkey.queued() == 0


@pytest.mark.any_database
@pytest.mark.faults
def test_a_worker_replaces_a_child_that_was_killed(celery_worker_process: Worker) -> None:
    worker = celery_worker_process.start()
    pid, before = worker.pid, worker.children()
    worker.kill_children()
    eventually(lambda: worker.children() and not set(worker.children()) & set(before))
    assert worker.pid == pid


def _addresses_in_database() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_error FROM essays_letter")
        return [row[0] for row in cursor.fetchall()]


def _runs(pid: int) -> bool:
    """Whether a process is alive; a zombie that nobody waited for is not."""
    try:
        os.kill(pid, signal.SIG_DFL)
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False

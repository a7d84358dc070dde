"""Asking for pages and counting what they cost."""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks.rows import Region
from essays.people.models import User

SECONDS_A_PAGE, FEWEST_RUNS, MOST_RUNS = 2.0, 3, 60


@dataclass(frozen=True)
class Cost:
    """Of one page: seconds on the clock and on the processor (medians), queries, bytes of its body uncompressed.

    What the processor spent is comparable on a machine that does other things too; it leaves out a database server.
    """

    seconds: float
    processor: float
    queries: int
    size: int
    html: str


def pages(region: Region) -> dict[str, tuple[User | None, str]]:
    """By name: who asks, and for which address. The floor comes first."""
    judged, announced = [region.judged.slug], [region.announced.slug]
    return {
        "floor": (None, "/floor/"),
        "home": (None, reverse("home")),
        "contest": (None, reverse("contest_page", args=judged)),
        "results": (None, reverse("contest_results", args=announced)),
        "my entries": (region.entrant, reverse("my_entries")),
        "an entry with its result": (region.entrant, reverse("entry", args=[region.entry.public_id])),
        "a judge's queue": (region.judge, reverse("judge_queue")),
        "reading desk": (region.judge, reverse("reading_desk", args=[region.assignment.public_id])),
        "contests of an organizer": (region.organizer, reverse("organizer_home")),
        "board": (region.organizer, reverse("organizer_board", args=judged)),
        "entries": (region.organizer, reverse("organizer_entries", args=judged)),
        "entries, found by name": (region.organizer, reverse("organizer_entries", args=judged) + "?q=авторова7"),
        "entries, last page": (region.organizer, reverse("organizer_entries", args=judged) + "?page=last"),
        "assignments": (region.organizer, reverse("organizer_assignments", args=judged)),
        "reviews": (region.organizer, reverse("organizer_reviews", args=judged)),
        "letters": (region.organizer, reverse("organizer_letters", args=judged)),
        "ledger": (region.organizer, reverse("organizer_ledger", args=judged)),
        "ranking, proposed": (region.organizer, reverse("organizer_ranking", args=judged)),
        "ranking, approved": (region.organizer, reverse("organizer_ranking", args=announced)),
        "announcement": (region.organizer, reverse("organizer_results", args=announced)),
    }


def measure(region: Region) -> dict[str, Cost]:
    """The cost of every page. Raises RuntimeError for a page that does not answer 200."""
    found = {}
    for name, (person, address) in pages(region).items():
        client = Client(headers={"accept-language": "ru"}, SERVER_NAME="localhost")
        if person is not None:
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        found[name] = cost_of(lambda client=client, address=address: client.get(address), address)  # type: ignore[misc]
        # So that one sees which page is being waited for.
        print(f"  {name}: {found[name].seconds * 1000:.1f} ms", file=sys.stderr, flush=True)
    return found


def cost_of(ask: Callable[[], Any], address: str) -> Cost:
    """Two runs to warm up (the first may write), one counted, then as many timed as fit into the time."""
    for _ in range(2):
        response = ask()
        if response.status_code != 200:
            raise RuntimeError(f"{address} answers {response.status_code}")
    queries = Queries()
    with connection.execute_wrapper(queries):
        response = ask()
    runs: list[float] = []
    spent: list[float] = []
    begun = time.perf_counter()
    while len(runs) < FEWEST_RUNS or (len(runs) < MOST_RUNS and time.perf_counter() - begun < SECONDS_A_PAGE):
        started, before = time.perf_counter(), time.thread_time()
        ask()
        spent.append(time.thread_time() - before)
        runs.append(time.perf_counter() - started)
    html = response.content.decode()
    return Cost(statistics.median(runs), statistics.median(spent), queries.number, len(response.content), html)


class Queries:
    """Counts statements; transactions and savepoints are not questions."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            self.number += 1
        return execute(sql, params, many, context)

"""What each page costs: python -m benchmarks [--db sqlite|postgres] [--entries 100 10000]

Every page is asked through the whole stack (middleware, view, template) in this process; the time is the median of
several runs after a warm-up. The floor is an empty view with one query by an index, in the same process. A page that
needs more than 15 queries or more than 5 × floor is marked with «!», and so is one whose queries grow with the entries.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.measuring import Cost

MOST_QUERIES, MOST_TIMES_FLOOR = 15, 5
FACES = {("Golos Text", "400 900", "normal"), ("Literata", "500 700", "normal")}
ESSAY_FACES = {("Literata", "400", "normal"), ("Literata", "400", "italic")}
# Pages whose first load is weighed: everybody's, and the heaviest.
WEIGHED = {"home": FACES, "contest": FACES, "my entries": FACES, "reading desk": FACES | ESSAY_FACES, "results": FACES}


@contextmanager
def ground(database: str) -> Iterator[None]:
    """A migrated database of its own, deleted at the end, under the product's settings without any debugging."""
    folder = Path(tempfile.mkdtemp(prefix="laureate-bench-", dir="/tmp"))
    server = None
    if database == "postgres":
        from config.services.postgres import Postgres

        server = Postgres()
        server.start()
    os.environ.update(
        ENV_FILE=os.devnull,
        VAR_DIR=str(folder),
        DATABASE_URL=server.url() if server else f"sqlite:///{folder / 'bench.sqlite3'}",
        DJANGO_SETTINGS_MODULE="config.settings",
        DEBUG="0",
        LOG_LEVEL="ERROR",
    )
    (folder / "static").mkdir()
    try:
        import django
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connections

        from config import catalogues

        catalogues.compile_all()
        django.setup()
        settings.ROOT_URLCONF = "benchmarks.addresses"
        call_command("migrate", verbosity=0)
        yield
        connections.close_all()
    finally:
        if server:
            server.remove()
        shutil.rmtree(folder, ignore_errors=True)


def run(database: str, entries: int) -> dict[str, "Cost"]:
    """All pages with that many entries in each of two contests, on a fresh database."""
    from django.core.management import call_command

    from benchmarks.measuring import measure
    from benchmarks.rows import region

    call_command("flush", interactive=False, verbosity=0)
    started = time.monotonic()
    made = region(entries)
    print(
        f"{database}, {entries:,} entries in each contest: rows made in {time.monotonic() - started:.0f} s", flush=True
    )
    return measure(made)


def table(found: dict[int, dict[str, "Cost"]]) -> list[str]:
    """The costs side by side for each number of entries, as a table in Markdown."""
    sizes = sorted(found)
    head = [
        "page",
        *(f"{title}, {size:,}" for size in sizes for title in ("ms", "of it processor", "× floor", "queries", "kB")),
        "",
    ]
    lines = ["| " + " | ".join(head) + " |", "|---" + "|--:" * (len(head) - 2) + "|---|"]
    for page in found[sizes[0]]:
        cells, over = [], False
        for size in sizes:
            cost, floor = found[size][page], found[size]["floor"]
            times = cost.processor / floor.processor
            over = over or times > MOST_TIMES_FLOOR or cost.queries > MOST_QUERIES
            cells += [f"{cost.seconds * 1000:.1f}", f"{cost.processor * 1000:.1f}", f"{times:.1f}"]
            cells += [str(cost.queries), f"{cost.size / 1000:.0f}"]
        grows = len({found[size][page].queries for size in sizes}) > 1
        lines.append(f"| {page} | " + " | ".join(cells) + f" | {'!' if over or grows else ''} |")
    return lines


def weights(costs: dict[str, "Cost"]) -> list[str]:
    """Kilobytes on the wire at the first visit: page, styles, scripts, fonts that its text needs."""
    from tests.look.page_weight import first_load

    lines = ["| page | first load, kB | of it fonts |", "|---|--:|--:|"]
    for page, faces in WEIGHED.items():
        loaded = first_load(costs[page].html, faces)
        fonts = sum(size for name, size in loaded.items() if name.endswith(".woff2"))
        lines.append(f"| {page} | {sum(loaded.values()) / 1000:.0f} | {fonts / 1000:.0f} |")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--db", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--entries", type=int, nargs="+", default=[100, 10_000], metavar="N")
    chosen = parser.parse_args()
    with ground(chosen.db):
        found = {entries: run(chosen.db, entries) for entries in chosen.entries}
        print("\n" + "\n".join([*table(found), "", *weights(found[min(found)])]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

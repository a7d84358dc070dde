"""A whole ranking beside the plain SQL of it: python -m benchmarks.ranking [--db sqlite|postgres] [--entries 100000]

Entries × three reviews × six criteria in a database of its own. Each way runs in a process of its own, so that its memory
is its own: the product's proposal (read, checked, scored exactly, placed with ties, awarded, and its record hashed), and
one SQL statement that averages and ranks floats and knows nothing else. Then which awards hang on one judge.
"""

import argparse
import os
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

REVIEWS = 3
Figures = tuple[float, float, float, int]
"""Seconds of the processor and by the clock, the most megabytes, rows."""
SQL = """
SELECT copy_id, score, RANK() OVER (PARTITION BY category_id, nomination_id ORDER BY score DESC) FROM (
  SELECT copy_id, category_id, nomination_id, AVG(total) AS score FROM (
    SELECT a.copy_id, b.category_id, b.nomination_id, SUM(m.points * c.weight) AS total
    FROM judging_mark m JOIN judging_criterion c ON c.id = m.criterion_id JOIN judging_review r ON r.id = m.review_id
    JOIN judging_assignment a ON a.id = r.assignment_id JOIN essays_blindcopy b ON b.id = a.copy_id
    WHERE r.state = 'submitted' AND a.state = 'done' AND a.contest_id = %s
    GROUP BY r.id, a.copy_id, b.category_id, b.nomination_id
  ) AS totals GROUP BY copy_id, category_id, nomination_id
) AS scores
"""
# A mark that looks like chance and is the same in every database.
MARKS = """
INSERT INTO judging_mark (review_id, criterion_id, points)
SELECT r.id, c.id, CAST(c.maximum AS INTEGER) / 4
  + (r.assignment_id / %s * 7919 + c.id * 13) %% (CAST(c.maximum AS INTEGER) / 2)
  + (r.assignment_id * 31 + c.id) %% 3
FROM judging_review r CROSS JOIN judging_criterion c
"""


def fill(entries: int) -> None:
    """The contest with its copies and reviews, past the actions."""
    from django.db import connection

    from benchmarks import rows
    from essays.anonymity.models import BlindCopy
    from judging.assignments.models import Assignment
    from judging.panels.models import Seat
    from judging.reviews.models import Review
    from judging.rubrics.models import JudgingRules

    one = rows.contest("large", rows.person("organizer", is_organizer=True), shift=-60)
    JudgingRules.objects.filter(contest=one).update(reviews_per_entry=REVIEWS, third_at_total=None, aggregation="mean")
    categories, nominations = list(one.categories.all()), list(one.nominations.all())
    judges = max(REVIEWS, entries * REVIEWS // 300)
    apart = max(1, min(judges // REVIEWS - 1, 97))
    now = rows.moment(-5)
    seats = rows.write(
        Seat,
        (
            Seat(contest=one, email=f"j{n}@example.org", surname="С", given_name="А", state="accepted", invited_at=now)
            for n in range(judges)
        ),
    )
    for start in range(0, entries, rows.BATCH):
        copies = rows.write(
            BlindCopy,
            (
                BlindCopy(
                    contest=one,
                    category=categories[n % 4],
                    nomination=nominations[n % 3],
                    code=f"{n:06d}"[::-1],
                    state=BlindCopy.State.RELEASED,
                    admitted=True,
                    characters=0,
                    words=0,
                    engine_version="1",
                )
                for n in range(start, min(start + rows.BATCH, entries))
            ),
        )
        assignments = rows.write(
            Assignment,
            (
                Assignment(
                    contest=one,
                    seat=seats[(n * 7 + step * (1 + n % apart)) % judges],
                    copy=copy,
                    state=Assignment.State.DONE,
                    place=n,
                    assigned_at=now,
                )
                for n, copy in enumerate(copies, start)
                for step in range(REVIEWS)
            ),
        )
        dates = {"started_at": now, "saved_at": now, "submitted_at": now}
        rows.write(
            Review, (Review(assignment=row, state="submitted", total=0, version=1, **dates) for row in assignments)
        )
    with connection.cursor() as cursor:
        cursor.execute(MARKS, [REVIEWS])
        cursor.execute("ANALYZE")


def sql() -> Figures:
    import django

    django.setup()
    from django.db import connection

    from essays.contests.models import Contest

    contest = Contest.objects.get()
    started = moments()
    with connection.cursor() as cursor:
        cursor.execute(SQL, [contest.pk])
        found = cursor.fetchall()
    return figures(started, len(found))


def proposal() -> Figures:
    import django

    django.setup()
    from essays.contests.models import Contest
    from judging.ranking.proposal import propose

    contest = Contest.objects.get()
    started = moments()
    found = propose(contest)
    return figures(started, sum(len(cell.lines) for cell in found.cells))


def stability() -> Figures:
    import django

    django.setup()
    from essays.contests.models import Contest
    from judging.ranking.subject import subject_of
    from judging.ranking.weak_spots import weak_spots

    contest = Contest.objects.get()
    started = moments()
    found = weak_spots(subject_of(contest))
    return figures(started, len(found.spots))


WAYS = {"plain SQL, averages and ranks": sql, "the ranking": proposal, "which awards hang on one judge": stability}


def moments() -> tuple[float, float]:
    return time.process_time(), time.monotonic()


def figures(started: tuple[float, float], rows: int) -> Figures:
    processor, clock = (now - then for now, then in zip(moments(), started, strict=True))
    return processor, clock, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, rows


def main() -> int:
    from benchmarks.__main__ import ground

    parser = argparse.ArgumentParser(prog="python -m benchmarks.ranking", description=__doc__)
    parser.add_argument("--db", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--entries", type=int, default=100_000)
    chosen = parser.parse_args()
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    with ground(chosen.db):
        from django.db import connections

        started = time.monotonic()
        fill(chosen.entries)
        connections.close_all()
        size = f"{chosen.entries:,} entries × {REVIEWS} × 6"
        print(f"{chosen.db}, {size}: rows made in {time.monotonic() - started:.0f} s\n", flush=True)
        print("| what | processor, s | clock, s | MB | rows |\n|---|--:|--:|--:|--:|", flush=True)
        for name, way in WAYS.items():
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                processor, clock, megabytes, count = pool.submit(way).result()
            print(f"| {name} | {processor:.1f} | {clock:.1f} | {megabytes:.0f} | {count:,} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

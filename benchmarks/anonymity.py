"""How blind the copies are: make bench-anonymity [ARGS="--quick"]

Everything comes from fixed seeds and from data in this repository: identities from a list of names with frequencies,
forms from two inflectors that share nothing with the product's, sentences of our own with their people marked, and
the demo contest's essays with leaks planted in them. A name counts as hidden when every letter of it is.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections import Counter
from collections.abc import Iterator

from benchmarks.blindness import texts
from benchmarks.blindness.authors import UNTOLD, authors
from benchmarks.blindness.contacts import contacts
from benchmarks.blindness.essays import whole_essays
from benchmarks.blindness.memory import worker_memory
from benchmarks.blindness.people import people
from benchmarks.blindness.score import NOBODY, SEED, Score
from essays.anonymity.document import paragraphs
from essays.anonymity.redaction import redact


def rows(quick: bool) -> Iterator[tuple[str, str, str, bool, list[str]]]:
    """(what, measured, goal, whether it holds, what was missed)."""
    by_kind = authors(40 if quick else 300)
    goals = {
        UNTOLD: 0.95,
        "typos in the surname alone": 0.98,
        "typos in the given name alone": 0.98,
        "surname alone broken by PDF": 0.95,
        "transliteration": 0.99,
        "typos beside the given name": 0.98,
        "broken by PDF": 0.95,
        "lower case": 0.95,
        "identities without any leak": 1.0,
    }
    for kind, score in by_kind.items():
        goal = goals.get(kind, 0.999)
        yield f"author: {kind} ({score.total})", f"{score.share:.4f}", f"≥ {goal}", score.share >= goal, score.missed
    source = random.Random(SEED + 1)
    for kind, text, recall_goal, precision_goal in (
        ("news", texts.NEWS, 0.975, 0.94),
        ("essays", texts.ESSAY, 0.965, 0.91),
    ):
        recall, precision, stay = people(source, text, 2 if quick else 6, 5)
        yield (
            f"others in {kind}: whole names found ({recall.total})",
            f"{recall.share:.4f}",
            f"≥ {recall_goal}",
            recall.share >= recall_goal,
            recall.missed,
        )
        yield (
            f"others in {kind}: precision by word",
            f"{precision:.4f}",
            f"≥ {precision_goal}",
            precision >= precision_goal,
            stay.missed,
        )
    found, false = contacts(200 if quick else 2_000, 100_000 if quick else 1_000_000)
    yield f"contacts and numbers ({found.total})", f"{found.share:.4f}", "≥ 0.995", found.share >= 0.995, found.missed
    yield "contacts: false hits per million characters", f"{false:.1f}", "≤ 2", false <= 2, []
    essays = whole_essays()
    hidden, stay, clean = (essays[key] for key in ("hidden", "stay", "clean"))
    assert isinstance(hidden, Score) and isinstance(stay, Score) and isinstance(clean, Score)
    times, reading = essays["times"], essays["reading"]
    assert isinstance(times, list) and isinstance(reading, list)
    yield (
        f"essays: planted leaks hidden ({hidden.total})",
        f"{hidden.share:.4f}",
        "≥ 0.98",
        hidden.share >= 0.98,
        hidden.missed,
    )
    yield f"essays: what must stay ({stay.total})", f"{stay.share:.4f}", "≥ 0.95", stay.share >= 0.95, stay.missed
    yield f"essays with any leak (of {clean.total})", f"{1 - clean.share:.3f}", "told", True, clean.missed
    yield "metadata canaries through", str(essays["canaries"]), "0", essays["canaries"] == 0, []
    speed, slow = 1 / statistics.mean(times), statistics.quantiles(times, n=20)[-1] * 1000
    yield "essays of 5,000 characters a second and core", f"{speed:.1f}", "≥ 15", speed >= 15, []
    yield "the same, 95th percentile", f"{slow:.0f} ms", "≤ 120 ms", slow <= 120, []
    yield (
        "reading a DOCX, median",
        f"{statistics.median(reading) * 1000:.1f} ms",
        "≤ 30 ms",
        statistics.median(reading) <= 0.03,
        [],
    )
    memory = worker_memory()
    yield "resident memory of a worker", f"{memory:.0f} MB", "≤ 300 MB", memory <= 300, []


def main() -> int:
    parser = argparse.ArgumentParser(description="How blind the copies are.")
    parser.add_argument("--quick", action="store_true", help="a fraction of everything, in a minute")
    parser.add_argument("--missed", action="store_true", help="tell what was missed, to look at")
    chosen = parser.parse_args()
    redact(paragraphs(["Разогрев."]), NOBODY)
    failed = 0
    print("| what | measured | goal | |\n|---|---|---|---|", flush=True)
    for what, measured, goal, holds, missed in rows(chosen.quick):
        failed += not holds
        print(f"| {what} | {measured} | {goal} | {'' if holds else 'missed'} |", flush=True)
        if chosen.missed:
            for line, times in Counter(missed).most_common(25):
                print(f"    {times}× {line}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

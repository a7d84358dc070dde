"""The goals of judging's arithmetic, measured: python -m benchmarks.judging [--contests 200] [--parts free late …]

Each part runs in a process of its own, on one core, so that its memory is its own; seconds are those of the processor.
Then contests are made up, so that ways to spend readings can be compared with the truth. Ends with 1 where a goal is
missed.
"""

import argparse
import os
import sys

# One core: before numpy is loaded, here and in the children.
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.judging.sizes import PARTS, measure
from benchmarks.judging.ways import tables


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.judging", description=__doc__)
    parser.add_argument("--contests", type=int, default=60, help="made-up contests of each case; 0 leaves them out")
    parser.add_argument("--parts", nargs="*", choices=list(PARTS), default=list(PARTS))
    chosen = parser.parse_args()
    missed = 0
    print("| what | measured | goal | |\n|---|---|---|---|")
    for part in chosen.parts:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            found = pool.submit(measure, part).result()
        missed += found.ok is False
        mark = {True: "ok", False: "missed", None: ""}[found.ok]
        print(f"| {found.name} | {found.figures} | {found.goal} | {mark} |", flush=True)
    if chosen.contests:
        for line in tables(chosen.contests):
            print(line, flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""The search for cycles, put off while a ranking is computed: it makes a million small objects and no cycle. Pure."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """Otherwise half of the time goes into looking at the same objects again and again. Nothing is leaked: what is no
    longer referred to goes at once, as always.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()

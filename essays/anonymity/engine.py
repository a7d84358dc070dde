"""The version of everything that decides what a blind copy looks like.

A copy is made once per (version of the essay, version of the engine, rule of the contest). Raise the number whenever
a change in this package may change a copy, so that earlier copies are kept with the reviews that were written on them.
"""

from __future__ import annotations

from dataclasses import dataclass

ENGINE_VERSION = 6


@dataclass(frozen=True, slots=True)
class Rule:
    """What a contest has chosen. ``blindness``: full, fields (the text stays as written) or open (judges see who).

    ``quasi``: small places and rare posts are hidden too; of no effect where the text stays as it is.
    """

    blindness: str = "full"
    quasi: bool = False

    def __post_init__(self) -> None:
        if self.blindness not in ("full", "fields", "open"):
            raise ValueError(f"unknown blindness {self.blindness!r}")

    @property
    def hides_names(self) -> bool:
        return self.blindness == "full"

    @property
    def version(self) -> str:
        """What a copy made now by this rule is marked with: «3», «3 places», «3 fields», «3 open»."""
        if self.hides_names:
            return f"{ENGINE_VERSION} places" if self.quasi else str(ENGINE_VERSION)
        return f"{ENGINE_VERSION} {self.blindness}"


FULL = Rule()

"""Well-known people and characters as the data files have them: who they are, which names tell them, which do not.

`data/well_known.json` has what holds for all (everyday surnames, phrases, programs, words of the fields),
`data/characters.json` heroes by their books, `data/well_known_people.json` people by their field.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import NotRequired, TypedDict, cast

_DATA = Path(__file__).parent / "data"


class Group(TypedDict):
    """`people` are lines «surname given-names patronymic»; `work` is the book of heroes, `author` its writer;
    `source` is where they are known from (those of `weak` have none: their names are everyday ones)."""

    kind: str
    people: list[str]
    work: NotRequired[str]
    author: NotRequired[str]
    source: NotRequired[str]


class WellKnown(TypedDict):
    """`ambiguous`: surnames that tell nobody famous when they stand alone. `phrases`: what characters are called by
    with a word of kin, `conditional` on a pattern for some. `services`: programs with a given name and the pattern
    that they are recognised by. `topics`: words of a field by kind, `of_whole_names`
    more of them, which tell nobody by the surname alone."""

    ambiguous: list[str]
    phrases: list[str]
    conditional: dict[str, str]
    services: dict[str, str]
    topics: dict[str, str]
    of_whole_names: dict[str, str]
    groups: list[Group]
    weak: list[Group]


@lru_cache(maxsize=1)
def well_known() -> WellKnown:
    """All data files as one."""
    common, characters, people = (
        json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("well_known", "characters", "well_known_people")
    )
    groups, weak = ([*people[key], *characters[key]] for key in ("groups", "weak"))
    ambiguous = [*common["ambiguous"], *characters["ambiguous"]]
    return cast(WellKnown, {**common, "groups": groups, "weak": weak, "ambiguous": ambiguous})

"""A frozen ranking as it is downloaded: its reviews and rules, to compute it again and compare. Pure."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from essays.ledger.chain import canonical
from judging.ranking.computation import Computed
from judging.ranking.gathering import Row
from judging.ranking.regulation import Regulation
from judging.ranking.review_sheets import Reviews
from judging.ranking.rule_values import short
from judging.ranking.tables import BadSheet

FORMAT = "laureate-ranking 2"
FIRST_ROUND = 1
NAMED = 20


def load(path: Path) -> dict[str, Any]:
    """The record. Raises ``BadSheet`` for anything else."""
    name = short(path.name)
    try:
        record = json.loads(path.read_bytes())
    except OSError as error:
        raise BadSheet(f"{short(str(path))}: {error.strerror or 'cannot be read'}") from error
    except (ValueError, RecursionError) as error:
        raise BadSheet(f"{name}: not a JSON file") from error
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise BadSheet(f"{name}: not a frozen ranking of the format {FORMAT}")
    if not isinstance(record.get("regulation"), dict) or not isinstance(record.get("cells"), list):
        raise BadSheet(f"{name}: the frozen ranking is not whole")
    return record


def sha256(record: Mapping[str, Any]) -> str:
    """Over the canonical JSON of a record: keys sorted, no spaces, UTF-8."""
    return hashlib.sha256(canonical(record)).hexdigest()


def reviews_of(record: Mapping[str, Any], regulation: Regulation) -> Reviews:
    """Raises ``BadSheet`` where the record is not whole."""
    rows, entered, judges = [], {}, dict[str, None]()
    try:
        for cell in record["cells"]:
            name = str(cell["number"])
            for entry in cell["entries"]:
                entered[entry["code"]] = name
                for one in entry["reviews"]:
                    judge = str(one["seat"])
                    judges.setdefault(judge)
                    marks = {key: Decimal(value) for key, value in one["marks"].items()}
                    # Of the first round are those in which reviews are compared; records once knew no rounds.
                    third, first = bool(one["third"]), one.get("round", FIRST_ROUND) == FIRST_ROUND
                    rows.append(Row(name, entry["code"], str(one["id"]), marks, None, third, judge, first))
    except (KeyError, TypeError, ArithmeticError, AttributeError) as error:
        raise BadSheet(f"the frozen ranking is not whole: {error}") from error
    return Reviews(tuple(rows), entered, tuple(judges), regulation, ())


def differences(record: Mapping[str, Any], computed: Computed) -> list[str]:
    """Entries whose score, place or award comes out otherwise than the record says, in one line each.

    Raises ``BadSheet`` where the record is not whole.
    """
    awards = {one.entry: (one.award, one.place) for one in computed.awards.given}
    standings = {row.entry: row for row in computed.ranking.standings}
    found = []
    for cell in record["cells"]:
        for entry in cell["entries"]:
            row = standings.get(entry["code"])
            ours = (row.score, row.place) if row else (None, None)
            award = awards.get(entry["code"], ("", None))
            try:
                theirs = (None if entry["score"] is None else Decimal(entry["score"]), entry["place"])
                said = (entry["award"], entry["award_place"])
            except (KeyError, TypeError, ArithmeticError) as error:
                raise BadSheet(f"the frozen ranking is not whole: {error}") from error
            if ours != theirs or award != said:
                found.append(f"entry {short(entry['code'])}: the record says otherwise than its own reviews")
    return found[:NAMED]

"""The demo regulation as data, in Russian and English: texts, categories, nominations, rubric, rules, awards, consents.

Pure. Rows are mappings as the organizer's actions take them: ``id`` is None, every value has its column's type.
"""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from demo.roster import HERE

Row = dict[str, Any]


@dataclass(frozen=True)
class Regulation:
    """``texts`` and ``requirements`` are fields of a contest; ``levels`` has one list for each criterion."""

    texts: Row
    requirements: Row
    categories: tuple[Row, ...]
    nominations: tuple[Row, ...]
    criteria: tuple[Row, ...]
    levels: tuple[tuple[Row, ...], ...]
    rules: Row
    awards: tuple[Row, ...]
    consents: dict[str, dict[str, str]]
    time_zone: str
    title: dict[str, str]
    season: dict[str, str]
    trial: dict[str, str]

    def title_of(self, number: int | None) -> dict[str, str]:
        """The title of the season with this number (None: of the trial round), by language."""
        words = self.trial if number is None else self.season
        return {
            language: f"{self.title[language]} – {words[language].format(number=number)}" for language in ("ru", "en")
        }


@cache
def load_regulation() -> Regulation:
    """The whole regulation. Treat it as read-only: it is shared."""
    terms = tomllib.loads((HERE / "terms" / "terms.toml").read_text(encoding="utf-8"))
    rubric = tomllib.loads((HERE / "terms" / "rubric.toml").read_text(encoding="utf-8"))["criteria"]
    names = ("summary_ru", "summary_en", "organizer_name_ru", "organizer_name_en", "contact_email")
    full = {
        f"regulation_{language}": (HERE / "terms" / f"{language}.md").read_text(encoding="utf-8").strip()
        for language in ("ru", "en")
    }
    return Regulation(
        texts={name: terms[name] for name in names} | full,
        requirements={name: terms[name] for name in ("min_characters", "max_characters")},
        categories=tuple(_row(row) for row in terms["categories"]),
        nominations=tuple(_row(row) for row in terms["nominations"]),
        criteria=tuple(
            _row(row) | {"maximum": Decimal(row["maximum"]), "step": Decimal(1), "weight": Decimal(1)} for row in rubric
        ),
        levels=tuple(tuple(_points(level) for level in row["levels"]) for row in rubric),
        rules=terms["rules"]
        | {"third_at_total": Decimal(terms["rules"]["third_at_total"]), "third_at_criterion": None},
        awards=tuple(_row(row) | {"minimum": Decimal(row["minimum"])} for row in terms["awards"]),
        consents={
            kind: {language: body.strip() for language, body in texts.items()}
            for kind, texts in terms["consents"].items()
        },
        time_zone=terms["time_zone"],
        title={"ru": terms["title_ru"], "en": terms["title_en"]},
        season={"ru": terms["season_ru"], "en": terms["season_en"]},
        trial={"ru": terms["trial_ru"], "en": terms["trial_en"]},
    )


#: Keys by which the essays name their category and nomination, in the order of the regulation.
CATEGORIES = ("a", "b", "c", "d")
NOMINATIONS = ("first", "family", "portal")


def _row(row: Row) -> Row:
    return {"id": None} | {name: value for name, value in row.items() if name not in ("key", "levels")}


def _points(level: Row) -> Row:
    ends = {name: Decimal(level[name]) for name in ("points_from", "points_to")}
    return {"id": None} | level | ends

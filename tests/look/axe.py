"""axe-core on a page that a browser shows."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[1] / "vendor/axe/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, *, only: str = "") -> list[tuple[str, list[str]]]:
    """Broken rules with the elements that break them; the page's context needs ``bypass_csp=True``.

    ``only``: one rule by its name, where only that may have changed since the page was looked at.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = {"type": "rule", "values": [only]} if only else {"type": "tag", "values": RULES}
    result: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules
    )
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in result["violations"]]

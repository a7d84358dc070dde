"""Decimals as the text that stands in records and rules. Pure."""

from decimal import Decimal


def text(value: Decimal | None) -> str | None:
    """A decimal without needless zeros: «80», «79.5»."""
    if value is None:
        return None
    return f"{value.normalize():f}" if value else "0"

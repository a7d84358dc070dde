"""Tags for pages and letters of the jury."""

from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language

from judging.panels import tokens

register = template.Library()


@register.simple_tag
def invitation_path(seat: str, invited_at: str) -> str:
    """Path of an invitation, signed now: letters keep the seat's id and the moment only."""
    token = tokens.make(UUID(seat), datetime.fromisoformat(invited_at))
    return reverse("seat_invitation", args=[token])


@register.filter
def points(value: Decimal | int | None) -> str:
    """Points without needless zeros, with the language's decimal sign: 7, 7,5, 87,25; a dash where there are none."""
    return "–" if value is None else _points(value, get_language())


@lru_cache(maxsize=8192)
def _points(value: Decimal | int, language: str | None) -> str:
    """Kept by language: a table shows the same marks hundreds of times."""
    shown = Decimal(value).normalize()
    if shown == shown.to_integral_value():
        shown = shown.quantize(Decimal(1))
    return formats.localize(shown, use_l10n=True)


@register.filter
def size(value: Decimal) -> Decimal:
    """Without the sign."""
    return abs(value)


@register.filter
def signed(value: Decimal | None) -> str:
    """A difference in points with its sign: +4, −2,5, 0; a dash where there is none."""
    if value is None:
        return "–"
    return ("+" if value > 0 else "−" if value < 0 else "") + points(abs(value))

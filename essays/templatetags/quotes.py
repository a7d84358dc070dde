"""Quotation marks inside quotation marks."""

from django import template
from django.utils.translation import get_language

register = template.Library()

INNER = {
    "ru": str.maketrans({"«": "„", "»": "“"}),
    "en": str.maketrans({"“": "‘", "”": "’"}),
}


@register.filter
def nested(text: str) -> str:
    """A title that is about to be quoted: «Письмо из папки „Спам“», never «Письмо из папки «Спам»»."""
    return str(text).translate(INNER.get((get_language() or "en")[:2], {}))

"""Marks of a ranked entry as rows of a table: made here, because a ranking shows them by the thousand."""

from collections.abc import Iterable, Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def rows_of_marks(rows: Iterable[tuple[str, Sequence[str]]]) -> SafeString:
    """``{% rows_of_marks row.by_criterion %}``: a row for each criterion, a cell for each review."""
    return mark_safe("".join([_row(str(name), marks) for name, marks in rows]))


def _row(name: str, marks: Sequence[str]) -> str:
    cells = "".join([f'<td class="num">{escape(mark)}</td>' for mark in marks])
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'

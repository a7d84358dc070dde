"""A title inside quotation marks has quotation marks of its own."""

import pytest
from django.utils import translation

from essays.templatetags.quotes import nested


@pytest.mark.parametrize(
    ("language", "title", "quoted"),
    [
        ("ru", "Письмо из папки «Спам»", "Письмо из папки „Спам“"),
        ("ru", "Отказ", "Отказ"),
        ("en", "The “Spam” folder", "The ‘Spam’ folder"),
        ("en", "Письмо из папки «Спам»", "Письмо из папки «Спам»"),
    ],
)
def test_marks_inside_marks(language, title, quoted):
    with translation.override(language):
        assert nested(title) == quoted

"""Small places and rare posts: hidden where a contest wants it, kept everywhere else."""

from __future__ import annotations

import pytest

from essays.anonymity.document import paragraphs
from essays.anonymity.redaction import redact
from tests.anonymity.identities import CITY_PUPIL, PUPIL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В нашем селе Ребриха тихо.", "В нашем селе [НАСЕЛЁННЫЙ ПУНКТ] тихо."),
        ("Мы живём в Ребрихе, это Ребрихинский район.", "Мы живём в [НАСЕЛЁННЫЙ ПУНКТ], это [РАЙОН]."),
        ("Бабушка живёт в деревне Ясная Поляна.", "Бабушка живёт в деревне [НАСЕЛЁННЫЙ ПУНКТ]."),
        ("Мой отец – глава сельсовета.", "Мой отец – [ДОЛЖНОСТЬ]."),
        ("Мой папа работает директором сельского клуба.", "Мой папа работает [ДОЛЖНОСТЬ]."),
    ],
)
def test_small_places_and_rare_posts_go_by_choice(text: str, expected: str) -> None:
    assert redact(paragraphs([text]), PUPIL, quasi=True).document.text == expected
    assert redact(paragraphs([text]), PUPIL).document.text == text


@pytest.mark.parametrize(
    "text",
    [
        "Я живу в Барнауле, а Москва далеко.",
        "Глава государства подписал указ, глава района приехал.",
        "Село — это жизнь. В село ходит автобус.",
        "Моя мама — учительница, а папа — водитель.",
    ],
)
def test_towns_and_common_posts_stay(text: str) -> None:
    assert redact(paragraphs([text]), CITY_PUPIL, quasi=True).document.text == text

"""The included parts: what they say must not hang on colour or on a script."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation


@pytest.mark.parametrize(("percent", "leaves"), [(0, 0), (4, 0), (5, 1), (50, 10), (99, 19), (100, 20)])
def test_laurel_fills_leaf_by_leaf(percent: int, leaves: int) -> None:
    html = render_to_string("_laurel.html", {"percent": percent})
    assert (html.count('class="leaf on"'), html.count('class="leaf')) == (leaves, 20)


def test_laurel_speaks_when_it_has_a_label() -> None:
    html = render_to_string("_laurel.html", {"percent": 50, "label": "11 из 22"})
    assert 'role="img" aria-label="11 из 22"' in html


@pytest.mark.parametrize("kind", ["done", "now", "waiting", "warning", "error", "locked", "quiet"])
def test_status_has_an_icon_and_words(kind: str) -> None:
    html = render_to_string("_status.html", {"kind": kind, "words": "Слова"})
    assert ("<path" in html or "<circle" in html, html.count("Слова")) == (True, 1)


def test_timeline_is_in_the_contest_zone() -> None:
    milestone = {"name": "Приём", "moment": datetime(2026, 12, 31, 16, 59, tzinfo=UTC), "state": "now", "hint": ""}
    with translation.override("ru"):
        html = render_to_string("_timeline.html", {"milestones": [milestone], "zone": "Asia/Barnaul"})
    assert ("31 декабря 2026, 23:59" in html, html.count('aria-current="step"')) == (True, 1)


def test_countdown_says_everything_without_a_script() -> None:
    values = {
        "until": datetime(2026, 12, 31, 16, 59, tzinfo=UTC),
        "left": "9 дней",
        "zone": "Asia/Barnaul",
        "zone_words": "по Барнаулу",
        "ended": "Приём закончен",
    }
    with translation.override("ru"):
        html = render_to_string("_countdown.html", values)
    assert ("9 дней" in html, "31 декабря, 23:59 по Барнаулу" in html, "<time" in html) == (True, True, True)


@pytest.mark.parametrize(
    "name", ["account/email/email_confirmation", "account/email/password_reset_key", "mfa/email/totp_activated"]
)
def test_letter_reads_well_as_plain_text(name: str) -> None:
    values = {"activate_url": "https://host.example/a?b=1&c=2", "password_reset_url": "https://host.example/a?b=1&c=2"}
    with translation.override("en"):
        text = render_to_string(f"{name}_message.txt", values)
    assert ("&#x27;" in text, "&amp;" in text, "<" in text, "You got this letter because" in text) == (
        False,
        False,
        False,
        True,
    )


def test_codes_in_a_sentence_are_held_together_and_the_rest_is_escaped() -> None:
    template = Template("{% load signs %}{{ said|codes_held }}")
    held = template.render(Context({"said": "<b>Ждут</b> K7P-4M2-9CT-3A6, 7M2-CT9-AA6-3PK; 123-4567-890."}))
    assert held == (
        '&lt;b&gt;Ждут&lt;/b&gt; <span class="entry-code" translate="no">K7P-4M2-9CT-3A6</span>, '
        '<span class="entry-code" translate="no">7M2-CT9-AA6-3PK</span>; 123-4567-890.'
    )

"""Every pair of text and ground, and of control and ground, in both themes (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static/css"
GROUNDS = ("paper", "sheet", "tint")
PAIRS = (
    [
        (ink, ground, 4.5)
        for ink in ("ink", "ink-quiet", "laurel", "laurel-strong", "danger", "warning", "info")
        for ground in GROUNDS
    ]
    + [
        (ink, ground, 4.5)
        for ink in ("ink", "ink-quiet")
        for ground in ("laurel-tint", "danger-tint", "warning-tint", "info-tint")
    ]
    + [("laurel-strong", "laurel-tint", 4.5), ("laurel", "laurel-tint", 4.5), ("danger", "danger-tint", 4.5)]
    + [("warning", "warning-tint", 4.5), ("info", "info-tint", 4.5)]
    + [("on-laurel", "laurel", 4.5), ("on-laurel", "laurel-strong", 4.5), ("on-danger", "danger", 4.5)]
    + [(medal, ground, 4.5) for medal in ("gold", "silver", "bronze") for ground in ("paper", "sheet")]
    + [
        (control, ground, 3.0)
        for control in ("edge", "ink", "laurel", "danger")
        for ground in (*GROUNDS, "laurel-tint")
    ]
)


def block(selector: str, sheet: str = "tokens.css") -> dict[str, str]:
    """Colour tokens of the first rule with this selector."""
    text = re.sub(r"/\*.*?\*/", "", (CSS / sheet).read_text(encoding="utf-8"), flags=re.DOTALL)
    body = text[text.index(selector + " {") :].partition("{")[2].partition("}")[0]
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6});", body))


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


DAY = block(":root")
NIGHT = block(':root[data-bs-theme="dark"]')


@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
@pytest.mark.parametrize("theme", [DAY, NIGHT], ids=["day", "night"])
def test_pair_is_readable(theme: dict[str, str], ink: str, ground: str, least: float) -> None:
    assert contrast(theme[ink], theme[ground]) >= least


@pytest.mark.parametrize("scheme", ["white", "black", "blue"])
def test_schemes_for_low_vision_are_two_colours_far_apart(scheme: str) -> None:
    colours = block(f':root[data-colours="{scheme}"]', "low-vision.css")
    assert sorted(colours) == sorted(DAY)
    assert len(set(colours.values())) == 2
    assert [contrast(colours[ink], colours[ground]) >= 7 for ink, ground, _least in PAIRS] == [True] * len(PAIRS)


def test_formula_knows_black_and_white() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21


def test_night_by_device_and_by_choice_are_the_same() -> None:
    assert block(':root:not([data-bs-theme="light"])') == NIGHT


def test_both_themes_name_the_same_colours() -> None:
    assert sorted(DAY) == sorted(NIGHT)

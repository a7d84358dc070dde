"""The regulation's light markup: what is let through and what is not."""

from html.parser import HTMLParser

import pytest

from essays.contests.regulation import TAGS, rendered


class Found(HTMLParser):
    """What a browser would find in a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attributes}
        self.addresses |= {value or "" for name, value in attributes if name == "href"}


def test_headings_lists_emphasis_and_links_are_rendered_below_the_pages_own_headings():
    html = rendered("# Участники\n\n- **Все**\n- *дети*\n\n1. [сайт](https://example.org/)")

    assert html == (
        "<h3>Участники</h3>\n<ul>\n<li><strong>Все</strong></li>\n<li><em>дети</em></li>\n</ul>\n"
        '<ol>\n<li><a href="https://example.org/" rel="noopener">сайт</a></li>\n</ol>\n'
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[нажми](javascript:alert(1))",
        '[нажми](https://example.org/ "x\\" onclick=alert(1)")',
        "![картинка](https://example.org/track.png)",
        "<iframe src=https://example.org>",
    ],
)
def test_nothing_that_acts_is_let_through(hostile):
    found = Found()
    found.feed(rendered(hostile))

    assert found.tags <= TAGS
    assert found.attributes <= {"href", "rel", "start", "title"}
    assert all(address.startswith("https://example.org/") for address in found.addresses)

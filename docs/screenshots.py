"""Pictures of the pages, from the loaded demo.

The README's, into docs/images::

    make run                       # in another terminal, until the demo is loaded
    .venv/bin/python -m docs.screenshots

Every page of the journey, on a phone and on a desk, in both languages, light and dark, into a folder to look through::

    .venv/bin/python -m docs.screenshots --every var/pages [--only NAME]

It asks the server at SITE_ORIGIN and looks addresses up in the same database.
"""

import argparse
import io
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Playwright runs an event loop in this thread; the queries are synchronous all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

IMAGES = Path(__file__).parent / "images"
DESK, PHONE = (1440, 900), (390, 844)
LARGEST = 120_000
#: Name of the picture: page, size, how far down, theme.
README = {
    "contest": ("contest-intake", DESK, 0, "light"),
    "application": ("application", PHONE, 0, "light"),
    "copy": ("copy", DESK, 0, "light"),
    "desk": ("desk", DESK, 230, "dark"),
    "ranking": ("organizer-ranking-2", DESK, 590, "light"),
    "results": ("results", DESK, 640, "light"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=Path, help="a folder for pictures of every page")
    parser.add_argument("--only", default="", help="with --every: pages whose name contains this")
    options = parser.parse_args()
    django.setup()
    from tests.plugins.browser import FLAGS, chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        if options.every:
            every(browser, options.every, options.only)
        else:
            readme(browser)
        browser.close()


def readme(browser: Browser) -> None:
    """The README's pictures, in Russian, small enough to load at once."""
    from tests.journeys.pages import pages
    from tests.journeys.walking import open_page

    by_name = {page.name: page for page in pages()}
    IMAGES.mkdir(exist_ok=True)
    for name, (wanted, size, down, theme) in README.items():
        shown = person(browser, by_name[wanted].who, "ru", size, theme, scale=2 if size == PHONE else 1)
        status = open_page(shown, origin(), by_name[wanted])
        if status != by_name[wanted].status:
            raise SystemExit(f"{by_name[wanted].address} answers {status}")
        shown.evaluate(f"scrollTo(0, {down})")
        picture = Image.open(io.BytesIO(shown.screenshot())).convert("RGB")
        for quality in range(84, 40, -4):
            content = io.BytesIO()
            picture.save(content, "WEBP", quality=quality, method=6)
            if content.tell() < LARGEST:
                break
        (IMAGES / f"{name}.webp").write_bytes(content.getvalue())
        sys.stdout.write(f"{name}: {content.tell() // 1000} kB\n")
        shown.context.close()


def every(browser: Browser, folder: Path, only: str) -> None:
    """Whole pages: phone and desk in Russian light, then desk in English dark, phone in Russian dark."""
    from tests.journeys.pages import pages
    from tests.journeys.walking import open_page

    folder.mkdir(parents=True, exist_ok=True)
    found = [page for page in pages() if only in page.name]
    for language, size, theme in looks():
        people: dict[str, Page] = {}
        for page in found:
            if page.who not in people:
                people[page.who] = person(browser, page.who, language, size, theme)
            shown = people[page.who]
            status = open_page(shown, origin(), page)
            shown.screenshot(path=folder / f"{page.name}-{size[0]}-{language}-{theme}.png", full_page=True)
            width = shown.evaluate("document.documentElement.scrollWidth")
            trouble = "" if status == page.status else f" answers {status}!"
            trouble += "" if width <= size[0] else f" is {width} wide!"
            sys.stdout.write(f"{page.name} {size[0]} {language} {theme}{trouble}\n")
        for shown in people.values():
            shown.context.close()


def looks() -> Iterable[tuple[str, tuple[int, int], str]]:
    for language in ("ru", "en"):
        for size in (PHONE, DESK):
            for theme in ("light", "dark"):
                yield language, size, theme


def person(browser: Browser, who: str, language: str, size: tuple[int, int], theme: str, *, scale: int = 1) -> Page:
    """A browser of that language, size and theme in which this login is signed in."""
    from tests.journeys.walking import sign_in

    context = browser.new_context(
        locale={"ru": "ru-RU", "en": "en-GB"}[language],
        timezone_id="Asia/Barnaul",
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=scale,
        color_scheme=theme,  # type: ignore[arg-type]
    )
    shown = context.new_page()
    if who:
        sign_in(shown, origin(), who)
    return shown


def origin() -> str:
    from django.conf import settings

    return str(settings.SITE_ORIGIN)


if __name__ == "__main__":
    main()

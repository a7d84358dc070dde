"""Playwright drives Debian's Chromium, found on the machine; no browser is downloaded."""

import os
import shutil
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.plugins.lacking import lacks

# The same engine without windows and menus comes first: each page costs half the processor time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",  # root, as in CI, has no other way
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# As long as Playwright waits for a page: three parts of the tests and as many browsers may share two processors.
expect.set_options(timeout=30_000)


def chromium() -> str | None:
    """Path of the browser: ``CHROMIUM`` from the environment, else the first one on PATH."""
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES)]
    return next((path for path in candidates if path), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = chromium()
    if path is None:
        lacks("Chromium", "On Debian: apt install chromium. Or set CHROMIUM to the path of one.")
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A Russian visitor in another zone than the contest's, so that both times are shown."""
    return {
        **browser_context_args,
        "locale": "ru-RU",
        "timezone_id": "Europe/Moscow",
        "viewport": {"width": 1440, "height": 900},
    }


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "page" in getattr(item, "fixturenames", ()) or "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")

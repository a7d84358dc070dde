"""Strict content policy and no foreign host: what no page may contain."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# A letter is read by mail programs: its style stands inside it.
LETTERS = ("letters/", "account/email/", "mfa/email/")
PAGES = [
    path
    for path in sorted((ROOT / "templates").rglob("*.html"))
    if not path.relative_to(ROOT / "templates").as_posix().startswith(LETTERS)
]
OURS = [
    path
    for folder in ("templates", "static/css", "static/js", "static/img")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".html", ".txt", ".css", ".js", ".svg"}
]


def named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in paths]


@pytest.mark.parametrize("path", named(PAGES))
def test_page_has_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = re.findall(
        r"<style|<script(?![^>]*(?:\bsrc=|type=\"application/json\"))[^>]*>|\sstyle=|\son[a-z]+=|javascript:", text
    )
    assert found == []


@pytest.mark.parametrize("path", named(OURS))
def test_file_names_no_other_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [
        address
        for address in re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z][^\s\"')]*", text)
        if "www.w3.org/" not in address
    ]
    assert found == []

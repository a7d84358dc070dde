"""Is a hyphen at the end of a line the word's own, or was the word broken there? Pure."""

from __future__ import annotations

import re

HYPHENS = "-\u2010\u00ad"
# Hyphens that belong to the word: «кое-кто», «кто-то», «скажи-ка».
_KEPT_BEFORE = frozenset("кое кой онлайн интернет веб мини".split())
_KEPT_AFTER = re.compile(r"^(?:то|либо|нибудь|таки|ка)\b", re.IGNORECASE)
# Short words that begin many others too («по-дали», «во-да», «из-ба»): what follows must fit.
_KEPT_PAIRS = {
    "по": re.compile(r"\w+(?:ски|цки|ьи|ому|ему)\b"),
    "во": re.compile(r"(?:первых|вторых|третьих)\b"),
    "в": re.compile(r"(?:первых|вторых|третьих|четвёртых|пятых)\b"),
    "из": re.compile(r"(?:за|под)\b"),
}
_LAST_WORD = re.compile(r"[^\W\d_]+$")


def joint(line: str, follower: str) -> tuple[int, str]:
    """How a line goes on with the next: (characters to cut off its end, what stands between the two)."""
    if not follower or not line:
        return 0, ""
    if line[-1] in "-\u2010" and line[-2:-1].isdigit() and follower[0].isdigit():
        return 0, ""  # A telephone number: «222-74-» and «47».
    if line[-1] not in HYPHENS or not line[-2:-1].isalpha() or not follower[0].isalpha():
        return 0, " "
    word = _LAST_WORD.search(line[:-1])
    before = word[0].lower() if word else ""
    pair = _KEPT_PAIRS.get(before)
    kept = follower[0].isupper() or before in _KEPT_BEFORE or bool(_KEPT_AFTER.match(follower))
    return 1, "-" if kept or (pair and pair.match(follower.lower())) else ""

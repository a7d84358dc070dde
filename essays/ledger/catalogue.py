"""One sentence for each code of an act."""

from typing import Any

SENTENCES: dict[str, Any] = {}

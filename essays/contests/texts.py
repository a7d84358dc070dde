"""Texts that an organizer writes in two languages."""

from typing import Any

from django.utils.translation import get_language


class InTwoLanguages:
    """Attribute that reads ``<name>_ru`` or ``<name>_en`` by the active language; Russian where English is empty."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        russian: str = getattr(instance, f"{self.name}_ru")
        if (get_language() or "ru").startswith("ru"):
            return russian
        return getattr(instance, f"{self.name}_en") or russian

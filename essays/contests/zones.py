"""Time zones that a contest may live in, with the words of an interface: a city, and «by that city's time»."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ZONES: dict[str, tuple[Any, Any]] = {
    "Europe/Kaliningrad": (_("Kaliningrad"), _("Kaliningrad time")),
    "Europe/Moscow": (_("Moscow"), _("Moscow time")),
    "Europe/Samara": (_("Samara"), _("Samara time")),
    "Asia/Yekaterinburg": (_("Yekaterinburg"), _("Yekaterinburg time")),
    "Asia/Omsk": (_("Omsk"), _("Omsk time")),
    "Asia/Novosibirsk": (_("Novosibirsk"), _("Novosibirsk time")),
    "Asia/Barnaul": (_("Barnaul"), _("Barnaul time")),
    "Asia/Krasnoyarsk": (_("Krasnoyarsk"), _("Krasnoyarsk time")),
    "Asia/Irkutsk": (_("Irkutsk"), _("Irkutsk time")),
    "Asia/Yakutsk": (_("Yakutsk"), _("Yakutsk time")),
    "Asia/Vladivostok": (_("Vladivostok"), _("Vladivostok time")),
    "Asia/Magadan": (_("Magadan"), _("Magadan time")),
    "Asia/Kamchatka": (_("Kamchatka"), _("Kamchatka time")),
    "UTC": (_("UTC"), _("UTC")),
}


def by_local_time(name: str) -> Any:
    """«Barnaul time» for Asia/Barnaul; the zone's own name where we know no better."""
    return ZONES[name][1] if name in ZONES else name


def choices(present: str = "") -> list[tuple[str, Any]]:
    """Choices of a form; a zone that a contest has already is always among them."""
    known = [(name, city) for name, (city, _phrase) in ZONES.items()]
    return known if not present or present in ZONES else [*known, (present, present)]

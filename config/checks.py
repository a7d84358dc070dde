"""Checks that stop a production start with an insecure setting."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security)
def production_is_safe(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse development defaults when ``LAUREATE_ENV=production``."""
    if not settings.PRODUCTION:
        return []
    found = []

    def refuse(number: int, message: str, hint: str) -> None:
        found.append(Error(message, hint=hint, id=f"laureate.E{number:03d}"))

    if settings.DEBUG:
        refuse(1, "DEBUG is on in production.", "Remove DEBUG from the environment.")
    if len(settings.SECRET_KEY) < 50 or settings.SECRET_KEY == settings.INSECURE_SECRET_KEY:
        refuse(2, "SECRET_KEY is missing or too weak.", "Set SECRET_KEY to 50 or more random characters.")
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        refuse(3, "ALLOWED_HOSTS must name the site's hosts.", "For example ALLOWED_HOSTS=contest.example.org")
    if not settings.SITE_ORIGIN.startswith("https://"):
        refuse(4, "SITE_ORIGIN must be the https address that letters link to.", "SITE_ORIGIN=https://…")
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        refuse(5, "SQLite is for development.", "Set DATABASE_URL=postgres://…")
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        refuse(6, "No mail server is configured.", "Set EMAIL_URL=smtp+tls://user:password@host:587")
    return found

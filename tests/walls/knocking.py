"""Asking for an address and looking at what comes back."""

import re

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.walls.doors import TO_LOG_IN


def knock(client: Client, method: str, address: str) -> HttpResponseBase:
    """Ask, and forget what asking changed."""
    with transaction.atomic():
        # A value that no form knows: a form bound to nothing would not be validated.
        data = {"posted": "yes"} if method == "post" else {}
        response: HttpResponseBase = getattr(client, method)(address, data)
        transaction.set_rollback(True)
    return response


def outcome(response: HttpResponseBase) -> int | str:
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
        return TO_LOG_IN
    return response.status_code


def seen(response: HttpResponseBase, address: str) -> tuple[int, dict[str, str], str]:
    """All that a browser gets, without the address itself and without what is random in every page."""
    headers = {name: value for name, value in response.items() if name not in ("Content-Security-Policy", "Location")}
    headers.pop("Content-Length", None)
    body = getattr(response, "content", b"").decode()
    body = re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+', r"\1", body)
    return response.status_code, headers, body.replace(address, "…")

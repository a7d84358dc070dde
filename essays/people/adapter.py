"""Accounts' letters go through the outbox like every other letter."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from essays.outbox import actions as outbox
from essays.outbox.tasks import send_letter


class AccountAdapter(DefaultAccountAdapter):
    """allauth's door to us: letters are queued in the transaction that causes them, and sent by the worker."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, on_our_site(context))
        html = next((body for body, kind in getattr(message, "alternatives", []) if kind == "text/html"), "")
        letter_id = outbox.queue_rendered(
            name=template_prefix.replace("/email/", "/"),
            to=email,
            subject=message.subject,
            text=str(message.body),
            html=str(html),
        )
        send_letter.delay_on_commit(letter_id)

    def format_email_subject(self, subject: str) -> str:
        """The subject as it is written: allauth would put the request's host before it."""
        return subject


def on_our_site(context: dict[str, Any]) -> dict[str, Any]:
    """A letter's context whose links (``…_url``) begin with SITE_ORIGIN, whatever host the request named."""
    links = {name: with_our_origin(value) for name, value in context.items() if name.endswith("_url")}
    return {**context, **links, "origin": settings.SITE_ORIGIN}


def with_our_origin(address: str) -> str:
    """The same path, query and fragment on our own host."""
    return settings.SITE_ORIGIN + urlsplit(address)._replace(scheme="", netloc="").geturl()


def client_address(request: HttpRequest) -> str | None:
    """Where a request comes from, as allauth counts it: with PROXY_COUNT proxies in front, else the socket's peer.

    None for a request that came over no network, such as a script's.
    """
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return None

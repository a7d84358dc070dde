"""Accounts' letters go through the outbox like every other letter."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from essays.outbox import actions as outbox
from essays.outbox.tasks import send_letter


class AccountAdapter(DefaultAccountAdapter):
    """allauth's door to us: letters are queued in the transaction that causes them, and sent by the worker."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, context)
        html = next((body for body, kind in getattr(message, "alternatives", []) if kind == "text/html"), "")
        letter_id = outbox.queue_rendered(
            name=template_prefix.replace("/email/", "/"),
            to=email,
            subject=message.subject,
            text=str(message.body),
            html=str(html),
        )
        send_letter.delay_on_commit(letter_id)

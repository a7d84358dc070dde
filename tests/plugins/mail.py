"""A real SMTP server on a real socket, which can be told to misbehave."""

import asyncio
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.plugins.addresses import lasting_port
from tests.plugins.worker import PATIENCE


class SmtpServer:
    """What arrived, and how to answer.

    ``messages`` are the parsed letters in order of arrival, ``recipients`` their envelope addresses.
    ``answer`` replaces the answer to DATA («451 try later», «550 no such mailbox»); ``answer_to_recipient`` maps
    an address to the answer it gets; ``silent_for`` seconds are waited before any answer to DATA.
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.answer = ""
        self.answer_to_recipient: dict[str, str] = {}
        self.silent_for = 0.0
        self.port = lasting_port()
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        """For EMAIL_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen; the port stays the same after a ``stop``."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=PATIENCE)
        self._controller.start()

    def stop(self) -> None:
        """Go away: connections are refused until ``start``."""
        if self._controller:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := self.answer_to_recipient.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.silent_for:
            await asyncio.sleep(self.silent_for)
        if self.answer:
            return self.answer
        assert isinstance(envelope.content, bytes)
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 OK"


@pytest.fixture
def smtp_server(settings) -> Iterator[SmtpServer]:  # type: ignore[no-untyped-def]
    """A listening server; this process's mail goes there, and a worker's that is started in the same test."""
    server = SmtpServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield server
    server.stop()

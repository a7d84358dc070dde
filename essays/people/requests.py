"""The request as a view behind the log-in sees it."""

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from essays.people.models import User


class SignedInRequest(HttpRequest):
    """A request whose user is known: the middleware lets nobody else through (for the type checker only)."""

    user: User
    session: SessionBase

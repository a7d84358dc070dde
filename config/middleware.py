"""Middleware of the whole product: language, log-in by default, no caching of private pages."""

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequired
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware(LocaleMiddleware):
    """The cookie's language, else the browser's, else Russian."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if translation.get_language() not in dict(settings.LANGUAGES):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE


class LoginRequiredMiddleware(DjangoLoginRequired):
    """Every view is behind log-in unless it is marked ``login_not_required``; allauth keeps its own doors."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if view_func.__module__.startswith("allauth.account."):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class NoStoreMiddleware:
    """Pages of a signed-in person and of the accounts are never kept by a browser or proxy."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (request.user.is_authenticated or self.is_of_accounts(request)) and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response

    @staticmethod
    def is_of_accounts(request: HttpRequest) -> bool:
        """Links of letters lead to these pages before anybody has signed in."""
        return request.resolver_match is not None and request.resolver_match.func.__module__.startswith("allauth.")


class SessionActivityMiddleware:
    """Notes when and where each session was last used, at most once in five minutes.

    allauth's own does so at every page, with three queries and a write: on SQLite the readers of a page would then
    wait for whoever writes.
    """

    KEY, SECONDS = "activity_noted_at", 300

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = request.session
        if session.session_key and request.user.is_authenticated and self.is_due(session):
            UserSession.objects.create_from_request(request)
            session[self.KEY] = int(time.time())
        return self.get_response(request)

    def is_due(self, session: Any) -> bool:
        return bool(time.time() - session.get(self.KEY, 0) >= self.SECONDS)

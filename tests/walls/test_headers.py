"""What every answer carries besides its page: policies, cookies, no traces; and doors that resist pushing."""

import json
import os
import re
import subprocess
import sys
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import cache
from django.core.signing import dumps
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.urls import reverse

from config.middleware import SessionActivityMiddleware
from config.verification import PRODUCTION_LIKE
from essays.entries.letters import guardian_token
from essays.outbox.models import Letter
from essays.people.models import User
from tests.factories.story import PASSWORD, UserFactory
from tests.walls.address_table import ACCOUNTS, DOORS
from tests.walls.cast import Cast, cast, invitation_of
from tests.walls.knocking import knock

PRIVATE = re.compile(r"\bno-store\b")
HTTPS_COOKIES = override_settings(
    SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True, LANGUAGE_COOKIE_SECURE=True, SECURE_SSL_REDIRECT=True
)


@pytest.fixture
def everybody(db: None) -> Cast:
    return cast()


def every_answer(everybody: Cast, *roles: str) -> list[tuple[str, HttpResponseBase]]:
    """Every address of the site by GET, as each of these roles."""
    addresses = [reverse(name, kwargs=door.there(everybody)) for name, door in DOORS.items()]
    addresses += [reverse(name, kwargs=dict(door.there)) for name, door in ACCOUNTS.items()]
    clients = {role: everybody.client(role) for role in roles}
    return [(f"{role} {one}", knock(clients[role], "get", one)) for one in addresses for role in roles]


@pytest.mark.any_database
def test_every_answer_carries_the_policies(everybody: Cast) -> None:
    for where, response in every_answer(everybody, "anonymous", "entrant", "judge", "organizer"):
        policy = directives(response["Content-Security-Policy"])
        if policy.get("sandbox") is not None:
            # A file that is handed out again: nothing at all may happen inside it.
            assert policy["default-src"] == {"'none'"}, where
        else:
            assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == {"'none'"}, where
            assert policy["script-src"] == policy["style-src"] == policy["form-action"] == {"'self'"}, where
        assert "unsafe" not in response["Content-Security-Policy"], where
        assert response["X-Content-Type-Options"] == "nosniff", where
        assert response["X-Frame-Options"] == "DENY", where
        assert response["Referrer-Policy"] in ("same-origin", "no-referrer"), where
        assert response["Cross-Origin-Opener-Policy"] == "same-origin", where
        assert "geolocation=()" in response["Permissions-Policy"], where
        assert "Server" not in response and "X-Powered-By" not in response, where


def directives(policy: str) -> dict[str, set[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {part[0]: set(part[1:]) for part in parts}


@pytest.mark.any_database
def test_pages_of_somebody_are_kept_nowhere_and_carry_no_trace(everybody: Cast) -> None:
    for where, response in every_answer(everybody, "entrant", "judge", "organizer"):
        if response.status_code != 405:
            assert PRIVATE.search(response.get("Cache-Control", "")) or is_for_all(where), where
        assert {"ETag", "Last-Modified"} & set(response.headers) == set(), where


def is_for_all(where: str) -> bool:
    """The same bytes for everybody, whoever asks: may be kept."""
    return where.endswith(("/results/preview.png", "/favicon.ico"))


@pytest.mark.parametrize(
    "name", ["guardian", "seat_invitation", "account_reset_password_from_key", "account_confirm_email"]
)
def test_pages_behind_a_secret_link_are_kept_nowhere(everybody: Cast, name: str) -> None:
    arguments = {
        "guardian": {"token": guardian_token_of(everybody)},
        "seat_invitation": {"token": invitation_of(everybody.invited)},
        "account_reset_password_from_key": {"uidb36": "1", "key": "not-ours"},
        "account_confirm_email": {"key": dumps("not-ours")},
    }
    response = Client().get(reverse(name, kwargs=arguments[name]))
    assert response.status_code == 200
    assert PRIVATE.search(response["Cache-Control"])
    assert response["Referrer-Policy"] in ("same-origin", "no-referrer")


def guardian_token_of(everybody: Cast) -> str:
    entry = everybody.entry
    entry.guardian_email = "guardian@example.org"
    entry.save()
    return guardian_token(entry)


def test_an_original_is_a_download_that_can_do_nothing(everybody: Cast) -> None:
    response = everybody.client("entrant").get(reverse("entry_original", args=[everybody.entry.public_id]))
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"


# --- Cookies ------------------------------------------------------------------------------------------------


@HTTPS_COOKIES
def test_cookies_travel_over_https_only_and_no_script_reads_those_that_matter(db: None) -> None:
    person, client = UserFactory(), Client()
    client.get(reverse("account_login"), secure=True)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}, secure=True)
    client.post(reverse("set_language"), {"language": "en", "next": "/"}, secure=True)
    client.post(reverse("set_appearance"), {"theme": "dark", "next": "/"}, secure=True)
    found = {
        name: (bool(cookie["secure"]), bool(cookie["httponly"]), cookie["samesite"])
        for name, cookie in client.cookies.items()
        if cookie.value and name != "messages"
    }
    assert found == {
        "csrftoken": (True, True, "Lax"),
        "sessionid": (True, True, "Lax"),
        "django_language": (True, True, "Lax"),
        # The page's script changes the theme without a reload.
        "theme": (True, False, "Lax"),
    }


def test_production_asks_for_https_and_names_its_cookies_for_this_host() -> None:
    names = (
        "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE LANGUAGE_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS "
        "SESSION_COOKIE_NAME CSRF_COOKIE_NAME ALLAUTH_TRUSTED_PROXY_COUNT AXES_ENABLED ACCOUNT_DEFAULT_HTTP_PROTOCOL"
    ).split()
    code = f"import json; from config import settings; print(json.dumps({{n: getattr(settings, n) for n in {names}}}))"
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={**inherited, **PRODUCTION_LIKE, "PROXY_COUNT": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
        "AXES_ENABLED": True,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https",
    }


# --- Redirects and hosts ------------------------------------------------------------------------------------

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "https://testserver.evil.example/",
    " //evil.example",
]


@pytest.mark.parametrize("where", ELSEWHERE)
@pytest.mark.parametrize("name", ["set_language", "set_appearance"])
def test_buttons_of_every_page_lead_back_to_this_site_only(db: None, name: str, where: str) -> None:
    data = {"language": "en", "theme": "dark", "next": where}
    response = Client().post(reverse(name), data, headers={"referer": where})
    assert response.status_code == 302
    assert stays_here(response["Location"])


@pytest.mark.parametrize("where", ELSEWHERE)
def test_log_in_leads_to_this_site_only(db: None, where: str) -> None:
    person = UserFactory()
    response = Client().post(
        reverse("account_login"), {"login": person.email, "password": PASSWORD, "next": where}, follow=False
    )
    assert response.status_code == 302
    assert stays_here(response["Location"])


def stays_here(location: str) -> bool:
    parts = urlsplit(location)
    return parts.scheme == parts.netloc == "" and location.startswith("/") and not location.startswith(("//", "/\\"))


@override_settings(ALLOWED_HOSTS=["*"], SITE_ORIGIN="https://contest.example.org")
@pytest.mark.parametrize("act", ["register", "register again", "forgotten", "forgotten by nobody"])
def test_links_in_letters_name_our_host_whatever_the_request_says(db: None, act: str) -> None:
    known = UserFactory(email="known@example.org")
    addresses = {
        "register": ("account_signup", {"email": "new@example.org", "password1": "Облепиха-2026!"}),
        "register again": ("account_signup", {"email": known.email, "password1": "Облепиха-2026!"}),
        "forgotten": ("account_reset_password", {"email": known.email}),
        "forgotten by nobody": ("account_reset_password", {"email": "nobody@example.org"}),
    }
    name, data = addresses[act]
    headers = {"host": "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-server": "evil.example"}
    Client(headers=headers).post(reverse(name), data)
    letter = Letter.objects.get()
    for part in (letter.subject, letter.text, letter.html):
        assert "evil.example" not in part and "testserver" not in part
    links = re.findall(r"https?://[^\s\"<]+", letter.text + letter.html)
    assert links and all(link.startswith("https://contest.example.org") for link in links)


def test_an_unknown_host_is_refused(db: None) -> None:
    with override_settings(ALLOWED_HOSTS=["contest.example.org"]):
        assert Client(headers={"host": "evil.example"}).get("/").status_code == 400


# --- Guessing -----------------------------------------------------------------------------------------------


@pytest.fixture
def no_attempts_yet() -> None:
    cache.clear()


def log_in(person: User, password: str, address: str = "192.0.2.1", **headers: str) -> HttpResponseBase:
    client = Client(REMOTE_ADDR=address, headers=headers)
    response: HttpResponseBase = client.post(reverse("account_login"), {"login": person.email, "password": password})
    return response


@override_settings(AXES_ENABLED=False)
def test_five_wrong_passwords_close_the_door_for_the_account(settings, no_attempts_yet: None, db: None) -> None:  # type: ignore[no-untyped-def]
    settings.ACCOUNT_RATE_LIMITS = production_limits()
    person, somebody_else = UserFactory(), UserFactory()
    assert [log_in(person, "wrong").status_code for _ in range(5)] == [200] * 5
    # Closed from every address: guessing by many machines is guessing too.
    assert log_in(person, PASSWORD).status_code == 200
    assert log_in(person, PASSWORD, "198.51.100.7").status_code == 200
    assert log_in(somebody_else, PASSWORD).status_code == 302


@override_settings(AXES_ENABLED=True)
def test_ten_wrong_passwords_lock_account_and_address_together(settings, no_attempts_yet: None, db: None) -> None:  # type: ignore[no-untyped-def]
    settings.ACCOUNT_RATE_LIMITS = False
    person = UserFactory()
    statuses = [log_in(person, "wrong").status_code for _ in range(10)]
    assert statuses == [200] * 9 + [429]
    assert log_in(person, PASSWORD).status_code == 429
    assert log_in(person, PASSWORD, "198.51.100.7").status_code == 302


@override_settings(AXES_ENABLED=True, ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_our_proxy_addresses_are_told_apart_and_cannot_be_made_up(
    settings,
    no_attempts_yet: None,
    db: None,  # type: ignore[no-untyped-def]
) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    person = UserFactory()
    for number in range(10):
        # Whatever a client writes into the header, our proxy puts the true address last.
        log_in(person, "wrong", "10.0.0.1", **{"x-forwarded-for": f"203.0.113.{number}, 192.0.2.1"})
    locked = log_in(person, PASSWORD, "10.0.0.1", **{"x-forwarded-for": "203.0.113.77, 192.0.2.1"})
    free = log_in(person, PASSWORD, "10.0.0.1", **{"x-forwarded-for": "192.0.2.1, 198.51.100.7"})
    assert (locked.status_code, free.status_code) == (429, 302)


def test_a_class_of_thirty_registers_at_once_from_one_address(settings, no_attempts_yet: None, db: None) -> None:  # type: ignore[no-untyped-def]
    settings.ACCOUNT_RATE_LIMITS = production_limits()
    statuses = []
    for number in range(30):
        data = {"email": f"pupil{number}@example.org", "password1": "Облепиха-2026!"}
        statuses.append(Client(REMOTE_ADDR="192.0.2.1").post(reverse("account_signup"), data).status_code)
    assert statuses == [302] * 30


def production_limits() -> dict[str, str]:
    """The limits as they are where nobody has switched them off, as the tests' settings do."""
    code = "import json; from config import settings; print(json.dumps(settings.ACCOUNT_RATE_LIMITS))"
    environment = {name: value for name, value in os.environ.items() if name != "RATE_LIMITS"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    limits: dict[str, str] = json.loads(done.stdout)
    return limits


# --- Enumeration --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["account_reset_password", "account_signup"])
def test_forms_answer_alike_for_known_and_unknown_addresses(db: None, name: str) -> None:
    UserFactory(email="known@example.org")
    answers = []
    for email in ("known@example.org", "other@example.org"):
        response = Client().post(reverse(name), {"email": email, "password1": "Облепиха-2026!"}, follow=True)
        text = re.sub(r"\b[A-Za-z0-9]{64}\b", "", response.content.decode()).replace(email, "")
        answers.append((response.redirect_chain, text))
    assert answers[0] == answers[1]


def test_a_new_password_ends_every_other_session(db: None) -> None:
    person = UserFactory()
    elsewhere, here = Client(), Client()
    for client in (elsewhere, here):
        client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    new = "Совсем-другой-пароль-26"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert elsewhere.get(reverse("my_entries")).status_code == 302


def test_the_use_of_a_session_is_noted_once_and_not_at_every_page(db: None, django_assert_num_queries: Any) -> None:
    client = Client()
    client.force_login(UserFactory(), backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(reverse("home"))
    noted = UserSession.objects.get().last_seen_at
    # Session, person, contests, which doors the person has, and on PostgreSQL its clock; nothing is written.
    with django_assert_num_queries(5 if connection.vendor == "postgresql" else 4):
        client.get(reverse("home"))
    assert UserSession.objects.get().last_seen_at == noted
    session = client.session
    session[SessionActivityMiddleware.KEY] -= SessionActivityMiddleware.SECONDS
    session.save()
    client.get(reverse("home"))
    assert UserSession.objects.get().last_seen_at > noted

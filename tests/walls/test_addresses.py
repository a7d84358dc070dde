"""Every address of the site and who may open it. An address that is not in the table fails: a new page says who it is for.

Whoever may not open an address finds the same page as where there is nothing at all.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from essays.entries.models import Entry
from judging.panels import tokens
from tests.walls.cast import ROLES, SIGNED_IN, Cast, cast, invitation_of

EVERYBODY = frozenset(ROLES)
MENTOR = frozenset({"mentor"})
ENTRANT, JUDGE, ORGANIZER = frozenset({"entrant"}), frozenset({"judge"}), frozenset({"organizer"})
ORGANIZERS = frozenset({"organizer", "organizer_elsewhere"})
PANEL = frozenset({"judge", "judge_elsewhere", "secretary"})
# The nearest that each kind of stranger comes: if these see no difference, nobody without any role does.
STRANGERS = ("anonymous", "other_entrant", "judge_elsewhere", "organizer_elsewhere")
TO_LOG_IN = "to log-in"
NOT_THIS_WAY = 405

Arguments = Callable[[Cast], dict[str, Any]]
NOTHING_LIKE_IT = uuid.UUID(int=7)


@dataclass(frozen=True)
class Door:
    """Who may open an address, and what they get by GET and by a POST that says nothing; everybody else finds nothing.

    ``there`` makes the address of something that exists, ``nowhere`` one of the same form with nothing behind it.
    ``method_first``: the view looks at the method before it looks at the person, so a wrong method is told to
    everybody who is signed in; it says nothing about what is behind the address.
    """

    who: frozenset[str]
    get: int = 200
    post: int = NOT_THIS_WAY
    there: Arguments = lambda _: {}
    nowhere: Arguments | None = None
    method_first: bool = True


def of_entry(**given: Any) -> dict[str, Any]:
    return {
        "who": ENTRANT,
        "there": lambda one: {"public_id": one.entry.public_id},
        "nowhere": lambda _: {"public_id": NOTHING_LIKE_IT},
        **given,
    }


def of_draft(**given: Any) -> dict[str, Any]:
    return of_entry(there=lambda one: {"public_id": one.draft.public_id}, **given)


def of_assignment(**given: Any) -> dict[str, Any]:
    return {
        "who": JUDGE,
        "there": lambda one: {"assignment": one.assignment.public_id},
        "nowhere": lambda _: {"assignment": NOTHING_LIKE_IT},
        **given,
    }


def of_contest(**given: Any) -> dict[str, Any]:
    return {
        "who": ORGANIZER,
        "there": lambda one: {"slug": one.contest.slug},
        "nowhere": lambda _: {"slug": "no-such-contest"},
        **given,
    }


def of_version(**given: Any) -> dict[str, Any]:
    return {
        "who": ORGANIZER,
        "there": lambda one: {"slug": one.contest.slug, "public_id": one.entry.public_id, "version": 1},
        "nowhere": lambda one: {"slug": one.contest.slug, "public_id": NOTHING_LIKE_IT, "version": 1},
        **given,
    }


def of_desk(**given: Any) -> dict[str, Any]:
    return {
        "who": ORGANIZER,
        "there": lambda one: {"slug": one.contest.slug, "public_id": one.entry.public_id},
        "nowhere": lambda one: {"slug": one.contest.slug, "public_id": NOTHING_LIKE_IT},
        **given,
    }


def of_version_page() -> dict[str, Any]:
    version = of_version()
    return {name: _with_number(one) if callable(one) else one for name, one in version.items()}


def _with_number(arguments: Arguments) -> Arguments:
    return lambda one: {**arguments(one), "number": 1}


def numbered(name: str, of: str = "") -> Arguments:
    """Page 1 of something in the cast, or of nothing."""
    return lambda one: {name: getattr(one, of).public_id if of else NOTHING_LIKE_IT, "number": 1}


def mentors(one: Cast) -> Entry:
    """The entry that the mentor made, or any, where there is none."""
    return Entry.objects.filter(owner=one.people.get("mentor")).first() or one.entry


def first_page(one: Cast) -> int:
    page = one.draft.draft_pages.first()
    return page.pk if page else 1


def public(**given: Any) -> Door:
    return Door(EVERYBODY, **given)


DOORS: dict[str, Door] = {
    # what everybody sees
    "home": public(post=200),
    "contest_page": Door(**of_contest(who=EVERYBODY, post=200)),
    "contest_essay": Door(
        EVERYBODY,
        get=404,
        there=lambda one: {"slug": one.contest.slug, "code": "K7P4M29CT3A6"},
        nowhere=lambda _: {"slug": "no-such-contest", "code": "K7P4M29CT3A6"},
    ),
    "contest_essay_page": Door(
        EVERYBODY,
        get=404,
        there=lambda one: {"slug": one.contest.slug, "code": "K7P4M29CT3A6", "number": 1},
        nowhere=lambda _: {"slug": "no-such-contest", "code": "K7P4M29CT3A6", "number": 1},
    ),
    "contest_results": Door(
        **of_contest(who=EVERYBODY, there=lambda one: {"slug": one.announced.contest.slug}),
    ),
    "results_list": Door(
        **of_contest(who=EVERYBODY, there=lambda one: {"slug": one.announced.contest.slug}),
    ),
    "results_picture": Door(
        **of_contest(who=EVERYBODY, there=lambda one: {"slug": one.announced.contest.slug}),
    ),
    "check_document": public(),
    "verify_document": public(
        there=lambda one: {"number": one.diploma.number}, nowhere=lambda _: {"number": "LR-2026-AAAAAA"}
    ),
    "health": public(post=200),
    "favicon": public(get=302),
    "set_language": public(get=302, post=302),
    "set_appearance": public(get=NOT_THIS_WAY, post=302),
    "styleguide": public(post=200),
    "guardian": public(
        get=404, post=404, there=lambda _: {"token": "not-signed-by-us"}, nowhere=lambda _: {"token": "nor-this"}
    ),
    "seat_invitation": public(
        post=200,
        there=lambda one: {"token": invitation_of(one.invited)},
        nowhere=lambda one: {"token": tokens.make(NOTHING_LIKE_IT, one.invited.invited_at)},
    ),
    # whoever has signed in
    "after_login": Door(SIGNED_IN, get=302, post=302),
    "my_entries": Door(SIGNED_IN),
    "institutions": Door(SIGNED_IN),
    "enter": Door(**of_contest(who=SIGNED_IN, post=200)),
    "judge_queue": Door(SIGNED_IN, post=200),
    # an entrant's own entry
    "entry": Door(**of_entry()),
    "entry_author": Door(**of_draft(post=422)),
    "entry_studies": Door(**of_draft(post=422)),
    "entry_theme": Door(**of_draft(post=422)),
    "entry_essay": Door(**of_draft(post=422)),
    "entry_consents": Door(**of_entry(post=422)),
    "entry_withdraw_consent": Door(
        **of_entry(
            post=302,
            there=lambda one: {"public_id": one.entry.public_id, "kind": "dissemination"},
            nowhere=lambda _: {"public_id": NOTHING_LIKE_IT, "kind": "dissemination"},
        )
    ),
    "entry_send": Door(**of_draft(get=302, post=302)),
    "entry_withdraw": Door(**of_entry(post=302)),
    "entry_copy": Door(**of_entry()),
    "entry_copy_pdf": Door(**of_entry()),
    "entry_copy_picture": Door(**of_entry(there=numbered("public_id", "entry"), nowhere=numbered("public_id"))),
    "entry_draft_pages": Door(**of_draft(post=422)),
    "entry_draft_picture": Door(
        **of_entry(
            there=lambda one: {"public_id": one.draft.public_id, "page": first_page(one)},
            nowhere=lambda _: {"public_id": NOTHING_LIKE_IT, "page": 1},
        )
    ),
    # … a pupil's pages, for the mentor who entered them
    "entry_pages": Door(**of_entry(who=MENTOR, post=302, there=lambda one: {"public_id": mentors(one).public_id})),
    "entry_pages_picture": Door(
        **of_entry(
            who=MENTOR,
            there=lambda one: {"public_id": mentors(one).public_id, "number": 1},
            nowhere=numbered("public_id"),
        )
    ),
    "entry_remark": Door(**of_entry(get=NOT_THIS_WAY, post=422)),
    "entry_original": Door(**of_entry()),
    "diploma_pdf": Door(
        ENTRANT | ORGANIZER,
        there=lambda one: {"number": one.diploma.number},
        nowhere=lambda _: {"number": "LR-2026-AAAAAA"},
    ),
    # a judge's own desk
    "my_seat": Door(
        JUDGE,
        post=404,
        there=lambda one: {"seat": one.seat.public_id},
        nowhere=lambda _: {"seat": NOTHING_LIKE_IT},
    ),
    "reading_desk": Door(**of_assignment(post=200)),
    "copy_picture": Door(
        **of_assignment(method_first=False, there=numbered("assignment", "assignment"), nowhere=numbered("assignment"))
    ),
    "reading_copy_pdf": Door(**of_assignment(method_first=False)),
    "save_draft": Door(**of_assignment(get=NOT_THIS_WAY, post=409, method_first=False)),
    "reopen_review": Door(**of_assignment(get=NOT_THIS_WAY, post=302, method_first=False)),
    "recuse": Door(**of_assignment(post=200)),
    "own_notes": Door(**of_assignment(get=NOT_THIS_WAY, post=302, method_first=False)),
    "see_others": Door(**of_assignment(get=NOT_THIS_WAY, post=302, method_first=False)),
    "judge_offline": Door(**of_contest(who=JUDGE, post=422)),
    "offline_essays": Door(
        **of_contest(
            who=JUDGE,
            there=lambda one: {"slug": one.contest.slug, "part": 1},
            nowhere=lambda _: {"slug": "no-such-contest", "part": 1},
        )
    ),
    "offline_sheet": Door(**of_contest(who=JUDGE)),
    "apply_sheet": Door(**of_contest(who=JUDGE, get=302, post=302)),
    "own_anchors": Door(**of_contest(who=JUDGE, method_first=False)),
    "own_anchor": Door(
        **of_contest(
            who=JUDGE,
            post=422,
            there=lambda one: {"slug": one.contest.slug, "anchor": one.anchor.public_id},
            nowhere=lambda one: {"slug": one.contest.slug, "anchor": NOTHING_LIKE_IT},
        )
    ),
    # whoever runs contests
    "organizer_home": Door(ORGANIZERS, post=200),
    "organizer_new": Door(ORGANIZERS, post=200),
    "organizer_institutions": Door(ORGANIZERS, post=200),
    "organizer_institution_new": Door(ORGANIZERS, post=200),
    "organizer_institution": Door(
        ORGANIZERS, post=200, there=lambda one: {"pk": one.institution.pk}, nowhere=lambda _: {"pk": 999_999}
    ),
    "organizer_institution_confirm": Door(
        ORGANIZERS,
        get=NOT_THIS_WAY,
        post=302,
        there=lambda one: {"pk": one.institution.pk},
        nowhere=lambda _: {"pk": 999_999},
    ),
    "organizer_institution_part": Door(
        ORGANIZERS,
        get=NOT_THIS_WAY,
        post=404,
        there=lambda one: {"pk": one.institution.pk},
        nowhere=lambda _: {"pk": 999_999},
    ),
    "organizer_institution_merge": Door(
        ORGANIZERS,
        get=NOT_THIS_WAY,
        post=302,
        there=lambda one: {"pk": one.institution.pk},
        nowhere=lambda _: {"pk": 999_999},
    ),
    # whoever runs this contest: the regulation
    "organizer_board": Door(**of_contest()),
    "organizer_regulation": Door(**of_contest(post=200)),
    "organizer_publish": Door(**of_contest(get=NOT_THIS_WAY, post=302)),
    "organizer_unpublish": Door(**of_contest(get=NOT_THIS_WAY, post=302)),
    "organizer_archive": Door(**of_contest(get=NOT_THIS_WAY, post=302)),
    "organizer_close_intake": Door(**of_contest(get=NOT_THIS_WAY, post=302)),
    "organizer_reopen_intake": Door(**of_contest(post=200)),
    "organizer_texts": Door(**of_contest(post=200)),
    "organizer_requirements": Door(**of_contest(post=200)),
    "organizer_calendar": Door(**of_contest(post=200)),
    "organizer_categories": Door(**of_contest(post=200)),
    "organizer_nominations": Door(**of_contest(post=200)),
    "organizer_consents": Door(**of_contest(post=200)),
    "organizer_rubric": Door(**of_contest(post=200)),
    "organizer_levels": Door(
        **of_contest(
            post=200,
            there=lambda one: {"slug": one.contest.slug, "position": 1},
            nowhere=lambda _: {"slug": "no-such-contest", "position": 1},
        )
    ),
    "organizer_anchors": Door(**of_contest(post=200)),
    "organizer_rules": Door(**of_contest(post=200)),
    "organizer_awards": Door(**of_contest(post=200)),
    "organizer_team": Door(**of_contest(post=200)),
    "organizer_team_remove": Door(
        **of_contest(
            get=302,
            post=302,
            there=lambda one: {"slug": one.contest.slug, "user_id": one.people["organizer"].pk},
            nowhere=lambda one: {"slug": "no-such-contest", "user_id": one.people["organizer"].pk},
        )
    ),
    "organizer_ledger": Door(**of_contest(post=200)),
    "organizer_letters": Door(**of_contest(post=200)),
    "organizer_letters_retry": Door(**of_contest(get=NOT_THIS_WAY, post=302, method_first=False)),
    "organizer_letter": Door(
        **of_contest(
            there=lambda one: {"slug": one.contest.slug, "pk": one.letter.pk},
            nowhere=lambda one: {"slug": one.contest.slug, "pk": 9999999},
        )
    ),
    "organizer_letter_retry": Door(
        **of_contest(
            get=NOT_THIS_WAY,
            post=302,
            method_first=False,
            there=lambda one: {"slug": one.contest.slug, "pk": one.letter.pk},
            nowhere=lambda one: {"slug": one.contest.slug, "pk": 999_999},
        )
    ),
    # … entries
    "organizer_entries": Door(**of_contest()),
    "organizer_admit_all": Door(**of_contest(get=NOT_THIS_WAY, post=302)),
    "organizer_entry": Door(
        **of_contest(
            post=422,
            there=lambda one: {"slug": one.contest.slug, "public_id": one.entry.public_id},
            nowhere=lambda one: {"slug": one.contest.slug, "public_id": NOTHING_LIKE_IT},
        )
    ),
    "organizer_original": Door(**of_version()),
    "organizer_copy": Door(**of_version()),
    "organizer_copy_pdf": Door(**of_version()),
    "organizer_copy_picture": Door(**of_version_page()),
    "organizer_pages": Door(**of_version(post=302)),
    "organizer_pages_picture": Door(**of_version_page()),
    "organizer_pages_instead": Door(**of_version(get=NOT_THIS_WAY, post=302)),
    "organizer_copies": Door(**of_contest(post=302)),
    "organizer_retry": Door(**of_version(get=NOT_THIS_WAY, post=302)),
    "organizer_release": Door(**of_version(get=NOT_THIS_WAY, post=302)),
    # … the redaction desk
    "organizer_redaction": Door(**of_contest()),
    "organizer_redaction_desk": Door(**of_desk()),
    "organizer_redaction_decide": Door(**of_desk(get=NOT_THIS_WAY, post=302)),
    "organizer_redaction_release": Door(**of_desk(get=NOT_THIS_WAY, post=302)),
    "organizer_redaction_answer": Door(
        **of_desk(
            get=NOT_THIS_WAY,
            post=302,
            there=lambda one: {"slug": one.contest.slug, "public_id": one.entry.public_id, "pk": one.remark.pk},
            nowhere=lambda one: {"slug": one.contest.slug, "public_id": one.entry.public_id, "pk": 999_999},
        )
    ),
    # … jury, ranking and results
    "organizer_judges": Door(**of_contest(post=404)),
    "organizer_seat": Door(
        **of_contest(
            post=404,
            there=lambda one: {"slug": one.contest.slug, "seat": one.seat.public_id},
            nowhere=lambda one: {"slug": one.contest.slug, "seat": NOTHING_LIKE_IT},
        )
    ),
    "organizer_judges_numbers": Door(**of_contest()),
    "organizer_judge_reviews": Door(
        **of_contest(
            post=404,
            there=lambda one: {"slug": one.contest.slug, "seat": one.seat.public_id},
            nowhere=lambda one: {"slug": one.contest.slug, "seat": NOTHING_LIKE_IT},
        )
    ),
    "organizer_second_look": Door(**of_contest(post=200)),
    "organizer_estimate": Door(**of_contest()),
    "organizer_assignments": Door(**of_contest(post=404)),
    "organizer_reviews": Door(**of_contest(post=200)),
    "organizer_ranking": Door(**of_contest(post=200)),
    "organizer_ranking_vote": Door(**of_contest(get=NOT_THIS_WAY, post=302)),
    "organizer_ranking_choose": Door(**of_contest(get=NOT_THIS_WAY, post=302)),
    "organizer_withheld": Door(**of_contest(post=200)),
    "organizer_what_if": Door(**of_contest()),
    "organizer_stability": Door(**of_contest()),
    "organizer_ranking_take_back": Door(**of_contest(get=NOT_THIS_WAY, post=302)),
    "organizer_ranking_download": Door(
        **of_contest(
            there=lambda one: {"slug": one.contest.slug, "kind": "csv"},
            nowhere=lambda _: {"slug": "no-such-contest", "kind": "csv"},
        )
    ),
    "organizer_results": Door(**of_contest(post=200)),
    "organizer_documents": Door(**of_contest(post=200)),
    "document_preview": Door(
        **of_contest(
            there=lambda one: {"slug": one.contest.slug, "kind": "diploma"},
            nowhere=lambda _: {"slug": "no-such-contest", "kind": "diploma"},
        )
    ),
    "organizer_document_list": Door(**of_contest()),
    "ask_bundle": Door(**of_contest(get=NOT_THIS_WAY, post=302)),
    "bundle_file": Door(
        **of_contest(
            get=404,
            there=lambda one: {"slug": one.contest.slug, "bundle": NOTHING_LIKE_IT},
            nowhere=lambda _: {"slug": "no-such-contest", "bundle": NOTHING_LIKE_IT},
        )
    ),
    "printed_name": Door(
        **of_contest(
            get=404,
            post=404,
            there=lambda one: {"slug": one.contest.slug, "number": "LR-2026-000-000-000-000"},
            nowhere=lambda _: {"slug": "no-such-contest", "number": "LR-2026-000-000-000-000"},
        )
    ),
    "organizer_name": Door(
        **of_contest(
            post=200,
            there=lambda one: {"slug": one.contest.slug, "code": one.copy.code},
            nowhere=lambda one: {"slug": one.contest.slug, "code": "NOBODYS"},
        )
    ),
    "organizer_session": Door(**of_contest(post=200)),
    "session_attendance": Door(**of_contest(get=NOT_THIS_WAY, post=404)),
    "session_question": Door(**of_contest(get=404, post=404)),
    "session_vote": Door(
        **of_contest(
            get=NOT_THIS_WAY,
            post=404,
            there=lambda one: {"slug": one.contest.slug, "number": 1},
            nowhere=lambda _: {"slug": "no-such-contest", "number": 1},
        )
    ),
    "session_dissent": Door(**of_contest(get=NOT_THIS_WAY, post=404)),
    "session_close": Door(**of_contest(get=NOT_THIS_WAY, post=404)),
    "protocol": Door(
        **of_contest(
            get=404,
            there=lambda one: {"slug": one.contest.slug, "kind": "pdf"},
            nowhere=lambda _: {"slug": "no-such-contest", "kind": "pdf"},
        )
    ),
    "appeal": Door(**of_entry(get=404, post=404)),
    "withdraw_appeal": Door(**of_entry(get=NOT_THIS_WAY, post=404)),
    "hear_appeal": Door(
        who=PANEL,
        get=404,
        post=404,
        there=lambda _: {"member": NOTHING_LIKE_IT},
        nowhere=lambda _: {"member": uuid.UUID(int=8)},
    ),
    "organizer_appeals": Door(**of_contest()),
    "organizer_appeal": Door(
        **of_contest(
            get=404,
            post=404,
            there=lambda one: {"slug": one.contest.slug, "public_id": NOTHING_LIKE_IT},
            nowhere=lambda _: {"slug": "no-such-contest", "public_id": NOTHING_LIKE_IT},
        )
    ),
    "organizer_results_confirm": Door(**of_contest(get=NOT_THIS_WAY, post=302)),
    "organizer_team_two": Door(**of_contest(get=NOT_THIS_WAY, post=302)),
    "organizer_results_call_off": Door(**of_contest(get=NOT_THIS_WAY, post=302)),
}


@dataclass(frozen=True)
class AccountDoor:
    """An address of the accounts: what a stranger gets by GET, and what somebody signed in gets."""

    stranger: int | str
    signed_in: int
    there: tuple[tuple[str, str], ...] = ()


ACCOUNTS: dict[str, AccountDoor] = {
    "account_login": AccountDoor(200, 302),
    "account_logout": AccountDoor(302, 200),
    "account_inactive": AccountDoor(200, 200),
    "account_signup": AccountDoor(200, 302),
    "account_reauthenticate": AccountDoor(TO_LOG_IN, 200),
    "account_email": AccountDoor(TO_LOG_IN, 200),
    "account_email_verification_sent": AccountDoor(200, 200),
    "account_change_password": AccountDoor(TO_LOG_IN, 200),
    "account_set_password": AccountDoor(TO_LOG_IN, 302),
    "account_reset_password": AccountDoor(200, 200),
    "account_confirm_login_code": AccountDoor(TO_LOG_IN, 302),
    "account_confirm_email": AccountDoor(200, 200, (("key", "not-signed-by-us"),)),
    "account_reset_password_from_key_done": AccountDoor(200, 200),
    "account_reset_password_from_key": AccountDoor(200, 200, (("uidb36", "1"), ("key", "not-ours"))),
    "account_reset_password_done": AccountDoor(200, 200),
    "mfa_index": AccountDoor(TO_LOG_IN, 200),
    "mfa_authenticate": AccountDoor(TO_LOG_IN, 302),
    "mfa_reauthenticate": AccountDoor(TO_LOG_IN, 302),
    "mfa_activate_totp": AccountDoor(TO_LOG_IN, 302),
    "mfa_deactivate_totp": AccountDoor(TO_LOG_IN, 404),
    "mfa_view_recovery_codes": AccountDoor(TO_LOG_IN, 404),
    "mfa_generate_recovery_codes": AccountDoor(TO_LOG_IN, 302),
    "mfa_download_recovery_codes": AccountDoor(TO_LOG_IN, 404),
    "usersessions_list": AccountDoor(TO_LOG_IN, 200),
}


def addresses(resolver: Any = None) -> Iterator[str]:
    """Names of all addresses; one without a name shows as its pattern."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one)
        else:
            assert isinstance(one, URLPattern)
            yield one.name or str(one.pattern)


def test_every_address_says_who_it_is_for() -> None:
    assert sorted(addresses()) == sorted(DOORS | ACCOUNTS)


@pytest.fixture
def everybody(db: None) -> Cast:
    return cast()


def test_doors_open_for_whom_they_are_meant_and_for_nobody_else(everybody: Cast, subtests: pytest.Subtests) -> None:
    clients = {role: everybody.client(role) for role in ROLES}
    for name, door in DOORS.items():
        there = reverse(name, kwargs=door.there(everybody))
        with subtests.test(name):
            found = {
                (role, method): outcome(knock(clients[role], method, there))
                for role in ROLES
                for method in ("get", "post")
            }
            assert found == {
                (role, method): expected(door, role, method) for role in ROLES for method in ("get", "post")
            }


def test_what_is_not_yours_looks_like_what_is_not_there(everybody: Cast, subtests: pytest.Subtests) -> None:
    clients = {role: everybody.client(role) for role in STRANGERS}
    for name, door in DOORS.items():
        if door.nowhere is None:
            continue
        there, nowhere = (reverse(name, kwargs=make(everybody)) for make in (door.there, door.nowhere))
        with subtests.test(name):
            for role in STRANGERS:
                if role in door.who:
                    continue
                for method in ("get", "post"):
                    mine = seen(knock(clients[role], method, there), there)
                    assert mine == seen(knock(clients[role], method, nowhere), nowhere), (role, method)


def test_pages_of_the_account(everybody: Cast, subtests: pytest.Subtests) -> None:
    stranger, somebody = everybody.client("anonymous"), everybody.client("entrant")
    for name, door in ACCOUNTS.items():
        with subtests.test(name):
            address = reverse(name, kwargs=dict(door.there))
            found = (outcome(knock(stranger, "get", address)), outcome(knock(somebody, "get", address)))
            assert found == (door.stranger, door.signed_in)


def test_no_address_leads_to_the_private_files(everybody: Cast) -> None:
    file = everybody.entry.essays.get().file.name
    for role in ROLES:
        client = everybody.client(role)
        for address in (
            f"/media/{file}",
            f"/private/{file}",
            f"/{file}",
            f"/static/{file}",
            f"/static/../private/{file}",
        ):
            assert client.get(address).status_code == 404, (role, address)


def expected(door: Door, role: str, method: str) -> int | str:
    status = door.get if method == "get" else door.post
    if role in door.who:
        return status
    if role == "anonymous":
        return TO_LOG_IN
    return NOT_THIS_WAY if status == NOT_THIS_WAY and door.method_first else 404


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

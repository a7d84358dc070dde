"""The table of every address of the site and who may open it: a new page says here who it is for."""

from judging.panels import tokens
from tests.walls.cast import SIGNED_IN, invitation_of
from tests.walls.doors import (
    ENTRANT,
    EVERYBODY,
    JUDGE,
    MENTOR,
    NOT_THIS_WAY,
    NOTHING_LIKE_IT,
    ORGANIZER,
    TO_LOG_IN,
    AccountDoor,
    Door,
    first_page,
    mentors,
    numbered,
    of_assignment,
    of_contest,
    of_draft,
    of_entry,
    public,
)
from tests.walls.organizer_doors import ORGANIZER_DOORS

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
    **ORGANIZER_DOORS,
}


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

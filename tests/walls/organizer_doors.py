"""The part of the table that is for organizers: every address under /organizer/."""

import uuid

from tests.walls.doors import (
    NOT_THIS_WAY,
    NOTHING_LIKE_IT,
    ORGANIZERS,
    PANEL,
    Door,
    of_contest,
    of_desk,
    of_entry,
    of_version,
    of_version_page,
)

ORGANIZER_DOORS: dict[str, Door] = {
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

"""Every page of the journey, by the role that sees it, in the loaded demo. For tests and for screenshots.

Addresses are looked up in the database, so call ``pages`` once the demo is there (``manage.py load_demo``, small or
whole). One person is invited to a jury, so that there is an invitation to look at, and a desk that is opened keeps
an empty draft; nothing else is changed.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from demo import logins
from demo.seasons import SEASONS, Stage
from essays.anonymity.models import BlindCopy, CopyAlarm
from essays.contests.models import Contest
from essays.entries.letters import guardian_token
from essays.entries.models import Entry, Essay
from essays.people.models import Institution, User
from judging.anchors.access import due_of
from judging.appeals.models import Appeal, AppealMember
from judging.assignments.models import Assignment
from judging.assignments.queue import tally_of
from judging.panels import actions as panels
from judging.panels import tokens
from judging.panels.models import Seat
from judging.panels.pasted import Person
from judging.results.models import Diploma
from judging.reviews.models import Review

INVITED = Person("Приглашённая", "Нина", "Олеговна", "invited@example.org")


@dataclass(frozen=True)
class Page:
    """``who``: the login of the demo, empty for a visitor. ``press``: the name and value of a button to press first,
    after the fields named in ``cleared`` are emptied: the page with what is wrong in it."""

    name: str
    who: str
    address: str
    status: int = 200
    press: str = ""
    cleared: tuple[str, ...] = ()


def contest_in(stage: Stage) -> Contest:
    return Contest.objects.get(slug=next(season.slug for season in SEASONS if season.stage == stage))


def pages() -> list[Page]:
    """All of them: the visitor's, the student's, the mentor's, the judge's, the organizer's."""
    return [*_of_visitors(), *_of_students(), *_of_judges(), *_of_organizers()]


def invitation() -> Seat:
    """An invitation without an answer; made where there is none."""
    contest = contest_in(Stage.INTAKE)
    if not Seat.objects.filter(contest=contest, email=INVITED.email).exists():
        panels.invite(contest, [INVITED], role=Seat.Role.MEMBER, actor=User.objects.get(email=logins.ORGANIZER))
    return Seat.objects.get(contest=contest, email=INVITED.email)


def _of_visitors() -> list[Page]:
    minor = Entry.objects.filter(contest=contest_in(Stage.INTAKE), guardian_email__gt="").order_by("pk").last()
    seat, document = invitation(), Diploma.objects.filter(kind=Diploma.Kind.DIPLOMA).first()
    assert minor and document
    found = [
        Page(f"contest-{stage}", "", reverse("contest_page", args=[contest_in(stage).slug]))
        for stage in Stage
        if stage != Stage.DRAFT
    ]
    return [
        Page("home", "", "/"),
        *found,
        Page("results", "", reverse("contest_results", args=[contest_in(Stage.ANNOUNCED).slug])),
        Page("document", "", reverse("verify_document", args=[document.number])),
        Page("document-unknown", "", reverse("verify_document", args=["LR-2026-000-000-000-000"]), status=404),
        Page("document-check", "", reverse("check_document")),
        Page("guardian", "", reverse("guardian", args=[guardian_token(minor)])),
        Page("guardian-gone", "", reverse("guardian", args=["no-such-token"]), status=404),
        Page("invitation", "", reverse("seat_invitation", args=[tokens.make(seat.public_id, seat.invited_at)])),
        Page("signup", "", reverse("account_signup")),
        Page("signup-problems", "", reverse("account_signup"), press="submit", cleared=("email",)),
        Page("verification-sent", "", reverse("account_email_verification_sent")),
        Page("email-confirm-unknown", "", reverse("account_confirm_email", args=["no-such-key"])),
        Page("login", "", reverse("account_login")),
        Page("password-reset", "", reverse("account_reset_password")),
        Page("password-reset-sent", "", reverse("account_reset_password_done")),
        Page("nowhere", "", "/nowhere/", status=404),
    ]


def _of_students() -> list[Page]:
    who, mine = logins.STUDENT, Entry.objects.filter(owner__email=logins.STUDENT)
    draft = mine.get(contest=contest_in(Stage.INTAKE), state=Entry.State.DRAFT)
    announced = mine.get(contest=contest_in(Stage.ANNOUNCED))
    pupils = Entry.objects.filter(owner__email=logins.MENTOR, contest=contest_in(Stage.INTAKE)).get()
    appealed = Appeal.objects.filter(state=Appeal.State.DECIDED).select_related("entry__owner").get().entry
    remarked = Entry.objects.get(essays__remarks__isnull=False)

    def part(name: str, **more: object) -> Page:
        return Page(f"application-{name}", who, reverse(f"entry_{name}", args=[draft.public_id]), **more)  # type: ignore[arg-type]

    return [
        Page("my-works", who, reverse("my_entries")),
        Page("enter", logins.MENTOR, reverse("enter", args=[draft.contest.slug])),
        Page("application", who, reverse("entry", args=[draft.public_id])),
        part("author"),
        Page(
            "application-author-problems",
            who,
            reverse("entry_author", args=[draft.public_id]),
            press="submit",
            cleared=("surname", "birth_date"),
            status=422,
        ),
        part("studies"),
        part("theme"),
        part("essay"),
        Page(
            "application-essay-problems",
            who,
            reverse("entry_essay", args=[draft.public_id]),
            press="submit",
            status=422,
        ),
        part("consents"),
        Page("application-delete", who, reverse("entry_withdraw", args=[draft.public_id])),
        Page("entry-announced", who, reverse("entry", args=[announced.public_id])),
        Page("copy", who, reverse("entry_copy", args=[announced.public_id])),
        Page("entry-received", logins.MENTOR, reverse("entry", args=[pupils.public_id])),
        Page("entry-send", logins.MENTOR, reverse("entry_send", args=[pupils.public_id])),
        Page("entry-consents", logins.MENTOR, reverse("entry_consents", args=[pupils.public_id])),
        Page("pages-to-paint", logins.MENTOR, reverse("entry_pages", args=[pupils.public_id])),
        Page("copy-remarked", remarked.owner.email, reverse("entry_copy", args=[remarked.public_id])),
        Page("appeal-form", who, reverse("appeal", args=[announced.public_id])),
        Page("appeal-problems", who, reverse("appeal", args=[announced.public_id]), press="submit"),
        Page("appeal-decided", appealed.owner.email, reverse("appeal", args=[appealed.public_id])),
        Page("entry-appealed", appealed.owner.email, reverse("entry", args=[appealed.public_id])),
        Page("no-seat", who, reverse("judge_queue")),
        Page("account-email", who, reverse("account_email")),
        Page("account-password", who, reverse("account_change_password")),
        Page("account-two-steps", who, reverse("mfa_index")),
        Page("account-two-steps-begin", who, reverse("mfa_activate_totp")),
        Page("account-reauthenticate", who, reverse("account_reauthenticate")),
        Page("account-sessions", who, reverse("usersessions_list")),
    ]


def _of_judges() -> list[Page]:
    """Of the judge whose login is printed, and where that one has nothing in a state, of another one."""
    contest = contest_in(Stage.JUDGING)
    draft = _desk(contest, Q(review__state=Review.State.DRAFT)) or _desk(contest, Q(state=Assignment.State.WAITING))
    untouched = _desk(contest, Q(state=Assignment.State.WAITING, review=None)) or draft
    done, over = _desk(contest, Q(state=Assignment.State.DONE)), _desk(contest_in(Stage.DECIDING), Q())
    assert draft and done and over and untouched
    who = _reader(draft)
    hearing = AppealMember.objects.open().get(seat__user__email=logins.JUDGE)
    measured, anchor = _anchor(contest)
    desk = reverse("reading_desk", args=[draft.public_id])
    return [
        Page("queue", who, f"{reverse('judge_queue')}?contest={contest.slug}"),
        Page("queue-drafts", who, f"{reverse('judge_queue')}?contest={contest.slug}&show=draft"),
        Page("desk", who, desk),
        Page(
            "desk-problems",
            _reader(untouched),
            reverse("reading_desk", args=[untouched.public_id]),
            press="act=submit",
            cleared=("mark",),
        ),
        Page("desk-done", _reader(done), reverse("reading_desk", args=[done.public_id])),
        Page("desk-over", _reader(over), reverse("reading_desk", args=[over.public_id])),
        Page("recusal", who, reverse("recuse", args=[draft.public_id])),
        Page("offline", who, reverse("judge_offline", args=[contest.slug])),
        Page("anchors", who, reverse("own_anchors", args=[contest.slug])),
        Page("anchor", measured, anchor),
        Page("hearing", logins.JUDGE, reverse("hear_appeal", args=[hearing.public_id])),
        Page("seat", who, f"{reverse('my_seat', args=[draft.seat.public_id])}?q=барнаул"),
    ]


def _anchor(contest: Contest) -> tuple[str, str]:
    """A judge whose turn it is to read an anchor, and its address."""
    for seat in Seat.objects.filter(contest=contest).reading().select_related("user", "contest__judging_rules"):
        tally = tally_of(seat)
        due = due_of(seat, done=tally.done, of=tally.of)
        if due and seat.user:
            return seat.user.email, reverse("own_anchor", args=[contest.slug, due.anchor.public_id])
    raise AssertionError("nobody has an anchor to read")


def _desk(contest: Contest, state: Q) -> Assignment | None:
    found = Assignment.objects.filter(state, contest=contest, copy__state=BlindCopy.State.RELEASED)
    found = found.select_related("seat__user").order_by("pk")
    return found.filter(seat__user__email=logins.JUDGE).first() or found.first()


def _reader(assignment: Assignment) -> str:
    assert assignment.seat.user
    return assignment.seat.user.email


def _of_organizers() -> list[Page]:
    who = logins.ORGANIZER
    draft, intake, judging, deciding, announced, approved = (
        contest_in(stage).slug
        for stage in (Stage.DRAFT, Stage.INTAKE, Stage.JUDGING, Stage.DECIDING, Stage.ANNOUNCED, Stage.APPROVED)
    )
    pictures = Essay.objects.current().get(entry__contest__slug=intake, format="pictures")
    doubtful = Essay.objects.current().get(blind_copy__doubts__icontains="misspelt")
    alarm = CopyAlarm.objects.get(settled=False)
    alarmed = Essay.objects.current().select_related("entry").get(blind_copy=alarm.copy_id)
    remarked = Entry.objects.get(essays__remarks__isnull=False)
    appeals = {one.state: one for one in Appeal.objects.filter(contest__slug=announced)}
    entry = Entry.objects.filter(contest__slug=intake, state=Entry.State.RECEIVED).order_by("number").first()
    assert entry
    seat = Seat.objects.filter(contest__slug=judging).first()
    place = Institution.objects.first()
    assert seat and place

    def room(name: str, slug: str, *args: object, **more: object) -> Page:
        address = reverse(f"organizer_{name}", args=[slug, *args])
        return Page(f"organizer-{name}-{slug[-1]}", who, address, **more)  # type: ignore[arg-type]

    parts = ("texts", "requirements", "calendar", "categories", "nominations", "consents", "rubric", "rules", "awards")
    return [
        Page("organizer-home", who, reverse("organizer_home")),
        Page("organizer-new", who, reverse("organizer_new")),
        Page("organizer-new-problems", who, reverse("organizer_new"), press="submit"),
        Page("organizer-institutions", who, reverse("organizer_institutions")),
        Page("organizer-institution", who, reverse("organizer_institution", args=[place.pk])),
        *(room(name, draft) for name in ("regulation", *parts)),
        *(room(name, judging) for name in ("regulation", *parts)),
        room("levels", draft, 1),
        *(room("board", slug) for slug in (draft, intake, judging, deciding, announced)),
        room("team", intake),
        room("judges", intake),
        room("judges", judging),
        room("seat", judging, seat.public_id),
        room("entries", intake),
        room("entry", intake, entry.public_id),
        Page(
            "organizer-entry-problems",
            who,
            reverse("organizer_entry", args=[intake, entry.public_id]),
            press="submit",
            status=422,
        ),
        room("copy", intake, entry.public_id, 1),
        room("redaction", intake),
        room("redaction", announced),
        room("redaction_desk", intake, doubtful.entry.public_id),
        Page("redaction-remark", who, reverse("organizer_redaction_desk", args=[intake, remarked.public_id])),
        room("redaction_desk", judging, alarmed.entry.public_id),
        room("pages", intake, pictures.entry.public_id, pictures.version),
        room("assignments", intake),
        room("assignments", judging),
        Page("organizer-plan", who, f"{reverse('organizer_assignments', args=[judging])}?seed=жребий"),
        room("estimate", draft),
        room("anchors", judging),
        *(room("reviews", slug) for slug in (judging, deciding, announced)),
        Page("organizer-want-third", who, f"{reverse('organizer_reviews', args=[judging])}?show=disagreement"),
        *(room("judges_numbers", slug) for slug in (judging, announced)),
        *(room("second_look", slug) for slug in (judging, deciding)),
        *(room("ranking", slug) for slug in (judging, deciding, announced)),
        *(room(name, deciding) for name in ("what_if", "stability")),
        *(room("session", slug) for slug in (deciding, announced)),
        *(room("results", slug) for slug in (judging, announced)),
        Page("results-second-word", who, reverse("organizer_results", args=[approved])),
        *(room(name, announced) for name in ("documents", "document_list", "appeals")),
        *(
            Page(f"organizer-appeal-{state}", who, reverse("organizer_appeal", args=[announced, one.public_id]))
            for state, one in appeals.items()
        ),
        *(room("letters", slug) for slug in (intake, announced)),
        *(room("ledger", slug) for slug in (intake, announced)),
    ]

"""What an organizer does to a contest. Every act is in the ledger; every refusal says why."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from essays.contests import hooks, schedule
from essays.contests.locks import BLINDNESS, CALENDAR, facts_of, locks, overtaken, shortened, tightened
from essays.contests.models import Category, ConsentText, Contest, ContestOrganizer, Nomination
from essays.contests.problems import Outdated, Problem, Refused
from essays.contests.publishing import calendar_problems
from essays.ledger import actions as ledger
from essays.ledger import clock
from essays.people.models import User

# Copied into a new contest from an earlier one.
INHERITED = (
    "summary_ru",
    "summary_en",
    "regulation_ru",
    "regulation_en",
    "organizer_name_ru",
    "organizer_name_en",
    "contact_email",
    "formats",
    "max_bytes",
    "min_characters",
    "max_characters",
    "min_words",
    "max_words",
    "mentor_allowed",
    "admits_itself",
    "blindness",
    "hides_places",
    "appeal_days",
    "hearing_days",
    "appeal_members",
)
ROWS: dict[str, type[Category] | type[Nomination]] = {"categories": Category, "nominations": Nomination}


def create_contest(
    actor: User,
    *,
    slug: str,
    title_ru: str,
    title_en: str,
    time_zone: str,
    opens_at: datetime,
    closes_at: datetime,
    source: Contest | None = None,
) -> Contest:
    """A new draft, run by ``actor``; from scratch with usual terms, or after an earlier contest.

    A copy takes over texts, requirements, categories, nominations, consent texts and what judging copies
    (rubric, rules, awards), never people. ``opens_at < closes_at``. Raises ``Refused`` for an address in use.
    """
    contest = Contest(
        slug=slug,
        title_ru=title_ru,
        title_en=title_en,
        time_zone=time_zone,
        formats=["docx", "odt", "pdf", "txt"],
        contact_email=actor.email,
    )
    if opens_at >= closes_at:
        raise Refused(_("Intake closes before it opens: check both dates."), "closes_at")
    if source is None:
        terms = schedule.propose(opens_at, closes_at, contest.zone)
    else:
        earlier = {name: getattr(source, name) for name in schedule.PLANNED}
        terms = schedule.like(earlier, opens_at, closes_at, contest.zone)
        for name in INHERITED:
            setattr(contest, name, getattr(source, name))
    for name, moment in terms.items():
        setattr(contest, name, moment)
    try:
        with transaction.atomic():
            contest.save(force_insert=True)
            ContestOrganizer.objects.create(contest=contest, user=actor)
            if source is not None:
                _copy_parts(source, contest)
            ledger.record("contest.created", contest, actor=actor, data={"copy_of": source.pk if source else None})
    except IntegrityError:
        raise Refused(_("This address is taken by another contest: choose another one."), "slug") from None
    return contest


def _copy_parts(source: Contest, contest: Contest) -> None:
    for category in source.categories.all():
        Category.objects.create(
            contest=contest,
            position=category.position,
            name_ru=category.name_ru,
            name_en=category.name_en,
            institution_kind=category.institution_kind,
        )
    for nomination in source.nominations.all():
        Nomination.objects.create(
            contest=contest,
            position=nomination.position,
            name_ru=nomination.name_ru,
            name_en=nomination.name_en,
            description_ru=nomination.description_ru,
            description_en=nomination.description_en,
        )
    for text in current_consent_texts(source).values():
        ConsentText.objects.create(contest=contest, kind=text.kind, body_ru=text.body_ru, body_en=text.body_en)
    for copy in hooks.copiers:
        copy(source, contest)


def change_regulation(
    contest: Contest, version: int, changes: Mapping[str, Any], *, section: str, actor: User
) -> list[str]:
    """Set fields of a contest; returns the names that really changed.

    ``version`` is the contest's when the page was opened: raises ``Outdated`` when somebody was faster, and
    ``Refused`` with one problem per field that may not change. A draft may keep dates out of order for a
    while; a published contest may not.
    """
    with transaction.atomic():
        fresh = Contest.objects.select_for_update().get(pk=contest.pk)
        effective = {name: value for name, value in changes.items() if getattr(fresh, name) != value}
        if not effective:
            return []
        _refuse_forbidden(fresh, effective)
        claim_version(fresh, version, **effective)
        if effective.keys() & set(BLINDNESS):
            fresh.refresh_from_db()
            for listener in hooks.blindness_listeners:
                listener(fresh)
        fields = sorted(effective)
        ledger.record("contest.changed", fresh, actor=actor, data={"section": section, "fields": fields})
    contest.refresh_from_db()
    return fields


def _refuse_forbidden(contest: Contest, changes: Mapping[str, Any]) -> None:
    now = clock.now()
    facts = facts_of(contest, now)
    reasons = {name: reason for name, reason in locks(facts).items() if name in changes}
    if facts.entries:
        reasons = tightened(contest, changes) | reasons
    reasons = shortened(contest, facts, changes) | overtaken(contest, facts, changes, now) | reasons
    problems = [Problem(reason, name) for name, reason in reasons.items()]
    if not problems and changes.keys() & set(CALENDAR):
        for name, value in changes.items():
            setattr(contest, name, value)
        out_of_order = calendar_problems(contest.calendar)
        if facts.public or contest.closes_at <= contest.opens_at:
            problems = out_of_order
    slug = changes.get("slug")
    if slug and Contest.objects.filter(slug=slug).exclude(pk=contest.pk).exists():
        problems.append(Problem(_("This address is taken by another contest: choose another one."), "slug"))
    if problems:
        raise Refused(problems=tuple(problems))


def claim_version(contest: Contest, version: int, **changes: Any) -> None:
    """Raise the version of the regulation together with ``changes``, or ``Outdated`` if somebody was faster.

    Everything that belongs to the regulation goes through here, the rubric too: the conditional UPDATE is the
    lock between two organizers. Call it inside the transaction of the change.
    """
    claimed = Contest.objects.filter(pk=contest.pk, version=version).update(version=F("version") + 1, **changes)
    if not claimed:
        raise Outdated(
            _(
                "Somebody else changed the regulation while you were writing. What you typed is still here: "
                "open this page in another tab, compare, and save again."
            )
        )


def set_rows(contest: Contest, version: int, section: str, rows: Sequence[Mapping[str, Any]], *, actor: User) -> None:
    """Make the categories or nominations (``section``) of a contest be these, in this order.

    A row is a mapping of field values with ``id`` of an existing row or None. What is not among ``rows`` is
    deleted. Raises ``Refused`` when a row with entries would go, or one would be added too late; ``Outdated``
    as ``change_regulation`` does.
    """
    model = ROWS[section]
    with transaction.atomic():
        fresh = Contest.objects.select_for_update().get(pk=contest.pk)
        claim_version(fresh, version)
        manager: Any = getattr(fresh, section)
        present = {row.pk: row for row in manager.all()}
        kept = {row["id"] for row in rows if row["id"] is not None}
        if not kept <= present.keys():
            raise Refused(_("A row of this list is not there any more: open the page again."))
        gone = [row for pk, row in present.items() if pk not in kept]
        added = [row for row in rows if row["id"] is None]
        _refuse_lost_rows(fresh, section, gone)
        reason = locks(facts_of(fresh, clock.now())).get(section)
        if added and reason:
            raise Refused(reason)
        _refuse_same_names(rows)
        manager.filter(pk__in=[row.pk for row in gone]).delete()
        for position, values in enumerate(rows, start=1):
            row = present.get(values["id"]) or model(contest=fresh)
            for name, value in values.items():
                if name != "id":
                    setattr(row, name, value)
            row.position = position
            row.save()
        ledger.record(
            f"contest.{section}_changed",
            fresh,
            actor=actor,
            data={"rows": len(rows), "added": len(added), "removed": len(gone)},
        )
    contest.refresh_from_db()


def _refuse_same_names(rows: Sequence[Mapping[str, Any]]) -> None:
    """Nobody could choose between two categories, or nominations, of one name."""
    problems = []
    seen: set[str] = set()
    for index, row in enumerate(rows):
        name = " ".join(str(row["name_ru"]).split()).casefold()
        if name in seen:
            problems.append(Problem(_("There is one of this name already."), f"{index}-name_ru"))
        seen.add(name)
    if problems:
        raise Refused(problems=tuple(problems))


def _refuse_lost_rows(contest: Contest, section: str, gone: Sequence[Any]) -> None:
    key = {"categories": "category", "nominations": "nomination"}[section]
    for row in gone:
        entries = contest.entries.filter(**{key: row.pk}).count()
        if entries:
            raise Refused(
                _("“%(name)s” stays: entries have been made in it (%(entries)d).")
                % {"name": row.name, "entries": entries}
            )


def current_consent_texts(contest: Contest) -> dict[str, ConsentText]:
    """The newest version of each consent text, by kind."""
    texts: dict[str, ConsentText] = {}
    for text in contest.consent_texts.order_by("kind", "version"):
        texts[text.kind] = text
    return texts


def add_consent_text(
    contest: Contest, version: int, *, kind: str, body_ru: str, body_en: str, actor: User
) -> ConsentText:
    """A new version of a consent text. Consents already given stay with the version that was read."""
    with transaction.atomic():
        claim_version(contest, version)
        last = contest.consent_texts.filter(kind=kind).order_by("-version").first()
        if last and (last.body_ru, last.body_en) == (body_ru, body_en):
            raise Refused(_("This is word for word the present version: nothing to publish."), "body_ru")
        text = ConsentText.objects.create(
            contest=contest,
            kind=kind,
            version=last.version + 1 if last else 1,
            body_ru=body_ru,
            body_en=body_en,
        )
        data = {"kind": str(kind), "version": text.version}
        ledger.record("contest.consent_text_added", contest, actor=actor, data=data)
    contest.refresh_from_db()
    return text

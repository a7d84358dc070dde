"""The words of a document: the built-in ones, or the contest's own where its organizer has written some."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from essays.contests.models import Contest
from essays.templatetags.quotes import nested
from judging.results import pictures
from judging.results.declension import dative
from judging.results.diploma import NO_PICTURES, Pictures, Wording
from judging.results.models import Diploma, DocumentDesign

NOMINATIVE, DATIVE = "nominative", "dative"
PLACEHOLDERS = ("author", "award", "contest")
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
LONGEST = 160


@dataclass(frozen=True)
class Occasion:
    """What one document is about. ``holder``: surname, given name, patronymic of the one whose name stands large."""

    kind: str
    number: str
    holder: tuple[str, str, str]
    author: str
    belongs: str
    award: str
    tone: str
    place: int
    essay: str
    category: str
    nomination: str
    day: date
    printed_name: str = ""


def page_of(occasion: Occasion, contest: Contest, design: DocumentDesign | None) -> Wording:
    """All words of the page, in the active language."""
    words = built_in(occasion.kind) | {
        name: text for name, text in own_words(design, occasion.kind).items() if str(text).strip()
    }
    awarded = occasion.kind == Diploma.Kind.DIPLOMA
    fills = {"author": shortened(occasion.author), "award": occasion.award, "contest": shortened(str(contest.title))}
    address = settings.SITE_ORIGIN + reverse("verify_document", args=[occasion.number])
    shown = urlsplit(address)
    return Wording(
        document_title=f"{words['heading']} {occasion.number}",
        language=settings.LANGUAGE_CODE,
        tone=occasion.tone if awarded else "laurel",
        organizer=shortened(str(contest.organizer_name)),
        emblem=roman(occasion.place) if awarded else "",
        heading=words["heading"],
        subheading=occasion.award if awarded else words["subheading"],
        lead=words["lead"],
        name=name_of(occasion, words["case"]),
        belongs=occasion.belongs,
        reason=filled(words["reason"], fills),
        essay=_("“%(title)s”") % {"title": nested(shortened(occasion.essay))} if occasion.essay else "",
        # On two lines: a nomination's name is long, and its last word must not hang alone.
        cell="\n".join(
            (
                _("Category “%(name)s”") % {"name": nested(occasion.category)},
                _("Nomination “%(name)s”") % {"name": nested(shortened(occasion.nomination))},
            )
        ),
        contest=shortened(str(contest.title)),
        dated=_dated(occasion.day, design.place if design else ""),
        number_label=_("Document"),
        number=occasion.number,
        verify_label=_("Its authenticity can be checked here:"),
        verify_url=address,
        verify_shown=f"{shown.netloc}{shown.path}",
        qr_alt=_("QR code of the address where this document can be checked"),
        signer_post=design.signer_post if design else "",
        signer_name=design.signer_name if design else "",
        signature_alt=_("Signature"),
        emblem_alt=_("Emblem of the organizer"),
    )


def built_in(kind: str) -> dict[str, str]:
    """Heading, subheading, lead, reason and case of the name, where the contest has no words of its own."""
    if kind == Diploma.Kind.DIPLOMA:
        return {
            "heading": _("Diploma"),
            "subheading": "",
            "lead": _("is awarded to"),
            "reason": _("for the essay"),
            "case": NOMINATIVE,
        }
    if kind == Diploma.Kind.THANKS:
        return {
            "heading": _("Thanks"),
            "subheading": "",
            "lead": "",
            "reason": _("Thank you for mentoring the author of the awarded essay: {author} ({award})"),
            "case": NOMINATIVE,
        }
    return {
        "heading": _("Certificate"),
        "subheading": _("of a participant"),
        "lead": "",
        "reason": _("Author of the essay that the jury of the competition has read and scored"),
        "case": NOMINATIVE,
    }


def own_words(design: DocumentDesign | None, kind: str) -> Mapping[str, str]:
    return design.wordings.get(kind, {}) if design else {}


def pictures_of(design: DocumentDesign | None) -> Pictures:
    """Emblem and signature as the typesetter takes them."""
    if design is None or not (design.emblem or design.signature):
        return NO_PICTURES
    return Pictures(pictures.as_svg(bytes(design.emblem)), pictures.as_svg(bytes(design.signature)))


def filled(text: str, fills: Mapping[str, str]) -> str:
    """The text with {author}, {award} and {contest} filled in; braces of anything else stay as they are written."""
    for name in PLACEHOLDERS:
        text = text.replace("{" + name + "}", fills[name])
    return text


def name_of(occasion: Occasion, case: str) -> str:
    """Surname above, the other names below; as an organizer has put it right, else in the case of the design."""
    if occasion.printed_name:
        surname, _space, others = occasion.printed_name.partition(" ")
        return f"{surname}\n{others}".strip()
    surname, given_name, patronymic = occasion.holder
    if case == DATIVE:
        declined = dative(surname, given_name, patronymic)
        surname, given_name, patronymic = declined.surname, declined.given_name, declined.patronymic
    return f"{surname}\n{given_name} {patronymic}".strip()


def roman(number: int) -> str:
    written = ""
    for value, sign in ROMAN:
        while number >= value:
            written += sign
            number -= value
    return written


def shortened(words: str) -> str:
    """One page stays one page: what is longer than two lines ends in an ellipsis."""
    words = " ".join(words.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def _dated(day: date, place: str) -> str:
    written = formats.date_format(day, "j E Y")
    return f"{place}, {written}" if place else written

"""Why a place is hidden or doubtful, in a sentence for the organizer, and what kinds of places are called."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from essays.anonymity.decisions import BY_A_PERSON, HIDDEN

# By the rule that found it; where none is known by its words, the kind explains.
REASONS: dict[str, Any] = {
    BY_A_PERSON: _("An organizer decided so."),
    "given name": _("The author's given name."),
    "given name in small letters": _("The author's given name, written small."),
    "diminutive": _("A short form of the author's given name."),
    "patronymic": _("The author's patronymic."),
    "a nickname from the surname": _("A nickname made of the author's surname."),
    "what the author is called": _("A name by which the author is called."),
    "a name cut short": _("The author's name, cut short."),
    "initials alone on a line": _("The author's initials."),
    "initials as a signature": _("The author's initials."),
    "initials of who speaks": _("The author's initials."),
    "a name after a private cue": _("A name beside a word such as «mum», «friend», «neighbour»."),
    "a person nobody knows": _("A person who is in none of the lists of well-known people."),
    "a person in an English text": _("A person's name in an English text."),
    "given name and patronymic": _("A given name with a patronymic: so people speak of those they know."),
    "a teacher's name after its cue": _("A name beside a word such as «teacher»."),
    "an institution with its legal form": _("An institution under its official name."),
    "the number of the institution": _("The number of the author's institution."),
    "the number of the institution in words": _("The number of the author's institution, in words."),
    "the institution's name": _("The name of the author's institution."),
    "a class with its letter": _("A class with its letter."),
    "a group with its code": _("A group with its code."),
    "the author's class": _("The author's class, year or group."),
    "a home address": _("It looks like a home address."),
    "the author's date of birth": _("The author's date of birth."),
    "the author's telephone": _("The author's telephone."),
    "the place in a byline": _("The place in the author's signature or on the title page."),
    "a long number": _("A long number, as of a document or a card."),
}
KINDS: dict[str, tuple[Any, Any]] = {
    HIDDEN: (_("hidden"), _("Somebody chose to hide it.")),
    "participant": (_("the author"), _("A form of the author's name.")),
    "mentor": (_("a teacher"), _("The mentor or another teacher.")),
    "guardian": (_("the parent"), _("The parent or guardian.")),
    "relative": (_("a relative"), _("A relative of the author.")),
    "person": (_("another person"), _("A private person.")),
    "institution": (_("school, college, university"), _("It looks like the author's institution.")),
    "course": (_("class or group"), _("A class, year or group.")),
    "place": (_("a place"), _("A place that tells where the author lives.")),
    "post": (_("a rare post"), _("A post that only one person of a place holds.")),
    "address": (_("address"), _("It looks like a home address.")),
    "birth_date": (_("date of birth"), _("It looks like a date of birth.")),
    "email": (_("e-mail"), _("An e-mail address.")),
    "phone": (_("telephone"), _("A telephone number.")),
    "handle": (_("a nickname"), _("A name in a messenger or a login.")),
    "link": (_("a link"), _("A page of the author or of the school.")),
    "leak": (_("the check found it"), _("The check still finds the author.")),
    "remark": (_("the author pointed at it"), _("The author of the essay pointed at this place.")),
}
NUMBERED = frozenset({"application", "card", "certificate", "document", "inn", "number", "passport", "snils"})
NUMBERS = (_("a number of a document"), _("It looks like a number of a document, an application or a card."))
UNKNOWN = (_("a place"), _("The program takes it for something that tells who the author is."))
# What the self-attack calls its finds, by the words that its codes begin with.
LEAKS: dict[str, Any] = {
    "author": _("The check still finds the author's name."),
    "mentor": _("The check still finds the mentor's surname."),
    "guardian": _("The check still finds the surname of the parent or guardian."),
    "institution": _("The check still finds the author's institution."),
    "metadata": _("These words stand in the file's own properties: they may be the author's."),
    "e-mail": _("The check still finds the author's e-mail address."),
    "mailbox": _("The check still finds the author's e-mail address."),
    "phone": _("The check still finds the author's telephone."),
    "date of birth": _("The check still finds the author's date of birth."),
}
CHOICES: list[tuple[str, Any]] = [
    (kind, KINDS[kind][0])
    for kind in (HIDDEN, "participant", "mentor", "relative", "person", "institution", "course", "place", "link")
]
"""Kinds that a person may choose for a new place."""


def kind(code: str) -> str:
    """What a kind of places is called."""
    return str(_known(code)[0])


def reason(code: str, of_kind: str) -> str:
    """Why a place is hidden, as a sentence."""
    if of_kind == "leak":
        return str(LEAKS.get(code.split(":")[0], KINDS["leak"][1]))
    return str(REASONS.get(code) or _known(of_kind)[1])


def _known(of_kind: str) -> tuple[Any, Any]:
    return KINDS.get(of_kind) or (NUMBERS if of_kind in NUMBERED else UNKNOWN)

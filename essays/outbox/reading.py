"""A letter as its organizers may read it: the words that went out, without what opens a door or names a code."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.urls import Resolver404, resolve

from essays.outbox.models import Letter
from essays.outbox.rendering import message_of

MASK = "••••••"
# What a link is made of; a full stop or a comma behind it belongs to the sentence.
PATH = re.compile(r"/[^\s<>\"«»]*[^\s<>\"«».,;:!?)]|/")


@dataclass(frozen=True)
class Shown:
    """``without_links``: a link that opens without a password was masked; ``without_code``: the entry's code was."""

    subject: str
    text: str
    without_links: bool
    without_code: bool


def shown(letter: Letter, *, hides_codes: bool) -> Shown:
    """The plain text, made anew from what is kept of the letter, in its own language.

    A link that whoever has it may use is never shown: a guardian's signature, a judge's invitation. ``hides_codes``
    while a code must not be read beside a name: before the ranking is approved.
    """
    message = message_of(letter)
    subject, written = str(message.subject), str(message.body)
    text = re.sub(re.escape(settings.SITE_ORIGIN) + f"(?:{PATH.pattern})", _masked, written)
    without_links = text != written
    code = letter.context.get("code")
    without_code = bool(hides_codes and code and code in subject + text)
    if without_code:
        subject, text = subject.replace(code, MASK), text.replace(code, MASK)
    return Shown(subject, text, without_links, without_code)


def _masked(link: re.Match[str]) -> str:
    """The link, unless its address has a token in it; an address that leads nowhere is masked too."""
    path = link[0].removeprefix(settings.SITE_ORIGIN).partition("?")[0]
    try:
        opens = "token" in resolve(path).kwargs
    except Resolver404:
        opens = True
    return f"{settings.SITE_ORIGIN}/{MASK}" if opens else link[0]

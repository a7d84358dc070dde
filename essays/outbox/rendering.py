"""From a queued letter to the message that is sent."""

import hashlib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation

from essays.outbox.models import Letter
from essays.templatetags.quotes import nested


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The message of a letter. The Message-ID follows from the letter's key: a repeat is recognised as one."""
    subject, text, html = letter.subject, letter.text, letter.html
    if not text:
        subject, text, html = render(letter.name, letter.context, letter.language)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    identifier = hashlib.sha256(letter.key.encode()).hexdigest()[:32]
    message = EmailMultiAlternatives(
        subject=one_line(subject),
        body=text,
        to=[letter.to],
        headers={"Message-ID": f"<{identifier}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    if html:
        message.attach_alternative(html, "text/html")
    return message


def render(name: str, context: dict[str, object], language: str) -> tuple[str, str, str]:
    """Subject, plain text and HTML of ``templates/letters/<name>/`` in a language ("ru" or "en")."""
    with translation.override(language):
        values = {"origin": settings.SITE_ORIGIN, "language": language, **context}
        titles = context.get("contest")
        if isinstance(titles, dict):
            # A letter is queued before its language counts: the cause leaves the title in both.
            values["contest_title"] = nested(titles.get(language) or titles.get("ru", ""))
        return (
            one_line(_plain(f"letters/{name}/subject.txt", values)),
            _plain(f"letters/{name}/body.txt", values).strip() + "\n",
            render_to_string(f"letters/{name}/body.html", values),
        )


def _plain(path: str, values: dict[str, object]) -> str:
    """Render text that is not HTML: quotes and ampersands of names stay what they are."""
    template = get_template(path).template  # type: ignore[attr-defined]
    return str(template.render(Context(values, autoescape=False)))


def one_line(text: str) -> str:
    """A subject is one line: a name with a line break in it must not become a header."""
    return " ".join(text.split())

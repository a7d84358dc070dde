"""Sentences of Django and allauth that our catalogue says in plainer Russian.

Our catalogue goes before theirs. Naming the sentences here lets it find them; nothing imports this module.
"""

from django.utils.translation import gettext_noop, ngettext

FORMS = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_noop("Ensure this value is greater than or equal to %(limit_value)s."),
)
ACCOUNTS = (
    gettext_noop("The email address and/or password you specified are not correct."),
    gettext_noop("This password is too common."),
    gettext_noop("This password is entirely numeric."),
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("Your password can’t be a commonly used password."),
    gettext_noop("Your password can’t be entirely numeric."),
)


def password_length(characters: int) -> tuple[str, str]:
    """What Django says of a password's length: the rule, and the error (its plural is asked with ``%d``)."""
    return (
        ngettext(
            "Your password must contain at least %(min_length)d character.",
            "Your password must contain at least %(min_length)d characters.",
            characters,
        ),
        ngettext(
            "This password is too short. It must contain at least %d character.",
            "This password is too short. It must contain at least %d characters.",
            characters,
        ),
    )

"""The self-attack on a picture that judges are to receive: is it nothing but pixels?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from essays.anonymity import bare_jpeg
from essays.anonymity.identity import Identity

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866")
_LEAST_LETTERS = 4
_LEAST_BYTES = 6
"""Coded pixels hold shorter runs of bytes by chance."""


def find_leaks(jpeg: bytes, identity: Identity, metadata_strings: Iterable[str] = ()) -> list[str]:
    """Codes of what is wrong with the picture's bytes: «structure», «words»; an empty list means clean.

    What the pixels show nobody but a person can tell: this looks at everything else.
    """
    found = []
    if bare_jpeg.size_of(jpeg) is None:
        found.append("structure")
    small = jpeg.lower()
    if any(one in jpeg or one in small for one in _needles((*_known(identity), *metadata_strings))):
        found.append("words")
    return found


def _known(identity: Identity) -> Iterator[str]:
    for person in (identity.author, identity.mentor, identity.guardian):
        if person is not None:
            yield from (person.surname, person.given_name, person.patronymic)
    yield from (identity.email, identity.phone)
    if identity.institution is not None:
        yield from (identity.institution.name, identity.institution.short_name)


def _needles(strings: Iterable[str]) -> Iterator[bytes]:
    for string in strings:
        if len(string) >= _LEAST_LETTERS:
            for form in {string, string.lower()}:
                for encoding in _ENCODINGS:
                    needle = form.encode(encoding, "ignore")
                    # In an alphabet that lacks the letters nothing of the word is left to be looked for.
                    if len(needle) >= max(_LEAST_BYTES, len(form)):
                        yield needle

"""Entry codes: all that a judge and, without consent, the public see instead of a name. Pure.

A code looks like ``K7P-4M2-9CT-3A6``: eleven random symbols and one check symbol, in groups of three.

* Letters are those that look the same in Cyrillic and Latin (А Е К М Р С Т У), so a code on paper can be
  typed in either layout. Left out: О (zero), В (eight), Н and Х (heard as М and К on a bad line), and the
  digits 0 and 1.
* Every group holds a digit, so that no group can spell a word.
* The check symbol, a weighted sum in the field of sixteen elements, finds every single wrong symbol and every
  exchange of two symbols.
* 43 random bits: not guessable where guesses are rate limited, and a collision among 100,000 codes has a
  chance of about one in 2,000: keep the column unique and draw again.

The stored form is ASCII (addresses, file names, sorting); ``in_cyrillic`` gives the form that a screen reader
pronounces rightly in Russian.
"""

import secrets
import unicodedata
from collections.abc import Callable

ALPHABET = "23456789ACEKMPTY"
CYRILLIC = str.maketrans("ACEKMPTY", "АСЕКМРТУ")
GROUP = 3
LENGTH = 12

_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}

# What people type for a symbol: the other layout, the letter that sounds alike, the sign that looks alike.
# Nothing on the left is itself a symbol.
_MEANT = str.maketrans("АСЕКМРТУЁЭRSUЗЧБВBZ", "ACEKMPTYEEPCY346882")


def new_code(draw: Callable[[int], int] = secrets.randbelow) -> str:
    """A fresh code in its stored form. ``draw(n)`` gives a random integer from 0 to n − 1."""
    while True:
        symbols = "".join(ALPHABET[draw(len(ALPHABET))] for _ in range(LENGTH - 1))
        symbols += _check_symbol(symbols)
        groups = _groups(symbols)
        if all(any(symbol.isdigit() for symbol in group) for group in groups):
            return "-".join(groups)


def normalise(typed: str) -> str | None:
    """The stored form of what someone typed or heard, or None when it cannot be a code.

    Case, layout, spaces, dashes and dots do not matter. A wrong check symbol gives None.
    """
    folded = unicodedata.normalize("NFKC", typed).upper()
    symbols = "".join(sign for sign in folded if sign.isalnum()).translate(_MEANT)
    if len(symbols) != LENGTH or not set(symbols) <= _VALUE.keys():
        return None
    if _check_symbol(symbols[:-1]) != symbols[-1]:
        return None
    return "-".join(_groups(symbols))


def in_cyrillic(code: str) -> str:
    """The same code written with Cyrillic letters, for screen readers and dictation in Russian."""
    return code.translate(CYRILLIC)


def _groups(symbols: str) -> list[str]:
    return [symbols[start : start + GROUP] for start in range(0, LENGTH, GROUP)]


def _check_symbol(symbols: str) -> str:
    """Σ αⁱ·dᵢ over GF(16), α a generator: weights are all different, so are their effects on any digit."""
    total, weight = 0, 2
    for symbol in symbols:
        total ^= _times(weight, _VALUE[symbol])
        weight = _times(weight, 2)
    return ALPHABET[total]


def _times(left: int, right: int) -> int:
    """Product in GF(16) modulo x⁴ + x + 1."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 16:
            left ^= 0b10011
        right >>= 1
    return product

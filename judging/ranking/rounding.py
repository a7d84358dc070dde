"""Rounding with a name, exact from a fraction to a decimal. Pure."""

import decimal
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

MODES = frozenset(
    {
        decimal.ROUND_HALF_UP,
        decimal.ROUND_HALF_EVEN,
        decimal.ROUND_HALF_DOWN,
        decimal.ROUND_UP,
        decimal.ROUND_DOWN,
        decimal.ROUND_CEILING,
        decimal.ROUND_FLOOR,
    }
)
NAMES = {
    "half-up": decimal.ROUND_HALF_UP,
    "half-even": decimal.ROUND_HALF_EVEN,
    "half-down": decimal.ROUND_HALF_DOWN,
    "up": decimal.ROUND_UP,
    "down": decimal.ROUND_DOWN,
}
"""How rules name the modes; all numbers that are rounded here are positive."""
# Room for any score: quantize raises rather than loses digits.
_CONTEXT = decimal.Context(prec=60)


@dataclass(frozen=True, slots=True)
class Rounding:
    """``mode`` is one of the decimal module's names, ``places`` the digits after the point."""

    mode: str = decimal.ROUND_HALF_UP
    places: int = 2

    def __post_init__(self) -> None:
        if self.mode not in MODES or self.places < 0:
            raise ValueError(f"no such rounding: {self.mode}, {self.places} places")

    @classmethod
    def named(cls, name: str, places: int) -> "Rounding":
        """By a name of ``NAMES``; raises ``ValueError`` that lists them."""
        if name not in NAMES:
            raise ValueError(f"no rounding {name!r}; there are {', '.join(NAMES)}")
        return cls(NAMES[name], places)

    @property
    def name(self) -> str:
        """Its name in rules."""
        return next(name for name, mode in NAMES.items() if mode == self.mode)

    def apply(self, value: Fraction) -> Decimal:
        """The rounded value. Rounds once: a half is a half only where the fraction is exactly one."""
        scaled, rest = divmod(abs(value.numerator) * 10 ** (self.places + 1), value.denominator)
        # One more digit says whether anything is left: that is all a mode needs to know.
        digits = scaled * 10 + (1 if rest else 0)
        exact = Decimal(digits).scaleb(-(self.places + 2), _CONTEXT)
        signed = exact if value >= 0 else exact.copy_negate()
        rounded = signed.quantize(Decimal(1).scaleb(-self.places), self.mode, _CONTEXT)
        return rounded if rounded else rounded.copy_abs()


TWO_DECIMALS = Rounding()
WHOLE_DOWN = Rounding(decimal.ROUND_FLOOR, 0)

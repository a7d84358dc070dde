"""A field for points that takes a part of the most points as well: «20» or «20 %»."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _

HUNDREDTH = Decimal("0.01")


class PointsOrPart(forms.DecimalField):
    """``maximum``: the most points, set by the form; «20 %» becomes points of it, to a hundredth."""

    maximum: Decimal | None = None

    def to_python(self, value: Any) -> Any:
        text = str(value).strip() if value is not None else ""
        if not text.endswith("%"):
            return super().to_python(value)
        if not self.maximum:
            raise forms.ValidationError(_("The rubric has no points yet, so a part of them is nothing: type points."))
        try:
            part = Decimal(str(formats.sanitize_separators(text[:-1].strip())))
        except InvalidOperation as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
        if not part.is_finite() or not 0 < part <= 100:
            raise forms.ValidationError(_("A part of the most points lies between 0 and 100 %."))
        return (self.maximum * part / 100).quantize(HUNDREDTH)

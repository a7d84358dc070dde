"""Who gets an award, as a sentence of the regulation in the active language."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from judging.rubrics.models import AwardRule
from judging.rubrics.soundness import points_words

Kind = AwardRule.Kind


def in_words(award: AwardRule, criteria: Mapping[int, str]) -> str:
    """``criteria``: name by position."""
    words = [_who(award, criteria)]
    if award.minimum:
        words.append(_("from %(points)s points") % {"points": _number(award.minimum)})
    if award.minimum_percent:
        words.append(_("from %(percent)s %% of the most points") % {"percent": _number(award.minimum_percent)})
    for part in (award.category, award.nomination):
        if part is not None:
            words.append(_("only in “%(part)s”") % {"part": part.name})
    return ", ".join(words)


def _who(award: AwardRule, criteria: Mapping[int, str]) -> str:
    if award.kind == Kind.PLACES:
        if award.place_from == award.place_to:
            return _("place %(place)s") % {"place": award.place_from}
        return _("places %(first)s–%(last)s") % {"first": award.place_from, "last": award.place_to}
    if award.kind == Kind.COUNT:
        many = award.count or 0
        return ngettext("the next %(many)d entry", "the next %(many)d entries", many) % {"many": many}
    if award.kind == Kind.SPECIAL:
        return _("the best by “%(criterion)s” among those without another award") % {
            "criterion": criteria.get(award.criterion or 0, "")
        }
    if award.kind == Kind.CHOICE:
        return _("by the decision of the jury, among those without another award")
    share = _number(award.percent or Decimal(0))
    if award.kind == Kind.TOGETHER:
        return _("up to %(percent)s %% of the entries, awards above it included") % {"percent": share}
    return _("up to %(percent)s %% of the entries") % {"percent": share}


def _number(value: Decimal) -> str:
    return str(number_format(points_words(value)))

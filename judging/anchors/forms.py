"""The form of the anchors' page. It validates and never saves."""

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from essays.contests.forms import plain_helper
from essays.contests.rows import RowForm
from judging.rubrics.forms import points


class AnchorRow(RowForm):
    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(
        label=_("Text"),
        max_length=40_000,
        help_text=_("A text of nobody who takes part, for example from an earlier year, without names."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    reference = points(
        _("Agreed total"),
        required=False,
        help_text=_("What experienced judges agreed upon; a judge sees it after scoring. May stay empty."),
    )

    helper = plain_helper(Layout("id", "title", "text", "reference"))

"""Forms for the design of documents and for one name on them."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from judging.results import pictures
from judging.results.design import DATIVE, NOMINATIVE, PLACEHOLDERS, built_in
from judging.results.models import Diploma, DocumentDesign

LINES = ("heading", "lead", "reason")
LEGENDS: dict[str, str | Promise] = {
    Diploma.Kind.DIPLOMA: _("Diploma of the awarded"),
    Diploma.Kind.CERTIFICATE: _("Certificate of a participant"),
    Diploma.Kind.THANKS: _("Letter of thanks to a mentor"),
}
LABELS = {
    "heading": _("Heading"),
    "lead": _("Words above the name"),
    "reason": _("Words below the name"),
}
LONGEST = {"heading": 40, "lead": 80, "reason": 300}


class DesignForm(forms.Form):
    """Words for each kind of document, who signs, and two pictures. An empty line means the built-in words."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    place = forms.CharField(
        label=_("Place of issue"), max_length=100, required=False, help_text=_("Stands before the date: Barnaul.")
    )
    signer_post = forms.CharField(
        label=_("Post of the one who signs"),
        max_length=160,
        required=False,
        help_text=_("For example: Chair of the jury."),
    )
    signer_name = forms.CharField(
        label=_("Name of the one who signs"), max_length=100, required=False, help_text=_("For example: A. B. Ivanova.")
    )
    signature = forms.FileField(
        label=_("Picture of the signature"),
        required=False,
        help_text=_("PNG or JPEG up to 5 MB, best on a transparent ground."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    remove_signature = forms.BooleanField(label=_("Remove the picture of the signature"), required=False)
    emblem = forms.FileField(
        label=_("Emblem"),
        required=False,
        help_text=_("A coat of arms or a logo, PNG or JPEG up to 5 MB."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    remove_emblem = forms.BooleanField(label=_("Remove the emblem"), required=False)

    def __init__(self, *args: Any, design: DocumentDesign | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = design.wordings if design else {}
        groups = []
        for kind in Diploma.Kind.values:
            words, own = built_in(kind), kept.get(kind, {})
            for line in LINES:
                self.fields[f"{kind}_{line}"] = forms.CharField(
                    label=LABELS[line],
                    max_length=LONGEST[line],
                    required=False,
                    initial=own.get(line, ""),
                    widget=(forms.Textarea if line == "reason" else forms.TextInput)(
                        attrs={"placeholder": words[line]} | ({"rows": 2} if line == "reason" else {})
                    ),
                    help_text=_("You may write {author}, {award} and {contest}: they are filled in.")
                    if line == "reason"
                    else "",
                )
            self.fields[f"{kind}_case"] = forms.ChoiceField(
                label=_("Case of the name"),
                choices=[
                    (NOMINATIVE, _("who: Ivanova Anna (“is awarded”)")),
                    (DATIVE, _("to whom, in the dative (“handed to”)")),
                ],
                initial=own.get("case", NOMINATIVE),
                widget=forms.RadioSelect,
            )
            groups.append(Fieldset(LEGENDS[kind], *(f"{kind}_{line}" for line in (*LINES, "case"))))
        for name in ("place", "signer_post", "signer_name"):
            self.fields[name].initial = getattr(design, name) if design else ""
        self.fields["version"].initial = design.version if design else 0
        signing: list[Any] = ["place", "signer_post", "signer_name", Field("signature")]
        emblem: list[Any] = [Field("emblem")]
        if design and design.signature:
            signing.append("remove_signature")
        if design and design.emblem:
            emblem.append("remove_emblem")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "version", *groups, Fieldset(_("Who signs, and where"), *signing), Fieldset(_("Emblem"), *emblem)
        )

    def clean_signature(self) -> bytes | None:
        return self._picture("signature")

    def clean_emblem(self) -> bytes | None:
        return self._picture("emblem")

    def _picture(self, name: str) -> bytes | None:
        uploaded = self.cleaned_data.get(name)
        if not uploaded:
            return None
        if uploaded.size > pictures.LARGEST_FILE:
            raise forms.ValidationError(_("The picture is larger than 5 MB."))
        try:
            return pictures.rebuilt(uploaded.read())
        except pictures.Unreadable:
            raise forms.ValidationError(_("This is no PNG or JPEG picture that can be read.")) from None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for kind in Diploma.Kind.values:
            name = f"{kind}_reason"
            left = cleaned.get(name, "")
            for known in PLACEHOLDERS:
                left = left.replace("{" + known + "}", "")
            if "{" in left or "}" in left:
                self.add_error(name, _("In braces may stand only {author}, {award} or {contest}."))
        return cleaned

    def values(self, design: DocumentDesign | None) -> dict[str, Any]:
        """Field values of the design to keep. Only of a valid form."""
        data = self.cleaned_data
        wordings = {
            kind: {line: data[f"{kind}_{line}"].strip() for line in LINES} | {"case": data[f"{kind}_case"]}
            for kind in Diploma.Kind.values
        }
        values: dict[str, Any] = {"wordings": wordings}
        for name in ("place", "signer_post", "signer_name"):
            values[name] = " ".join(data[name].split())
        for name in ("signature", "emblem"):
            before = bytes(getattr(design, name)) if design else b""
            values[name] = data[name] or (b"" if data.get(f"remove_{name}") else before)
        return values


class PrintedNameForm(forms.Form):
    """A name as it shall stand on one document."""

    printed_name = forms.CharField(
        label=_("Name as printed"),
        max_length=200,
        required=False,
        help_text=_("Surname first: it has a line of its own. Empty: as in the application."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_printed_name(self) -> str:
        return " ".join(self.cleaned_data["printed_name"].split())

"""The entrant's word on the copy: what was missed, what was hidden needlessly, and what the organizer answered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essays.entries import access, redacting, remarking
from essays.entries.application import own_entry
from essays.entries.models import Entry, Essay
from essays.entries.redaction_forms import RemarkForm
from essays.entries.refusals import Refused
from essays.ledger import clock
from essays.people.requests import SignedInRequest


def copy_page_of(entry: Entry, essay: Essay, form: RemarkForm | None = None) -> dict[str, Any]:
    """What the page of the copy shows: ``essay`` is the version in force, with its copy and entry joined in."""
    essay.entry = entry
    return {
        "entry": entry,
        "contest": entry.contest,
        "essay": essay,
        "waiting": essay.state in (Essay.State.WAITING, Essay.State.BLINDING),
        "remarks": list(essay.remarks.all()),
        "remark_form": (form or RemarkForm()) if access.may_remark(essay, clock.now()) else None,
    }


@require_POST
def remark(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Point at words of the copy; the organizer sees them on the redaction desk."""
    entry = own_entry(request, public_id)
    essay = get_object_or_404(entry.essays.current().select_related("blind_copy"))
    form = RemarkForm(request.POST)
    page = copy_page_of(entry, essay, form)
    if page["remark_form"] is None:
        raise Http404
    if form.is_valid():
        values = form.cleaned_data
        try:
            remarking.remark(essay.pk, values["kind"], values["words"], values["note"], request.user)
        except Refused as refused:
            form.add_error(None, refused.message)
        except redacting.Outdated:
            form.add_error(None, _("The copy is being made anew just now. Look at the new one and write then."))
        else:
            messages.success(request, _("Thank you. The organizer looks at it and answers here."))
            return redirect("entry_copy", public_id)
    return render(request, "essays/entries/copy.html", page, status=422)

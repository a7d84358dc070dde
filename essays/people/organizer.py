"""The organizer's pages of institutions: find, add, change, confirm. They belong to all contests alike."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essays.outbox.tasks import send_letters
from essays.people import actions
from essays.people.access import acting, may_keep_institutions
from essays.people.forms import InstitutionForm
from essays.people.models import Institution

ON_A_PAGE = 50
FOUND = 12


def _guard(request: HttpRequest) -> None:
    if not may_keep_institutions(request.user):
        raise Http404


def institutions(request: HttpRequest) -> HttpResponse:
    """The list with a search; those that entrants wrote in and nobody confirmed yet have their own tab."""
    _guard(request)
    typed = request.GET.get("q", "").strip()[:100]
    unconfirmed = request.GET.get("show") == "unconfirmed"
    waiting = Institution.objects.filter(confirmed=False, merged_into=None).count()
    found = Institution.objects.found_by(typed).for_choice()
    if unconfirmed:
        found = found.filter(confirmed=False)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "typed": typed, "unconfirmed": unconfirmed, "waiting": waiting}
    return render(request, "essays/people/institutions.html", context)


def institution(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add an institution, or change one; saving confirms it."""
    _guard(request)
    present = get_object_or_404(Institution, pk=pk, merged_into=None) if pk else None
    form = InstitutionForm(request.POST or None, instance=present)
    if request.method == "POST" and form.is_valid():
        fresh = get_object_or_404(Institution, pk=pk, merged_into=None) if pk else None
        try:
            actions.save_institution(form.cleaned_data, actor=acting(request), institution=fresh)
        except actions.Refused as refusal:
            form.add_error(refusal.field or None, str(refusal.message))
        else:
            messages.success(request, _("Saved."))
            return redirect("organizer_institutions")
    same = request.GET.get("same", "").strip()[:100]
    found = Institution.objects.found_by(same).for_choice().exclude(pk=present.pk)[:FOUND] if present and same else []
    was = present.mergers_into() if present else []
    context = {"form": form, "institution": present, "same": same, "found": found, "was": was}
    return render(request, "essays/people/institution.html", context)


@require_POST
def merge_institution(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an institution is another one of the list: what an entrant wrote in is often there already."""
    _guard(request)
    source = get_object_or_404(Institution, pk=pk)
    typed = request.POST.get("into", "")
    known = typed.isascii() and typed.isdigit() and len(typed) < 19
    target = Institution.objects.exclude(pk=pk).filter(pk=int(typed)).first() if known else None
    if target is None:
        messages.error(request, _("Choose the institution that it is."))
        return redirect("organizer_institution", pk)
    try:
        letters = actions.merge_institution(source, target, actor=acting(request))
    except actions.Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("organizer_institution", pk)
    send_letters.delay_on_commit(letters)
    said = _("Merged: %(source)s is %(target)s now.") % {"source": source, "target": target}
    where = reverse("organizer_institution", args=[target.pk]) + "#was"
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, where, _("Undo the merger")))
    return redirect("organizer_institutions")


@require_POST
def confirm_institution(request: HttpRequest, pk: int) -> HttpResponse:
    _guard(request)
    actions.confirm_institution(get_object_or_404(Institution, pk=pk), actor=acting(request))
    messages.success(request, _("Confirmed."))
    return redirect("organizer_institutions")


@require_POST
def part_institution(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a merger, from the page of the institution that others turned out to be."""
    _guard(request)
    source = get_object_or_404(Institution.objects.exclude(merged_into=None).select_related("merged_into"), pk=pk)
    target = source.merged_into
    assert target is not None
    try:
        letters = actions.part_institutions(source, actor=acting(request))
    except actions.Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("organizer_institution", target.pk)
    send_letters.delay_on_commit(letters)
    messages.success(request, _("Undone: %(source)s is an institution of its own again.") % {"source": source})
    return redirect("organizer_institution", source.pk)

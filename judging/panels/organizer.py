"""The organizer's pages of the jury: who sits on it, invitations, limits."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from essays.contests.models import Contest
from essays.ledger import clock
from essays.outbox.tasks import send_letters
from essays.people.models import Institution
from judging.panels import actions, tokens
from judging.panels.forms import FOUND, InviteForm, LeaveForm, PasteForm, TermsForm, number
from judging.panels.models import Seat


class PanelView(View):
    """The jury of a contest and its invitations."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.contest = get_object_or_404(Contest.objects.organized_by(request.user), slug=kwargs["slug"])  # type: ignore[arg-type]
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.page(InviteForm(), PasteForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        act = request.POST.get("act")
        if act == "invite":
            form = InviteForm(request.POST)
            return self.invite(form, [form.person()]) if form.is_valid() else self.page(form, PasteForm())
        if act == "paste":
            pasted_form = PasteForm(request.POST)
            if pasted_form.is_valid():
                return self.invite(pasted_form, pasted_form.people)
            return self.page(InviteForm(), pasted_form)
        raise Http404

    def invite(self, form: InviteForm | PasteForm, people: list[Any]) -> HttpResponse:
        try:
            invited = actions.invite(self.contest, people, role=form.cleaned_data["role"], actor=self.request.user)
        except actions.Refused as refusal:
            form.add_error(refusal.field, refusal.message)
            return self.page(
                form if isinstance(form, InviteForm) else InviteForm(),
                form if isinstance(form, PasteForm) else PasteForm(),
            )
        send_letters.delay_on_commit(invited.letters)
        if invited.seats:
            count = len(invited.seats)
            messages.success(
                self.request,
                ngettext("%(count)s person is invited.", "%(count)s people are invited.", count) % {"count": count},
            )
        for person in invited.already:
            messages.info(self.request, _("%(email)s has a seat on this jury already.") % {"email": person.email})
        return redirect("organizer_judges", slug=self.contest.slug)

    def page(self, invite_form: InviteForm, paste_form: PasteForm) -> HttpResponse:
        seats = list(
            Seat.objects.filter(contest=self.contest)
            .for_panel()
            .prefetch_related(
                Prefetch("institutions", Institution.objects.order_by("short_name")), "categories", "nominations"
            )
        )
        states = dict(Seat.objects.filter(contest=self.contest).values_list("state").annotate(Count("pk")).order_by())
        now = clock.now()
        for seat in seats:
            over = seat.state == Seat.State.INVITED and now >= seat.invited_at + tokens.LIFETIME
            seat.invitation_is_over = over  # type: ignore[attr-defined]
        context = {
            "contest": self.contest,
            "seats": seats,
            "accepted": states.get(Seat.State.ACCEPTED, 0),
            "invited": states.get(Seat.State.INVITED, 0),
            "invite_form": invite_form,
            "paste_form": paste_form,
        }
        return render(self.request, "judging/panels/panel.html", context)


class PanelSeatView(View):
    """One seat: role, limits, a fresh invitation, removal."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.contest = get_object_or_404(Contest.objects.organized_by(request.user), slug=kwargs["slug"])  # type: ignore[arg-type]
        self.seat = get_object_or_404(
            Seat.objects.filter(contest=self.contest).select_related("user"), public_id=kwargs["seat"]
        )
        self.seat.contest = self.contest
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, slug: str, seat: UUID) -> HttpResponse:
        return self.page(TermsForm(instance=self.seat, contest=self.contest), LeaveForm())

    def post(self, request: HttpRequest, slug: str, seat: UUID) -> HttpResponse:
        act = {
            "terms": self.terms,
            "invite_again": self.invite_again,
            "remove": self.remove,
            "add_institution": self.add_institution,
            "remove_institution": self.remove_institution,
        }.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        return act()

    def terms(self) -> HttpResponse:
        # Validation writes onto the form's own instance, so it gets one of its own.
        form = TermsForm(self.request.POST, instance=Seat.objects.get(pk=self.seat.pk), contest=self.contest)
        if not form.is_valid():
            return self.page(form, LeaveForm())
        data = form.cleaned_data
        try:
            actions.set_terms(
                self.seat,
                role=data["role"],
                capacity=data["capacity"],
                categories=data["categories"],
                nominations=data["nominations"],
                actor=self.request.user,
            )
        except actions.Refused as refusal:
            form.add_error(refusal.field, refusal.message)
            return self.page(form, LeaveForm())
        messages.success(self.request, _("Saved."))
        return redirect("organizer_judges", slug=self.contest.slug)

    def invite_again(self) -> HttpResponse:
        try:
            send_letters.delay_on_commit(actions.invite_again(self.seat, actor=self.request.user))
        except actions.Refused as refusal:
            messages.error(self.request, str(refusal.message))
        else:
            messages.success(
                self.request, _("A new invitation is on its way to %(email)s.") % {"email": self.seat.email}
            )
        return redirect("organizer_judges", slug=self.contest.slug)

    def add_institution(self) -> HttpResponse:
        """What the judge told us after the deal; essays from there go to others at once."""
        institution = get_object_or_404(
            Institution.objects.for_choice(), pk=number(self.request.POST.get("institution"))
        )
        send_letters.delay_on_commit(actions.add_institution(self.seat, institution, actor=self.request.user))
        return redirect("organizer_seat", slug=self.contest.slug, seat=self.seat.public_id)

    def remove_institution(self) -> HttpResponse:
        institution = get_object_or_404(self.seat.institutions.all(), pk=number(self.request.POST.get("institution")))
        actions.remove_institution(self.seat, institution, actor=self.request.user)
        return redirect("organizer_seat", slug=self.contest.slug, seat=self.seat.public_id)

    def remove(self) -> HttpResponse:
        form = LeaveForm(self.request.POST)
        if form.is_valid():
            try:
                letters = actions.leave(self.seat, form.cleaned_data["reason"], actor=self.request.user)
            except actions.Refused as refusal:
                form.add_error("reason", refusal.message)
            else:
                send_letters.delay_on_commit(letters)
                messages.success(
                    self.request, _("%(name)s is off the jury. Open essays went to others.") % {"name": self.seat}
                )
                return redirect("organizer_judges", slug=self.contest.slug)
        return self.page(TermsForm(instance=self.seat, contest=self.contest), form)

    def page(self, terms_form: TermsForm, leave_form: LeaveForm) -> HttpResponse:
        typed = self.request.GET.get("q", "").strip()[:100]
        declared = list(self.seat.institutions.for_choice())
        listed = Institution.objects.found_by(typed).for_choice()[:FOUND] if len(typed) >= 2 else []
        context = {
            "contest": self.contest,
            "seat": self.seat,
            "typed": typed,
            "found": [one for one in listed if one not in declared],
            "institutions": declared,
            "conflicts": self.seat.declared_conflicts.count(),
            "terms_form": terms_form,
            "leave_form": leave_form,
        }
        return render(self.request, "judging/panels/panel_seat.html", context)

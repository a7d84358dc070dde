"""A judge's pages: the invitation, and the seat with its declared institutions and conflicts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from essays.ledger import clock
from essays.outbox.tasks import send_letters
from essays.people.models import Institution
from judging.panels import access, actions, tokens
from judging.panels.forms import FOUND, ConflictForm, LeaveForm, NewAccountForm, number
from judging.panels.models import Seat


@method_decorator([login_not_required, never_cache], name="dispatch")
class InvitationView(View):
    """The page that an invitation's link opens. Looking at it changes nothing: mail programs look too."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        token = tokens.read(kwargs["token"])
        if token is None:
            raise Http404
        self.seat = get_object_or_404(Seat.objects.select_related("contest"), public_id=token.seat)
        if self.seat.state == Seat.State.ACCEPTED and self.seat.user_id == request.user.pk:
            return redirect("my_seat", seat=self.seat.public_id)
        if not access.may_answer(self.seat, token, clock.now()):
            return render(request, "judging/panels/invitation_over.html", {"seat": self.seat})
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page(NewAccountForm(seat=self.seat))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        if "decline" in request.POST:
            return self.decline()
        if request.user.is_authenticated:
            return self.accept()
        form = NewAccountForm(request.POST, seat=self.seat)
        if not form.is_valid():
            return self.page(form)
        try:
            user = actions.accept_with_new_account(
                self.seat, form.cleaned_data["password"], (get_language() or "ru")[:2]
            )
        except actions.Refused as refusal:
            form.add_error(None, refusal.message)
            return self.page(form)
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return self.welcome()

    def accept(self) -> HttpResponse:
        form = NewAccountForm(seat=self.seat)
        try:
            actions.accept(self.seat, self.request.user)  # type: ignore[arg-type]
        except actions.Refused as refusal:
            return self.page(form, str(refusal.message))
        return self.welcome()

    def welcome(self) -> HttpResponse:
        messages.success(self.request, _("Welcome to the jury. One thing before you read: where do you work?"))
        return redirect("my_seat", seat=self.seat.public_id)

    def decline(self) -> HttpResponse:
        user = self.request.user if self.request.user.is_authenticated else None
        try:
            actions.decline(self.seat, user)
        except actions.Refused as refusal:
            return self.page(NewAccountForm(seat=self.seat), str(refusal.message))
        return render(self.request, "judging/panels/invitation_over.html", {"seat": self.seat, "declined": True})

    def page(self, form: NewAccountForm, refusal: str = "") -> HttpResponse:
        context = {
            "seat": self.seat,
            "contest": self.seat.contest,
            "form": form,
            "refusal": refusal,
            "has_account": actions.account_of(self.seat) is not None,
        }
        return render(self.request, "judging/panels/invitation.html", context)


class SeatView(View):
    """My seat: what the jury knows about me, and whose essays I must not get."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.seat = get_object_or_404(
            Seat.objects.of(request.user).filter(state=Seat.State.ACCEPTED).select_related("contest"),  # type: ignore[arg-type]
            public_id=kwargs["seat"],
        )
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, seat: UUID) -> HttpResponse:
        return self.page(ConflictForm(), LeaveForm())

    def post(self, request: HttpRequest, seat: UUID) -> HttpResponse:
        act = {
            "add_institution": self.add_institution,
            "remove_institution": self.remove_institution,
            "declare_conflict": self.declare_conflict,
            "remove_conflict": self.remove_conflict,
            "leave": self.leave,
        }.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        if request.POST["act"] != "leave" and not self.may_declare():
            messages.warning(
                request,
                _("Essays have been dealt to you. Recuse from an essay whose author you know; otherwise write to us."),
            )
            return self.again()
        return act()

    def may_declare(self) -> bool:
        return access.may_declare(self.request.user, self.seat)  # type: ignore[arg-type]

    def add_institution(self) -> HttpResponse:
        institution = get_object_or_404(
            Institution.objects.for_choice().filter(confirmed=True), pk=number(self.request.POST.get("institution"))
        )
        send_letters.delay_on_commit(actions.add_institution(self.seat, institution, actor=self.request.user))
        messages.success(self.request, _("Noted. You will not get essays from there."))
        return self.again()

    def remove_institution(self) -> HttpResponse:
        institution = get_object_or_404(self.seat.institutions.all(), pk=number(self.request.POST.get("institution")))
        actions.remove_institution(self.seat, institution, actor=self.request.user)
        return self.again()

    def declare_conflict(self) -> HttpResponse:
        form = ConflictForm(self.request.POST)
        if not form.is_valid():
            return self.page(form, LeaveForm())
        letters = actions.declare_conflict(
            self.seat, form.cleaned_data["email"], form.cleaned_data["note"], actor=self.request.user
        )
        send_letters.delay_on_commit(letters)
        messages.success(self.request, _("Noted. You will not get this person's essay."))
        return self.again()

    def remove_conflict(self) -> HttpResponse:
        conflict = get_object_or_404(self.seat.declared_conflicts.all(), pk=number(self.request.POST.get("conflict")))
        actions.remove_conflict(conflict, actor=self.request.user)
        return self.again()

    def leave(self) -> HttpResponse:
        form = LeaveForm(self.request.POST)
        if not form.is_valid():
            return self.page(ConflictForm(), form)
        try:
            letters = actions.leave(self.seat, form.cleaned_data["reason"], actor=self.request.user)
        except actions.Refused as refusal:
            form.add_error("reason", refusal.message)
            return self.page(ConflictForm(), form)
        send_letters.delay_on_commit(letters)
        messages.success(self.request, _("You have left the jury. Thank you for your time."))
        return redirect("home")

    def again(self) -> HttpResponse:
        return redirect("my_seat", seat=self.seat.public_id)

    def page(self, conflict_form: ConflictForm, leave_form: LeaveForm) -> HttpResponse:
        typed = self.request.GET.get("q", "").strip()[:100]
        declared = list(self.seat.institutions.for_choice())
        found = []
        if len(typed) >= 2:
            known = {one.pk for one in declared}
            # One that an entrant wrote in would tell that somebody from there takes part.
            listed = Institution.objects.filter(confirmed=True).found_by(typed).for_choice()[:FOUND]
            found = [one for one in listed if one.pk not in known]
        context = {
            "seat": self.seat,
            "may_declare": self.may_declare(),
            "contest": self.seat.contest,
            "typed": typed,
            "found": found,
            "institutions": declared,
            "conflicts": list(self.seat.declared_conflicts.order_by("pk")),
            "categories": list(self.seat.categories.all()),
            "nominations": list(self.seat.nominations.all()),
            "conflict_form": conflict_form,
            "leave_form": leave_form,
        }
        wanted = self.request.headers.get("HX-Target", "")
        template = "_institutions.html" if wanted == "institutions-found" else "seat.html"
        return render(self.request, f"judging/panels/{template}", context)

"""Awards that nobody gets: what the jury has decided in a meeting or without one, and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from essays.contests.doors import organizer_page
from essays.contests.models import Category, Contest, Nomination
from judging.ranking import actions
from judging.ranking.forms import WithholdForm
from judging.ranking.models import Ranking, WithheldAward
from judging.ranking.record import outline_of
from judging.ranking.withheld import withheld_of


@require_http_methods(["GET", "POST"])
@organizer_page
def withheld(request: HttpRequest, contest: Contest) -> HttpResponse:
    """All of them with their reasons; until the approval one may be added, or given after all."""
    approved = Ranking.objects.in_force().filter(contest=contest).defer("record").first()
    outline = approved.outline if approved else outline_of(actions.propose(contest).record)
    act = request.POST.get("act", "")
    form = WithholdForm(request.POST if act == "withhold" else None, outline={} if approved else outline)
    try:
        if act == "withhold" and form.is_valid():
            target = form.target
            actions.withhold(
                contest,
                request.user,
                category=get_object_or_404(Category, contest=contest, pk=target["category"]),
                nomination=Nomination.objects.filter(contest=contest, pk=target["nomination"]).first(),
                award_key=target["award"],
                place=target["place"],
                reason=form.cleaned_data["reason"],
            )
            messages.success(request, _("Nobody gets this award. The proposed ranking shows it."))
            return redirect("organizer_withheld", contest.slug)
        if act == "grant":
            actions.grant(_chosen(request, contest), request.user)
            messages.success(request, _("The award can be given again."))
            return redirect("organizer_withheld", contest.slug)
    except actions.Refused as refused:
        if act == "withhold":
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            messages.error(request, str(refused.message))
    context = {
        "contest": contest,
        "active": "ranking",
        "approved": approved is not None,
        "rows": withheld_of(contest, outline),
        "form": form,
        "withholding": form if form.cells and form.awards else None,
    }
    return render(request, "judging/ranking/withheld.html", context)


def _chosen(request: HttpRequest, contest: Contest) -> WithheldAward:
    typed = request.POST.get("row", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
    return get_object_or_404(WithheldAward.objects.select_related("contest"), contest=contest, pk=number)

"""The organizer's page of letters: what was sent, what waits, what failed and why."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essays.ledger.states import SomeoneWasFirst
from essays.outbox import actions
from essays.outbox.models import Letter
from essays.outbox.tasks import send_letters
from essays.outbox.words import kind_of, reason_of

ON_A_PAGE = 50
STATES = {"failed": ("failed",), "waiting": ("queued", "sending"), "sent": ("sent",)}


def letters_page(request: HttpRequest, contest: Any) -> HttpResponse:
    """Letters of one contest, newest first, by state. Their texts are somebody's post: each has a page of its own."""
    letters = Letter.objects.filter(contest_id=contest.pk)
    counted = dict(letters.order_by().values_list("state").annotate(Count("pk")))
    numbers = {name: sum(counted.get(state, 0) for state in states) for name, states in STATES.items()}
    chosen = request.GET.get("state", "")
    if chosen in STATES:
        letters = letters.filter(state__in=STATES[chosen])
    shown = letters.newest_first().defer("context", "text", "html")
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [{"letter": letter, "kind": kind_of(letter.name), "reason": reason_of(letter)} for letter in page]
    context = {
        "contest": contest,
        "active": "letters",
        "rows": rows,
        "page_obj": page,
        "chosen": chosen,
        "numbers": numbers,
        "total": sum(numbers.values()),
    }
    return render(request, "essays/outbox/organizer.html", context)


@require_POST
def retry_letter(request: HttpRequest, contest: Any, pk: int) -> HttpResponse:
    """Put one failed letter back into the queue."""
    letter = get_object_or_404(Letter, contest_id=contest.pk, pk=pk)
    try:
        actions.retry(letter, actor=request.user)
    except SomeoneWasFirst:
        messages.warning(request, _("This letter is on its way already."))
    else:
        send_letters.delay_on_commit([letter.pk])
        messages.success(request, _("The letter is tried again."))
    return redirect("organizer_letters", contest.slug)


@require_POST
def retry_all(request: HttpRequest, contest: Any) -> HttpResponse:
    """Put every failed letter of the contest back into the queue."""
    tried = actions.retry_failed(contest.pk, actor=request.user)
    send_letters.delay_on_commit(tried)
    messages.success(request, _("Letters tried again: %(number)d.") % {"number": len(tried)})
    return redirect("organizer_letters", contest.slug)

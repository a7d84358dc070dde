"""One letter of a contest, read by its organizers: what was said, to whom and when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from essays.contests import hooks
from essays.contests.doors import organizer_page
from essays.contests.models import Contest
from essays.ledger import actions as ledger
from essays.outbox.models import Letter
from essays.outbox.reading import shown
from essays.outbox.words import kind_of, reason_of
from essays.people.access import acting


@require_GET
@organizer_page
def letter_page(request: HttpRequest, contest: Contest, pk: int) -> HttpResponse:
    """The letter's words, with what must not be read here masked. Reading somebody's post is in the ledger."""
    letter = get_object_or_404(Letter, contest=contest, pk=pk)
    ledger.record("letter.read", letter, actor=acting(request), contest_id=contest.pk)
    context = {
        "contest": contest,
        "active": "letters",
        "letter": letter,
        "kind": kind_of(letter.name),
        "reason": reason_of(letter) if letter.state != Letter.State.SENT else "",
        "shown": shown(letter, hides_codes=not hooks.ranking_is_approved(contest)),
    }
    response = render(request, "essays/outbox/letter.html", context)
    response["Cache-Control"] = "private, no-store"
    return response

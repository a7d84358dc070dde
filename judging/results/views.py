"""Pages for everybody: the results of a contest, and whether a document is genuine."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from essays.anonymity.models import CopyPage
from essays.anonymity.page_downloads import serve_page
from essays.contests.models import Contest
from essays.entries.consents import may_be_named, may_be_read
from essays.ledger import clock
from judging.results import access, page, wording
from judging.results.design import pictures_of
from judging.results.diploma import Card, pdf, picture
from judging.results.forms import NumberForm, normal_number
from judging.results.models import Announcement, Award, Diploma, DocumentDesign
from judging.results.protocol_files import as_pdf
from judging.results.public_list import list_of

LONGEST_LINE = 70


@login_not_required
@require_safe
def contest_results(request: HttpRequest, slug: str) -> HttpResponse:
    """The results, by category and nomination. Before the announcement there is no such page."""
    contest = get_object_or_404(Contest.objects.public(), slug=slug)
    announcement = access.readable(contest, clock.now())
    if announcement is None:
        raise Http404
    chosen = chosen_by(request)
    results = page.of_announcement(announcement, chosen)
    context = {"contest": contest, "announcement": announcement, "results": results, "chosen": chosen}
    return render(request, "judging/results/results.html", context)


@login_not_required
@require_safe
def results_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a PDF to print and pin up; made anew each time, so that consents hold in it, too."""
    contest = get_object_or_404(Contest.objects.public(), slug=slug)
    announcement = access.readable(contest, clock.now())
    if announcement is None:
        raise Http404
    made = as_pdf(list_of(announcement), get_language() or "")
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slug}-results.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@login_not_required
@require_safe
def contest_essay(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """An awarded essay as the jury read it, where its author lets it be read. Otherwise there is no such page."""
    announcement, award = _read_in_public(slug, code)
    named = award.entry.pk in may_be_named([award.entry])
    context = {
        "contest": announcement.contest,
        "award": wording.award_in(announcement.ranking, award),
        "copy": award.row.copy,
        "entry": award.entry,
        "named": named,
    }
    response = render(request, "judging/results/essay.html", context)
    # A consent that is taken back takes the page away at once.
    response["Cache-Control"] = "no-store"
    return response


@login_not_required
@require_safe
def contest_essay_page(request: HttpRequest, slug: str, code: str, number: int) -> HttpResponse:
    """A painted page of an awarded essay that came as pictures, as far as the essay may be read."""
    _announcement, award = _read_in_public(slug, code)
    return serve_page(get_object_or_404(CopyPage, copy=award.row.copy_id, number=number))


def _read_in_public(slug: str, code: str) -> tuple[Announcement, Award]:
    """The award of an essay that everybody may read now; else 404, whatever stands against it."""
    contest = get_object_or_404(Contest.objects.public(), slug=slug)
    announcement = access.readable(contest, clock.now())
    if announcement is None:
        raise Http404
    announcement.contest = contest
    award = get_object_or_404(
        Award.objects.standing()
        .filter(announcement=announcement, row__copy__code=code)
        .exclude(award_key="")
        .select_related("row__copy", "entry__contest", "entry__institution__municipality", "entry__nomination")
    )
    if award.entry.pk not in may_be_read([award.entry]):
        raise Http404
    return announcement, award


@login_not_required
@require_safe
def results_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture beside a shared link to the results; behind the same gate, and without a name."""
    contest = get_object_or_404(Contest.objects.public(), slug=slug)
    announcement = access.readable(contest, clock.now())
    if announcement is None:
        raise Http404
    day = date_format(announcement.at.astimezone(contest.zone), "j E Y")
    organizer = str(contest.organizer_name)
    line = f"{organizer} · {day}" if 0 < len(organizer) <= LONGEST_LINE else day
    card = Card(get_language() or "ru", _("Results"), str(contest.title), line)
    response = HttpResponse(picture(card), content_type="image/png")
    response["Cache-Control"] = "public, max-age=3600"
    response["Vary"] = "Accept-Language, Cookie"
    return response


def chosen_by(request: HttpRequest) -> page.Chosen:
    """Filters from the address; anything but a number of ours is a filter that is not there: 404."""
    ids = {}
    for name in ("category", "nomination"):
        typed = request.GET.get(name, "")
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 19):
            raise Http404
        ids[name] = int(typed) if typed else None
    return page.Chosen(**ids)


@login_not_required
@require_safe
def check_document(request: HttpRequest) -> HttpResponse:
    """Where a number is typed in."""
    form = NumberForm(request.GET if "number" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("verify_document", form.cleaned_data["number"])
    return render(request, "judging/results/check.html", {"form": form})


@login_not_required
@require_safe
def verify_document(request: HttpRequest, number: str) -> HttpResponse:
    """What a genuine document says. The same page for a number that was never given and for one not yet given out.

    The name stands here only while its owner lets it be published; otherwise the initials, to compare.
    """
    diploma = Diploma.objects.for_document().filter(number=normal_number(number)).first()
    if diploma is None or access.readable(diploma.award.announcement.contest, clock.now()) is None:
        return render(request, "judging/results/unknown_document.html", {"form": NumberForm()}, status=404)
    if number != diploma.number:
        return redirect("verify_document", diploma.number)
    entry = diploma.award.entry
    named = diploma.kind != Diploma.Kind.THANKS and entry.pk in may_be_named([entry])
    holder = wording.holder_of(diploma)
    context = {
        "diploma": diploma,
        "contest": diploma.award.announcement.contest,
        "announcement": diploma.award.announcement,
        "entry": entry,
        "award": wording.award_of(diploma),
        "holder": holder if named else "",
        "initials": "" if named else initials(holder),
    }
    return render(request, "judging/results/document.html", context)


def initials(name: str) -> str:
    return " ".join(f"{part[0]}." for part in name.split())


@require_GET
def diploma_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The document itself, for its owner and the contest's organizers."""
    diploma = get_object_or_404(Diploma.objects.for_document(), number=number)
    if not access.may_download(request.user, diploma, clock.now()):
        raise Http404
    own = DocumentDesign.objects.filter(contest=diploma.award.announcement.contest_id).first()
    made = pdf(wording.wording_of(diploma, own), pictures_of(own))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{diploma.number}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response

"""The organizer's pages of documents: design with a preview, the list with names to put right, all in one file."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from essays.contests.doors import organizer_page
from essays.contests.models import Contest
from essays.ledger import clock
from judging.results import access, design, documents, wording
from judging.results.actions import Refused
from judging.results.declension import dative
from judging.results.diploma import page_picture
from judging.results.document_forms import LEGENDS, DesignForm, PrintedNameForm
from judging.results.models import Diploma, DocumentBundle, DocumentDesign
from judging.results.tasks import make_bundle

ON_A_PAGE = 50
SAMPLE_NUMBER = "LR-0000-000-000-000-000"


@require_http_methods(["GET", "POST"])
@organizer_page
def documents_design(request: HttpRequest, contest: Contest) -> HttpResponse:
    """What documents say and how they look, with the page itself beside the form."""
    own = DocumentDesign.objects.filter(contest=contest).first()
    with translation.override("ru"):
        # The built-in words stand in the fields as they will be printed: documents are in Russian.
        form = DesignForm(request.POST or None, request.FILES or None, design=own)
    if request.method == "POST" and form.is_valid():
        try:
            documents.save_design(contest, request.user, form.cleaned_data["version"], form.values(own))
        except Refused as refused:
            form.add_error(refused.field, refused.message)
            form.data = {**request.POST.dict(), "version": own.version if own else 0}
        else:
            messages.success(request, _("Saved. This is how the documents look now."))
            return redirect("organizer_documents", contest.slug)
    shown = request.GET.get("kind", "")
    context = {
        "contest": contest,
        "active": "results",
        "part": "design",
        "form": form,
        "kinds": list(LEGENDS.items()),
        "shown": shown if shown in LEGENDS else Diploma.Kind.DIPLOMA,
        "version": own.version if own else 0,
        "names": LEGENDS,
    }
    return render(request, "judging/results/documents_design.html", context)


@require_GET
@organizer_page
def preview(request: HttpRequest, contest: Contest, kind: str) -> HttpResponse:
    """The page of an invented person as a picture."""
    if kind not in LEGENDS:
        raise Http404
    own = DocumentDesign.objects.filter(contest=contest).first()
    with translation.override("ru"):
        occasion = sample(contest, kind)
        words = design.page_of(occasion, contest, own)
    response = HttpResponse(page_picture(words, design.pictures_of(own)), content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response


def sample(contest: Contest, kind: str) -> design.Occasion:
    """A document of nobody: invented names, the contest's own first category and nomination."""
    thanks = kind == Diploma.Kind.THANKS
    category, nomination = contest.categories.first(), contest.nominations.first()
    author = ("Образцова", "Мария", "Андреевна")
    return design.Occasion(
        kind=kind,
        number=SAMPLE_NUMBER,
        holder=("Примеров", "Иван", "Петрович") if thanks else author,
        author=" ".join(author),
        belongs="" if thanks else "школа № 0, 9 класс",
        award="победитель, 1 место" if kind != Diploma.Kind.CERTIFICATE else "",
        tone="gold",
        place=1,
        essay="Как я записался к врачу за минуту",
        category=category.name_ru if category else "9 класс",
        nomination=nomination.name_ru if nomination else "Мой опыт",
        day=timezone.localdate(contest.results_at, contest.zone),
    )


@require_GET
@organizer_page
def document_list(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Every document of the contest with the name that it bears; those that a person should look at are marked."""
    announcement = access.readable(contest, clock.now())
    own = DocumentDesign.objects.filter(contest=contest).first()
    context: dict[str, Any] = {"contest": contest, "active": "results", "part": "list", "kinds": list(LEGENDS.items())}
    if announcement is not None:
        kind, words = request.GET.get("kind", ""), request.GET.get("q", "").strip()[:100]
        found = documents.standing(announcement, kind if kind in LEGENDS else "")
        for word in words.split():
            found = found.filter(
                Q(number__icontains=word)
                | Q(award__entry__search__contains=word.casefold().replace("ё", "е"))
                | Q(printed_name__icontains=word)
            )
        page = Paginator(found.order_by("kind", "award__entry__search", "pk"), ON_A_PAGE).get_page(
            request.GET.get("page")
        )
        context |= {"page_obj": page, "rows": [row_of(one, own) for one in page], "kind": kind, "q": words}
        context["bundles"] = [
            {"bundle": one, "outdated": one.state == one.State.MADE and documents.outdated(one)}
            for one in DocumentBundle.objects.filter(announcement=announcement)
            .exclude(state=DocumentBundle.State.GONE)
            .select_related("announcement")
            .order_by("-pk")[:4]
        ]
    return render(request, "judging/results/documents_list.html", context)


def row_of(diploma: Diploma, own: DocumentDesign | None) -> dict[str, Any]:
    """A document as a row: the name as printed, and whether a person should look at its case."""
    name = wording.wording_of(diploma, own).name.replace("\n", " ")
    look = False
    if not diploma.printed_name and design.own_words(own, diploma.kind).get("case") == design.DATIVE:
        look = not dative(*wording.names_of(diploma)).sure
    return {"diploma": diploma, "kind": LEGENDS[diploma.kind], "name": name, "look": look}


@require_http_methods(["GET", "POST"])
@organizer_page
def printed_name(request: HttpRequest, contest: Contest, number: str) -> HttpResponse:
    """Put the name on one document right."""
    diploma = get_object_or_404(Diploma.objects.for_document(), award__announcement__contest=contest, number=number)
    if access.readable(contest, clock.now()) is None:
        raise Http404
    form = PrintedNameForm(request.POST or None, initial={"printed_name": diploma.printed_name})
    if request.method == "POST" and form.is_valid():
        documents.print_name(diploma, request.user, form.cleaned_data["printed_name"])
        messages.success(request, _("Document %(number)s bears the name as you wrote it.") % {"number": number})
        return redirect("organizer_document_list", contest.slug)
    own = DocumentDesign.objects.filter(contest=contest).first()
    context = {"contest": contest, "active": "results", "part": "list", "form": form, "row": row_of(diploma, own)}
    context["application"] = " ".join(part for part in wording.names_of(diploma) if part)
    return render(request, "judging/results/printed_name.html", context)


@require_POST
@organizer_page
def ask_bundle(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Ask for all documents, or all of one kind, as a ZIP."""
    kind = request.POST.get("kind", "")
    try:
        bundle = documents.ask(contest, request.user, kind if kind in LEGENDS else "")
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        make_bundle.delay_on_commit(bundle.pk)
        messages.success(request, _("The file is being made. You may close this page and come back."))
    return redirect(reverse("organizer_document_list", args=[contest.slug]) + "#bundles")


@require_GET
@organizer_page
def bundle_file(request: HttpRequest, contest: Contest, bundle: Any) -> HttpResponseBase:
    """The ZIP itself, while it is true and kept."""
    found = get_object_or_404(
        DocumentBundle.objects.select_related("announcement"),
        announcement__contest=contest,
        public_id=bundle,
        state=DocumentBundle.State.MADE,
    )
    if access.readable(contest, clock.now()) is None:
        raise Http404
    path = documents.path_of(found)
    if documents.outdated(found) or not path.exists():
        documents.remove(found)
        messages.error(request, _("Documents have come or gone since this file was made. Ask for it once more."))
        return redirect("organizer_document_list", contest.slug)
    response = FileResponse(path.open("rb"), as_attachment=True, filename=f"{contest.slug}-documents.zip")
    response["Cache-Control"] = "private, no-store"
    return response

"""The reading desk: a blind copy beside the rubric, and own notes. Nothing on it tells when, how big or whose."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from essays.ledger import clock
from essays.ledger.prepared import prepared
from judging.assignments import queue
from judging.assignments.access import Desk, desk_of
from judging.assignments.models import Assignment
from judging.assignments.views import queue_address
from judging.reviews import actions, desk_page, notes
from judging.reviews.forms import DeskForm, NoteForm
from judging.reviews.models import Review
from judging.reviews.tasks import check_disagreement
from judging.rubrics.models import Criterion

CONFLICT = 409


class OwnAssignmentView(View):
    """A page behind one of the judge's own addresses. Somebody else's and none are the same 404."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        found = _own(request.user.pk, kwargs["assignment"])  # type: ignore[arg-type]
        if not found:
            raise Http404
        self.assignment = found[0]
        self.at = clock.now()
        self.desk = desk_of(self.assignment, self.at)
        return super().dispatch(request, *args, **kwargs)

    def away(self, status: int = 200) -> HttpResponse:
        """Why the text is not here now, and whether the judge has to do anything."""
        context = {
            "code": self.assignment.copy.code,
            "desk": str(self.desk),
            "contest": self.assignment.contest,
            "queue_url": queue_address(self.assignment.contest.slug),
        }
        return render(self.request, "judging/reviews/away.html", context, status=status)

    def criteria(self) -> list[Criterion]:
        found = _criteria(self.assignment.contest_id)
        prefetch_related_objects(found, "levels")
        return found


@prepared
def _own(user: int, public_id: UUID) -> QuerySet[Assignment]:
    mine = Assignment.objects.of(user).filter(public_id=public_id)
    beside = mine.select_related("seat", "contest__judging_rules", "copy__category", "copy__nomination")
    return beside.defer("copy__text", "copy__conflict_keys", "copy__doubts")


@prepared
def _criteria(contest: int) -> QuerySet[Criterion]:
    return Criterion.objects.filter(rubric__contest=contest).order_by("position", "pk")


class DeskView(OwnAssignmentView):
    """Read, score, save, submit and go on."""

    def get(self, request: HttpRequest, assignment: UUID) -> HttpResponse:
        if self.desk not in (Desk.OPEN, Desk.OVER):
            return self.away()
        if self.desk == Desk.OPEN:
            review = actions.open_review(self.assignment)
        else:
            review = _review_of(self.assignment)
        return self.page(review, DeskForm(review=review, criteria=self.criteria()))

    def post(self, request: HttpRequest, assignment: UUID) -> HttpResponse:
        if self.desk != Desk.OPEN:
            return self.away(CONFLICT)
        review = actions.open_review(self.assignment)
        submitting = request.POST.get("act") == "submit"
        form = DeskForm(request.POST, review=review, criteria=self.criteria(), submitting=submitting)
        if not form.is_valid():
            return self.keep(review, form)
        try:
            if submitting:
                actions.submit(review, *_written(form, review), actor=request.user, page=_page(form))
            else:
                actions.save_draft(review, *_written(form, review), page=_page(form))
        except actions.Submitted:
            # A second click on «submit», or another tab was quicker: what is in stands.
            messages.info(request, _("This review is in already."))
            return redirect("reading_desk", assignment=self.assignment.public_id)
        except actions.Closed as refusal:
            messages.error(request, str(refusal.message))
            return redirect(queue_address(self.assignment.contest.slug))
        except actions.BadMarks as bad:
            form.refuse(bad.problems)
            return self.page(review, form, status=CONFLICT)
        except actions.Outdated as outdated:
            return self.page(review, form, status=CONFLICT, outdated=outdated.review)
        if not submitting:
            messages.success(request, _("Draft saved."))
            return redirect("reading_desk", assignment=self.assignment.public_id)
        check_disagreement.delay_on_commit(self.assignment.copy_id)
        return self.go_on()

    def keep(self, review: Review, form: DeskForm) -> HttpResponse:
        """Save what is right in a form with mistakes, and show the mistakes: nothing typed is lost."""
        if "version" not in form.errors:
            try:
                actions.save_draft(review, *_written(form, review), page=_page(form))
            except actions.Outdated as outdated:
                return self.page(review, form, status=CONFLICT, outdated=outdated.review)
            except actions.Submitted:
                messages.info(self.request, _("This review is in already."))
                return redirect("reading_desk", assignment=self.assignment.public_id)
            except actions.Closed:
                return self.away(CONFLICT)
        return self.page(review, form)

    def go_on(self) -> HttpResponse:
        code = self.assignment.copy.code
        following = queue.neighbours_of(self.assignment).next_to_score
        if following is None:
            messages.success(
                self.request, _("%(code)s is scored, and so is everything else. Thank you!") % {"code": code}
            )
            return redirect(queue_address(self.assignment.contest.slug))
        # The next desk itself says what was handed in, with the button that takes it back.
        return redirect("reading_desk", assignment=following)

    def page(
        self, review: Review, form: DeskForm, *, status: int = 200, outdated: Review | None = None
    ) -> HttpResponse:
        context = desk_page.context_of(self.assignment, self.desk, self.at, review, form, outdated)
        return render(self.request, "judging/reviews/desk.html", context, status=status)


class DraftView(OwnAssignmentView):
    """Autosave: takes the desk's form, answers in JSON with the new version, the total, and what is wrong."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, assignment: UUID) -> HttpResponse:
        if self.desk != Desk.OPEN:
            return JsonResponse({"saved": False, "closed": _("This essay cannot be scored now.")}, status=CONFLICT)
        review = actions.open_review(self.assignment)
        form = DeskForm(request.POST, review=review, criteria=self.criteria())
        form.is_valid()
        if "version" in form.errors:
            return JsonResponse({"saved": False, "outdated": True, "version": review.version}, status=CONFLICT)
        try:
            actions.save_draft(review, *_written(form, review), page=_page(form))
        except actions.Outdated as outdated:
            return JsonResponse({"saved": False, "outdated": True, "version": outdated.review.version}, status=CONFLICT)
        except actions.Refused as refusal:
            return JsonResponse({"saved": False, "closed": str(refusal.message)}, status=CONFLICT)
        except actions.BadMarks as bad:
            form.refuse(bad.problems)
            return JsonResponse({"saved": False, "problems": _problems(form)}, status=CONFLICT)
        return JsonResponse({"saved": True, "version": review.version, "problems": _problems(form)})


class ReopenView(OwnAssignmentView):
    """Take a submitted review back onto the desk."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, assignment: UUID) -> HttpResponse:
        if self.desk != Desk.OPEN:
            return self.away(CONFLICT)
        review = _review_of(self.assignment)
        try:
            actions.reopen(review, actor=request.user)
        except actions.Closed as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("The review is open again. Do not forget to hand it in."))
        return redirect("reading_desk", assignment=self.assignment.public_id)


class OthersView(OwnAssignmentView):
    """Look at how the others scored: once the own review is in, where the rules allow it, and for good."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, assignment: UUID) -> HttpResponse:
        if self.desk not in (Desk.OPEN, Desk.OVER):
            return self.away(CONFLICT)
        try:
            actions.look_at_others(_review_of(self.assignment), actor=request.user)
        except actions.Closed as refusal:
            messages.error(request, str(refusal.message))
        address = reverse("reading_desk", args=[self.assignment.public_id])
        return redirect(f"{address}#others")


class NotesView(OwnAssignmentView):
    """The judge's own notes: ``act`` is add, change or remove. A script gets the list, everybody else the desk."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, assignment: UUID) -> HttpResponse:
        if self.desk not in (Desk.OPEN, Desk.OVER):
            return self.away(CONFLICT)
        form = NoteForm(request.POST)
        act = request.POST.get("act", "")
        refusal = ""
        if act == "remove":
            notes.remove_note(self.assignment, _uuid(request.POST.get("id", "")))
        elif not form.is_valid():
            refusal = str(next(iter(form.errors.values()))[0])
        elif act == "change":
            data = form.cleaned_data
            number = _uuid(request.POST.get("id", ""))
            if not notes.change_note(self.assignment, number, note=data["note"], colour=data["colour"]):
                refusal = _("This note is not there any more.")
        else:
            try:
                notes.add_note(self.assignment, form.cleaned_data)
            except notes.TooMany as limit:
                refusal = _("%(number)d places are marked already; remove one first.") % {"number": limit.most}
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            context = {"assignment": self.assignment, "notes": notes.notes_of(self.assignment), "refusal": refusal}
            return render(request, "judging/reviews/_notes.html", context, status=422 if refusal else 200)
        if refusal:
            messages.error(request, refusal)
        address = reverse("reading_desk", args=[self.assignment.public_id])
        return redirect(f"{address}#notes")


def _written(form: DeskForm, review: Review) -> tuple[Any, str, str, int]:
    """What may be stored of a form, also of one with mistakes: a text that is too long leaves the stored one."""
    data = form.cleaned_data
    comment = data.get("comment_for_author", review.comment_for_author)
    return form.marks(), comment, data.get("note_for_jury", review.note_for_jury), data["version"]


def _uuid(text: str) -> UUID:
    """An id as it was posted; what is none stands for nothing."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _page(form: DeskForm) -> str:
    return str(form.cleaned_data.get("page", ""))


def _review_of(assignment: Assignment) -> Review:
    """The stored review, or an empty one that is not stored."""
    review = Review.objects.filter(assignment=assignment).first() or Review(assignment=assignment)
    review.assignment = assignment
    return review


def _problems(form: DeskForm) -> dict[str, str]:
    return {name: str(errors[0]) for name, errors in form.errors.items()}

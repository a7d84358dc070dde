"""The door to the pages of a copy that is read as pictures: a judge's own assignments, while they may be read."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from essays.anonymity.models import CopyPage
from essays.anonymity.page_downloads import serve_page
from judging.assignments.access import Desk
from judging.reviews.views import OwnAssignmentView


class CopyPictureView(OwnAssignmentView):
    """One painted page. Where the text would not be shown, no page is: the same 404 as for a page that is not there."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, assignment: UUID, number: int) -> HttpResponse:
        if self.desk not in (Desk.OPEN, Desk.OVER):
            raise Http404
        return serve_page(get_object_or_404(CopyPage, copy=self.assignment.copy_id, number=number))

"""The copy as pages, for reading on paper: behind the judge's own address, and there while the text itself is."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from essays.anonymity.downloads import serve_pdf
from judging.assignments.access import Desk
from judging.reviews.views import OwnAssignmentView


class CopyPagesView(OwnAssignmentView):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, assignment: UUID) -> HttpResponse:
        if self.desk not in (Desk.OPEN, Desk.OVER):
            return self.away()
        return serve_pdf(self.assignment.copy)

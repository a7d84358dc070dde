"""Addresses of the app, slice by slice."""

from django.urls import URLPattern, URLResolver, path

from judging.assignments import organizer as assignments_organizer
from judging.assignments import views as assignments
from judging.panels import organizer as panels_organizer
from judging.panels import views as panels
from judging.reviews import organizer as reviews_organizer
from judging.reviews import views as reviews
from judging.rubrics import organizer as rubrics

urlpatterns: list[URLPattern | URLResolver] = [
    # rubrics: the organizer's side
    path("organizer/<slug:slug>/rubric/", rubrics.rubric, name="organizer_rubric"),
    path("organizer/<slug:slug>/rubric/<int:position>/", rubrics.levels, name="organizer_levels"),
    path("organizer/<slug:slug>/rules/", rubrics.rules, name="organizer_rules"),
    path("organizer/<slug:slug>/awards/", rubrics.awards, name="organizer_awards"),
    # panels: the invitation and the judge's seat
    path("seats/<str:token>/", panels.InvitationView.as_view(), name="seat_invitation"),
    path("judging/seat/<uuid:seat>/", panels.SeatView.as_view(), name="my_seat"),
    path("organizer/<slug:slug>/judges/", panels_organizer.PanelView.as_view(), name="organizer_judges"),
    path("organizer/<slug:slug>/judges/<uuid:seat>/", panels_organizer.PanelSeatView.as_view(), name="organizer_seat"),
    # assignments: the queue, giving back, the deal
    path("judging/", assignments.judge_queue, name="judge_queue"),
    path("judging/<uuid:assignment>/recuse/", assignments.RecusalView.as_view(), name="recuse"),
    path(
        "organizer/<slug:slug>/assignments/",
        assignments_organizer.AssignmentsView.as_view(),
        name="organizer_assignments",
    ),
    # reviews: the reading desk
    path("judging/<uuid:assignment>/", reviews.DeskView.as_view(), name="reading_desk"),
    path("judging/<uuid:assignment>/draft/", reviews.DraftView.as_view(), name="save_draft"),
    path("judging/<uuid:assignment>/reopen/", reviews.ReopenView.as_view(), name="reopen_review"),
    path("organizer/<slug:slug>/reviews/", reviews_organizer.organizer_reviews, name="organizer_reviews"),
]

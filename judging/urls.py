"""Addresses of the app, slice by slice."""

from django.urls import URLPattern, URLResolver, path, re_path

from judging.anchors import organizer as anchors_organizer
from judging.anchors import views as anchors
from judging.appeals import organizer as appeals_organizer
from judging.appeals import views as appeals
from judging.assignments import organizer as assignments_organizer
from judging.assignments import views as assignments
from judging.console import estimate, reliability, second_look
from judging.console import organizer as console
from judging.panels import organizer as panels_organizer
from judging.panels import views as panels
from judging.ranking import organizer as ranking
from judging.ranking import what_if_pages as what_if
from judging.ranking import withheld_pages
from judging.results import documents_pages, opening_pages
from judging.results import organizer as results_organizer
from judging.results import views as results
from judging.reviews import copy_pages, offline_pages, pictures, removal
from judging.reviews import organizer as reviews_organizer
from judging.reviews import views as reviews
from judging.rubrics import organizer as rubrics
from judging.session import organizer as session

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
    path("judging/<uuid:assignment>/copy.pdf", copy_pages.CopyPagesView.as_view(), name="reading_copy_pdf"),
    path("judging/<uuid:assignment>/pages/<int:number>.jpg", pictures.CopyPictureView.as_view(), name="copy_picture"),
    path("judging/<uuid:assignment>/draft/", reviews.DraftView.as_view(), name="save_draft"),
    path("judging/<uuid:assignment>/reopen/", reviews.ReopenView.as_view(), name="reopen_review"),
    path("judging/offline/<slug:slug>/", offline_pages.offline_page, name="judge_offline"),
    path("judging/offline/<slug:slug>/essays-<int:part>.pdf", offline_pages.essays_file, name="offline_essays"),
    path("judging/offline/<slug:slug>/scores.xlsx", offline_pages.score_sheet, name="offline_sheet"),
    path("judging/offline/<slug:slug>/apply/", offline_pages.apply_sheet, name="apply_sheet"),
    path("judging/<uuid:assignment>/others/", reviews.OthersView.as_view(), name="see_others"),
    path("judging/<uuid:assignment>/notes/", reviews.NotesView.as_view(), name="own_notes"),
    path("organizer/<slug:slug>/reviews/", reviews_organizer.organizer_reviews, name="organizer_reviews"),
    path("organizer/<slug:slug>/judges/<uuid:seat>/reviews/", removal.judge_reviews, name="organizer_judge_reviews"),
    # anchors: scored twice by every judge
    path("judging/anchors/<slug:slug>/", anchors.AnchorsView.as_view(), name="own_anchors"),
    path("judging/anchors/<slug:slug>/<uuid:anchor>/", anchors.AnchorView.as_view(), name="own_anchor"),
    path("organizer/<slug:slug>/anchors/", anchors_organizer.anchors, name="organizer_anchors"),
    # ranking: proposal, approval, downloads
    path("organizer/<slug:slug>/ranking/", ranking.ranking, name="organizer_ranking"),
    path("organizer/<slug:slug>/ranking/what-if/", what_if.what_if_page, name="organizer_what_if"),
    path("organizer/<slug:slug>/ranking/stability/", what_if.stability_page, name="organizer_stability"),
    path("organizer/<slug:slug>/ranking/vote/", ranking.vote, name="organizer_ranking_vote"),
    path("organizer/<slug:slug>/ranking/choices/", ranking.choose, name="organizer_ranking_choose"),
    path("organizer/<slug:slug>/ranking/withheld/", withheld_pages.withheld, name="organizer_withheld"),
    path("organizer/<slug:slug>/ranking/take-back/", ranking.take_back, name="organizer_ranking_take_back"),
    re_path(
        r"^organizer/(?P<slug>[-a-zA-Z0-9_]+)/ranking\.(?P<kind>csv|xlsx|json|toml|reviews\.csv)$",
        ranking.download,
        name="organizer_ranking_download",
    ),
    # session: the jury's meeting
    path("organizer/<slug:slug>/names/<slug:code>/", opening_pages.entry_name, name="organizer_name"),
    path("organizer/<slug:slug>/session/", session.session_page, name="organizer_session"),
    path("organizer/<slug:slug>/session/attendance/", session.attendance, name="session_attendance"),
    path("organizer/<slug:slug>/session/question/", session.question, name="session_question"),
    path("organizer/<slug:slug>/session/question/<int:number>/", session.vote, name="session_vote"),
    path("organizer/<slug:slug>/session/dissent/", session.dissent, name="session_dissent"),
    path("organizer/<slug:slug>/session/close/", session.close, name="session_close"),
    # results: what everybody sees, and the documents
    path("c/<slug:slug>/results/", results.contest_results, name="contest_results"),
    path("c/<slug:slug>/results/list.pdf", results.results_list, name="results_list"),
    path("c/<slug:slug>/results/<slug:code>/", results.contest_essay, name="contest_essay"),
    path("c/<slug:slug>/results/<slug:code>/<int:number>.jpg", results.contest_essay_page, name="contest_essay_page"),
    path("c/<slug:slug>/results/preview.png", results.results_picture, name="results_picture"),
    path("documents/", results.check_document, name="check_document"),
    path("documents/<str:number>/", results.verify_document, name="verify_document"),
    path("documents/<str:number>/pdf/", results.diploma_pdf, name="diploma_pdf"),
    # results: the organizer's side
    path("organizer/<slug:slug>/results/", results_organizer.results, name="organizer_results"),
    path("organizer/<slug:slug>/results/confirm/", results_organizer.confirm, name="organizer_results_confirm"),
    path("organizer/<slug:slug>/results/call-off/", results_organizer.call_off, name="organizer_results_call_off"),
    re_path(
        r"^organizer/(?P<slug>[-a-zA-Z0-9_]+)/session/protocol\.(?P<kind>pdf|xlsx)$",
        results_organizer.protocol,
        name="protocol",
    ),
    # documents: design, names, all in one file
    path("organizer/<slug:slug>/documents/", documents_pages.documents_design, name="organizer_documents"),
    path("organizer/<slug:slug>/documents/preview/<slug:kind>.png", documents_pages.preview, name="document_preview"),
    path("organizer/<slug:slug>/documents/list/", documents_pages.document_list, name="organizer_document_list"),
    path("organizer/<slug:slug>/documents/bundle/", documents_pages.ask_bundle, name="ask_bundle"),
    path("organizer/<slug:slug>/documents/bundle/<uuid:bundle>/", documents_pages.bundle_file, name="bundle_file"),
    path("organizer/<slug:slug>/documents/<str:number>/name/", documents_pages.printed_name, name="printed_name"),
    # appeals
    path("entries/<uuid:public_id>/appeal/", appeals.appeal, name="appeal"),
    path("entries/<uuid:public_id>/appeal/withdraw/", appeals.withdraw, name="withdraw_appeal"),
    path("judging/appeals/<uuid:member>/", appeals.hear, name="hear_appeal"),
    path("organizer/<slug:slug>/appeals/", appeals_organizer.appeals, name="organizer_appeals"),
    path("organizer/<slug:slug>/appeals/<uuid:public_id>/", appeals_organizer.appeal, name="organizer_appeal"),
    # console: the numbers of the jury, the second look, where everything stands
    path("organizer/<slug:slug>/judges/numbers/", reliability.judges_numbers, name="organizer_judges_numbers"),
    path("organizer/<slug:slug>/second-look/", second_look.second_look_page, name="organizer_second_look"),
    path("organizer/<slug:slug>/rules/estimate/", estimate.estimate, name="organizer_estimate"),
    path("organizer/<slug:slug>/", console.board, name="organizer_board"),
]

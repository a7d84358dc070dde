"""Addresses of the app, slice by slice."""

from django.urls import URLPattern, URLResolver, path

from essays.contests import editing
from essays.contests import letters as contests_letters
from essays.contests import organizer as contests_organizer
from essays.contests import views as contests
from essays.contests.doors import organizer_page
from essays.entries import application, page_views, painting_views, redaction_desk, remarks
from essays.entries import organizer as entries_organizer
from essays.entries import views as entries
from essays.ledger import organizer as ledger
from essays.outbox import organizer as outbox
from essays.people import organizer as people_organizer

urlpatterns: list[URLPattern | URLResolver] = [
    # contests: what everybody sees
    path("", contests.home, name="home"),
    path("c/<slug:slug>/", contests.contest_page, name="contest_page"),
    # contests: the organizer's side
    path("organizer/", contests_organizer.organizer_home, name="organizer_home"),
    path("organizer/new/", contests_organizer.new_contest, name="organizer_new"),
    path("organizer/institutions/", people_organizer.institutions, name="organizer_institutions"),
    path("organizer/institutions/new/", people_organizer.institution, name="organizer_institution_new"),
    path("organizer/institutions/<int:pk>/", people_organizer.institution, name="organizer_institution"),
    path("organizer/institutions/<int:pk>/part/", people_organizer.part_institution, name="organizer_institution_part"),
    path(
        "organizer/institutions/<int:pk>/confirm/",
        people_organizer.confirm_institution,
        name="organizer_institution_confirm",
    ),
    path(
        "organizer/institutions/<int:pk>/merge/",
        people_organizer.merge_institution,
        name="organizer_institution_merge",
    ),
    path("organizer/<slug:slug>/regulation/", contests_organizer.regulation, name="organizer_regulation"),
    path("organizer/<slug:slug>/publish/", contests_organizer.publish, name="organizer_publish"),
    path("organizer/<slug:slug>/unpublish/", contests_organizer.unpublish, name="organizer_unpublish"),
    path("organizer/<slug:slug>/archive/", contests_organizer.archive, name="organizer_archive"),
    path("organizer/<slug:slug>/close-intake/", contests_organizer.close_intake, name="organizer_close_intake"),
    path("organizer/<slug:slug>/reopen-intake/", contests_organizer.reopen_intake, name="organizer_reopen_intake"),
    path("organizer/<slug:slug>/texts/", editing.texts, name="organizer_texts"),
    path("organizer/<slug:slug>/requirements/", editing.requirements, name="organizer_requirements"),
    path("organizer/<slug:slug>/calendar/", editing.calendar, name="organizer_calendar"),
    path("organizer/<slug:slug>/categories/", editing.categories, name="organizer_categories"),
    path("organizer/<slug:slug>/nominations/", editing.nominations, name="organizer_nominations"),
    path("organizer/<slug:slug>/consents/", editing.consents, name="organizer_consents"),
    path("organizer/<slug:slug>/team/", contests_organizer.team, name="organizer_team"),
    path("organizer/<slug:slug>/team/two/", contests_organizer.two_announce, name="organizer_team_two"),
    path(
        "organizer/<slug:slug>/team/<int:user_id>/remove/",
        contests_organizer.remove_organizer,
        name="organizer_team_remove",
    ),
    # ledger and outbox, through the contest's door
    path("organizer/<slug:slug>/ledger/", organizer_page(ledger.ledger_page), name="organizer_ledger"),
    path("organizer/<slug:slug>/letters/", organizer_page(outbox.letters_page), name="organizer_letters"),
    path("organizer/<slug:slug>/letters/retry/", organizer_page(outbox.retry_all), name="organizer_letters_retry"),
    path("organizer/<slug:slug>/letters/<int:pk>/", contests_letters.letter_page, name="organizer_letter"),
    path(
        "organizer/<slug:slug>/letters/<int:pk>/retry/",
        organizer_page(outbox.retry_letter),
        name="organizer_letter_retry",
    ),
    # entries: the entrant's side
    path("entries/", entries.my_entries, name="my_entries"),
    path("c/<slug:slug>/enter/", entries.enter, name="enter"),
    path("entries/<uuid:public_id>/", entries.entry_page, name="entry"),
    path("entries/<uuid:public_id>/author/", application.author, name="entry_author"),
    path("entries/<uuid:public_id>/studies/", application.studies, name="entry_studies"),
    path("entries/<uuid:public_id>/theme/", application.theme, name="entry_theme"),
    path("entries/<uuid:public_id>/essay/", application.essay, name="entry_essay"),
    path("entries/<uuid:public_id>/essay/pages/", page_views.draft_pages, name="entry_draft_pages"),
    path("entries/<uuid:public_id>/essay/pages/<int:page>.jpg", page_views.draft_picture, name="entry_draft_picture"),
    path("entries/<uuid:public_id>/consents/", application.consents_page, name="entry_consents"),
    path(
        "entries/<uuid:public_id>/consents/<slug:kind>/withdraw/",
        entries.withdraw_consent,
        name="entry_withdraw_consent",
    ),
    path("entries/<uuid:public_id>/send/", application.send, name="entry_send"),
    path("entries/<uuid:public_id>/withdraw/", entries.withdraw, name="entry_withdraw"),
    path("entries/<uuid:public_id>/copy/", entries.blind_copy, name="entry_copy"),
    path("entries/<uuid:public_id>/copy.pdf", entries.copy_pages, name="entry_copy_pdf"),
    path("entries/<uuid:public_id>/copy/remark/", remarks.remark, name="entry_remark"),
    path("entries/<uuid:public_id>/copy/<int:number>.jpg", page_views.copy_picture, name="entry_copy_picture"),
    path("entries/<uuid:public_id>/pages/", painting_views.entry_pages, name="entry_pages"),
    path("entries/<uuid:public_id>/pages/<int:number>.jpg", painting_views.entry_picture, name="entry_pages_picture"),
    path("entries/<uuid:public_id>/original/", entries.original, name="entry_original"),
    path("institutions/", application.institutions, name="institutions"),
    path("guardian/<str:token>/", entries.guardian, name="guardian"),
    # entries: the organizer's side
    path("organizer/<slug:slug>/entries/", entries_organizer.entries, name="organizer_entries"),
    path("organizer/<slug:slug>/entries/admit/", entries_organizer.admit_all, name="organizer_admit_all"),
    path("organizer/<slug:slug>/copies/", entries_organizer.copies_anew, name="organizer_copies"),
    path("organizer/<slug:slug>/entries/<uuid:public_id>/", entries_organizer.entry, name="organizer_entry"),
    path(
        "organizer/<slug:slug>/entries/<uuid:public_id>/<int:version>/original/",
        entries_organizer.original,
        name="organizer_original",
    ),
    path(
        "organizer/<slug:slug>/entries/<uuid:public_id>/<int:version>/copy/",
        entries_organizer.copy,
        name="organizer_copy",
    ),
    path(
        "organizer/<slug:slug>/entries/<uuid:public_id>/<int:version>/copy.pdf",
        entries_organizer.copy_pages,
        name="organizer_copy_pdf",
    ),
    path(
        "organizer/<slug:slug>/entries/<uuid:public_id>/<int:version>/copy/<int:number>.jpg",
        painting_views.organizer_copy_picture,
        name="organizer_copy_picture",
    ),
    path(
        "organizer/<slug:slug>/entries/<uuid:public_id>/<int:version>/pages/",
        painting_views.organizer_pages,
        name="organizer_pages",
    ),
    path(
        "organizer/<slug:slug>/entries/<uuid:public_id>/<int:version>/pages/<int:number>.jpg",
        painting_views.organizer_picture,
        name="organizer_pages_picture",
    ),
    path(
        "organizer/<slug:slug>/entries/<uuid:public_id>/<int:version>/pages/instead/",
        painting_views.show_pages_instead,
        name="organizer_pages_instead",
    ),
    path(
        "organizer/<slug:slug>/entries/<uuid:public_id>/<int:version>/retry/",
        entries_organizer.retry,
        name="organizer_retry",
    ),
    path(
        "organizer/<slug:slug>/entries/<uuid:public_id>/<int:version>/release/",
        entries_organizer.release,
        name="organizer_release",
    ),
    # entries: the redaction desk
    path("organizer/<slug:slug>/redaction/", redaction_desk.queue, name="organizer_redaction"),
    path("organizer/<slug:slug>/redaction/<uuid:public_id>/", redaction_desk.desk, name="organizer_redaction_desk"),
    path(
        "organizer/<slug:slug>/redaction/<uuid:public_id>/decide/",
        redaction_desk.decide,
        name="organizer_redaction_decide",
    ),
    path(
        "organizer/<slug:slug>/redaction/<uuid:public_id>/release/",
        redaction_desk.release,
        name="organizer_redaction_release",
    ),
    path(
        "organizer/<slug:slug>/redaction/<uuid:public_id>/remarks/<int:pk>/",
        redaction_desk.answer,
        name="organizer_redaction_answer",
    ),
]

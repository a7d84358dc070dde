"""Addresses of the app, slice by slice."""

from django.urls import URLPattern, URLResolver, path

from essays.entries import organizer as entries_organizer
from essays.entries import views as entries

urlpatterns: list[URLPattern | URLResolver] = [
    # entries: the entrant's side
    path("entries/", entries.my_entries, name="my_entries"),
    path("c/<slug:slug>/enter/", entries.enter, name="enter"),
    path("entries/<uuid:public_id>/", entries.entry_page, name="entry"),
    path("entries/<uuid:public_id>/author/", entries.author, name="entry_author"),
    path("entries/<uuid:public_id>/studies/", entries.studies, name="entry_studies"),
    path("entries/<uuid:public_id>/theme/", entries.theme, name="entry_theme"),
    path("entries/<uuid:public_id>/essay/", entries.essay, name="entry_essay"),
    path("entries/<uuid:public_id>/consents/", entries.consents_page, name="entry_consents"),
    path(
        "entries/<uuid:public_id>/consents/<slug:kind>/withdraw/",
        entries.withdraw_consent,
        name="entry_withdraw_consent",
    ),
    path("entries/<uuid:public_id>/send/", entries.send, name="entry_send"),
    path("entries/<uuid:public_id>/withdraw/", entries.withdraw, name="entry_withdraw"),
    path("entries/<uuid:public_id>/copy/", entries.blind_copy, name="entry_copy"),
    path("entries/<uuid:public_id>/original/", entries.original, name="entry_original"),
    path("institutions/", entries.institutions, name="institutions"),
    path("guardian/<str:token>/", entries.guardian, name="guardian"),
    # entries: the organizer's side
    path("organizer/<slug:slug>/entries/", entries_organizer.entries, name="organizer_entries"),
    path("organizer/<slug:slug>/entries/admit/", entries_organizer.admit_all, name="organizer_admit_all"),
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
        "organizer/<slug:slug>/entries/<uuid:public_id>/<int:version>/retry/",
        entries_organizer.retry,
        name="organizer_retry",
    ),
    path(
        "organizer/<slug:slug>/entries/<uuid:public_id>/<int:version>/release/",
        entries_organizer.release,
        name="organizer_release",
    ),
]

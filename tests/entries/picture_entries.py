"""Entries whose essay comes as pictures: sent, and painted over."""

from django.test import Client

from essays.entries import actions, blinding, pages, painting
from essays.entries.models import Entry, Essay
from tests.factories.applications import filled, open_contest
from tests.factories.pictures import picture

FORMATS = ["docx", "pdf", "txt", "jpg", "png"]


def signed_in(user, language="en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def sent_pictures(count=2, **values) -> Essay:
    """An essay of ``count`` pages, handed in, whose copy waits to be painted."""
    contest = values.pop("contest", None) or open_contest(formats=FORMATS)
    by_mentor = values.pop("mentor", None)
    entry = filled(contest, by_mentor, **values)
    if by_mentor:
        Entry.objects.filter(pk=entry.pk).update(entered_by=Entry.EnteredBy.MENTOR)
        entry.refresh_from_db()
    for number in range(count):
        pages.add(entry, entry.owner, picture(seed=number))
    pages.hand_in(entry, entry.owner)
    actions.send(entry, entry.owner)
    blinding.blind(entry.essays.get().pk)
    return entry.essays.select_related("blind_copy", "entry__contest").get()


def painted(essay: Essay, places: list[list[int]]) -> Essay:
    for page in essay.pages.all():
        painting.keep_places(page, 0, places)
        painting.confirm(page, 1, True)
    painting.release(essay, None)
    essay.blind_copy.refresh_from_db()
    return essay


def files(settings) -> set[str]:
    return {str(one.relative_to(settings.MEDIA_ROOT)) for one in settings.MEDIA_ROOT.rglob("*") if one.is_file()}

"""What photographs of pages carry besides their pixels never reaches a judge, nor even our own disk."""

import io
import re

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from essays.anonymity.models import BlindCopy, CopyPage
from essays.entries import actions, blinding, pages, painting
from essays.ledger.models import LedgerEvent
from tests.factories.applications import filled, open_contest
from tests.factories.pictures import canary_jpeg, canary_png
from tests.factories.story import AssignmentFactory, SeatFactory, moment, rubric, rules

pytestmark = pytest.mark.django_db


def unfolded(content: bytes) -> bytes:
    """A PDF with its streams unpacked but for the pictures; anything else as it is."""
    if not content.startswith(b"%PDF"):
        return content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        made = io.BytesIO()
        pdf.save(
            made,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
        )
    return made.getvalue()


def test_no_canary_of_a_photograph_reaches_a_judge_or_the_disk(tmp_path, settings, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path / "private"
    monkeypatch.setenv("PATH", str(tmp_path))
    contest = open_contest(formats=["jpg", "png"])
    rules(contest)
    rubric(contest)
    entry = filled(contest, surname="Щукозерова")
    (photograph, words), (drawing, more) = canary_jpeg(), canary_png()
    pages.add(entry, entry.owner, SimpleUploadedFile("FileNameCanary Щукозерова.jpg", photograph))
    pages.add(entry, entry.owner, SimpleUploadedFile("../../OtherNameCanary.png", drawing))
    essay = pages.hand_in(entry, entry.owner)
    actions.send(entry, entry.owner)
    blinding.blind(essay.pk)
    essay.refresh_from_db()
    for page in essay.pages.all():
        painting.confirm(page, 0, True)
    painting.release(essay, None)
    BlindCopy.objects.update(admitted=True)
    type(contest).objects.update(
        opens_at=moment(-40), closes_at=moment(-20), screening_ends_at=moment(-15), corrections_end_at=moment(-12),
        judging_starts_at=moment(-10), judging_ends_at=moment(10), session_ends_at=moment(20), results_at=moment(30),
    )  # fmt: skip
    seat = SeatFactory(contest=contest)
    contest.refresh_from_db()
    assignment = AssignmentFactory(copy=BlindCopy.objects.get(), seat=seat, contest=contest)
    judge = Client()
    judge.force_login(seat.user, backend="allauth.account.auth_backends.AuthenticationBackend")

    answers = [
        judge.get(reverse("reading_desk", args=[assignment.public_id])),
        *(judge.get(reverse("copy_picture", args=[assignment.public_id, number])) for number in (1, 2)),
        judge.get(reverse("judge_queue"), follow=True),
        judge.get(reverse("reading_copy_pdf", args=[assignment.public_id])),
        judge.get(reverse("offline_essays", args=[contest.slug, 1])),
    ]
    shown = [page.file.open("rb").read() for page in CopyPage.objects.all()]
    printed = [unfolded(answer.content) for answer in answers[-2:]]
    received = b"".join(
        unfolded(answer.content) + repr(sorted(answer.headers.items())).encode()
        for answer in answers
        if answer.status_code == 200
    )
    kept = b"".join(one.read_bytes() for one in settings.MEDIA_ROOT.rglob("*") if one.is_file())
    row = repr(CopyPage.objects.values_list().first()) + repr(BlindCopy.objects.values_list().get())
    told = repr(list(LedgerEvent.objects.values_list("data", flat=True)))

    assert [answer.status_code for answer in answers] == [200] * 6
    # On the desk, in the copy's PDF and in the essays to take along: these pages, byte for byte, and no other picture.
    assert received.count(b"\xff\xd8\xff") == 6 and all(received.count(page) == 3 for page in shown)
    assert not re.search(rb"/Author|/CreationDate|/ModDate|CreateDate|\bD:\d{6}|20\d\d-\d\d-\d\d", b"".join(printed))
    assert len(words) + len(more) == 15
    assert set(re.findall(rb"\w*Canary", received + kept + row.encode() + told.encode())) == set()
    for content in (received, kept, row.encode()):
        small = content.lower()
        assert not any("щукозеров".encode(code) in small for code in ("utf-8", "cp1251")) and b"GPS" not in content
        assert "Щукозеров".encode() not in content and "Щукозеров".encode("utf-16-le") not in content
    assert entry.public_id.hex.encode() not in received and str(entry.public_id).encode() not in received
    assert essay.sha256.encode() not in received

"""What happens to an entry: begun, filled in, sent, replaced, decided, withdrawn."""

from datetime import date

import pytest
from django.conf import settings

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.entries import actions, admission, blinding, consents, letters, versions
from essays.entries.consents import Kind
from essays.entries.models import Consent, Entry, Essay
from essays.entries.refusals import Refused
from essays.entries.unblinding import open_envelopes
from essays.ledger.models import LedgerEvent
from essays.outbox.models import Letter
from essays.people.age import Signer
from tests.factories.applications import blinded, born, filled, open_contest, sent, upload
from tests.factories.story import UserFactory, moment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private_files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def test_an_entrant_continues_the_draft_instead_of_beginning_another():
    contest, user = open_contest(), UserFactory()

    first = actions.start(contest, user, "entrant")
    second = actions.start(contest, user, "entrant")

    assert first == second


def test_a_mentor_may_begin_several():
    contest, mentor = open_contest(), UserFactory()

    assert actions.start(contest, mentor, "mentor") != actions.start(contest, mentor, "mentor")


def test_sending_gives_number_receipt_and_a_file_that_waits_for_its_copy():
    entry = sent(open_contest())

    essay = entry.essays.get()
    assert (entry.state, entry.number, essay.state) == ("received", 1, "waiting")
    letter = Letter.objects.get(name="receipt")
    assert (letter.to, letter.context["code"], letter.context["sha256"]) == (entry.email, entry.code, essay.sha256)


def test_numbers_run_without_gaps():
    contest = open_contest()

    numbers = [sent(contest, surname=f"Автор{n}").number for n in range(3)]

    assert numbers == [1, 2, 3]


@pytest.mark.parametrize("shift", ["screening", "upcoming"])
def test_outside_intake_nothing_is_begun_or_sent(shift):
    contest = open_contest()
    entry = filled(contest)
    versions.attach(entry, entry.owner, upload())
    days = {"screening": -1, "upcoming": 5}[shift]
    Contest.objects.filter(pk=contest.pk).update(
        opens_at=moment(-9 if days < 0 else 1), closes_at=moment(days if days < 0 else 9)
    )
    entry.refresh_from_db()

    with pytest.raises(Refused):
        actions.start(Contest.objects.get(pk=contest.pk), UserFactory(), "entrant")
    with pytest.raises(Refused):
        actions.send(Entry.objects.get(pk=entry.pk), entry.owner)
    with pytest.raises(Refused) as refused:
        versions.attach(Entry.objects.get(pk=entry.pk), entry.owner, upload())
    assert refused.value.field == "file"


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (upload("", "empty.txt"), "empty"),
        (upload("коротко", "short.txt"), "too_few_characters"),
        (upload("слово " * 2000, "long.txt"), "too_many_characters"),
        (upload("%PDF-1.4 не совсем", "essay.docx"), "type_mismatch"),
        (upload(" \n\t ", "blank.txt"), "empty"),
    ],
)
def test_a_bad_file_is_refused_beside_its_field_and_leaves_nothing_behind(file, code, tmp_path):
    entry = filled(open_contest())

    with pytest.raises(Refused) as refused:
        versions.attach(entry, entry.owner, file)

    assert (refused.value.field, refused.value.code) == ("file", code)
    assert list(tmp_path.rglob("*.*")) == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert entry.essays.count() == 0


def test_a_bad_file_leaves_the_earlier_version_in_force():
    entry = sent(open_contest())

    with pytest.raises(Refused):
        versions.attach(entry, entry.owner, upload("коротко"))

    assert list(entry.essays.values_list("version", "is_current")) == [(1, True)]


def test_a_full_disk_is_a_refusal_that_says_so(monkeypatch, tmp_path):
    entry = filled(open_contest())
    monkeypatch.setattr("os.fsync", lambda _fd: (_ for _ in ()).throw(OSError(28, "No space left on device")))

    with pytest.raises(Refused) as refused:
        versions.attach(entry, entry.owner, upload())

    assert refused.value.code == "no_space"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_upload_is_kept_under_a_random_name_readable_by_nobody_else(tmp_path):
    entry = sent(open_contest())

    path = tmp_path / entry.essays.get().file.name

    assert "essay" not in path.name
    assert path.stat().st_mode & 0o077 == 0


def test_one_author_enters_once_whoever_sends():
    contest = open_contest()
    sent(contest)

    entry = filled(contest)
    versions.attach(entry, entry.owner, upload())
    with pytest.raises(Refused) as refused:
        actions.send(entry, entry.owner)

    assert refused.value.code == "author_twice"


def test_a_copy_hides_the_author_and_is_released_when_clean():
    entry = blinded(open_contest())

    essay = entry.essays.get()
    copy = essay.blind_copy
    assert (essay.state, copy.state, copy.code) == ("blinded", "released", entry.code)
    for canary in ("Ребрихин", "Мария", "Тестов", "9 «А»"):
        assert canary not in copy.html + copy.text + copy.title
    assert "[УЧАСТНИК]" in copy.text


def test_making_a_copy_twice_makes_one():
    entry = sent(open_contest())
    essay_id = entry.essays.get().pk

    assert [blinding.blind(essay_id), blinding.blind(essay_id)] == [True, False]
    assert BlindCopy.objects.count() == 1


def test_a_new_version_supersedes_the_earlier_copy_and_keeps_it():
    entry = blinded(open_contest())

    versions.attach(entry, entry.owner, upload("Второе слово Марии Ребрихиной о паспорте, длиннее прежнего."))
    blinding.blind(entry.essays.current().get().pk)

    states = list(BlindCopy.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["superseded", "released"]
    assert Letter.objects.filter(name="receipt").count() == 2


def test_a_changed_application_owes_a_new_copy():
    entry = blinded(open_contest())

    actions.change(entry, entry.owner, {"surname": "Летом"})

    assert entry.essays.get().state == "waiting"


def test_a_file_that_kills_three_workers_is_set_aside_and_the_organizer_is_told(monkeypatch):
    contest = open_contest()
    organizer = contest.organizers.create(user=UserFactory()).user
    entry = sent(contest)
    essay = entry.essays.get()

    def die(*_args):
        raise SystemExit("killed")

    monkeypatch.setattr(blinding, "make_copy", die)
    for _attempt in range(3):
        with pytest.raises(SystemExit):
            blinding.blind(essay.pk)
        Essay.objects.filter(pk=essay.pk).update(lease_until=moment(-1))
    blinding.blind(essay.pk)

    essay.refresh_from_db()
    assert (essay.state, essay.attempts) == ("quarantined", 3)
    assert Letter.objects.get(name="essay_quarantined").to == organizer.email


def test_while_a_lease_runs_a_second_worker_leaves(monkeypatch):
    entry = sent(open_contest())
    essay = entry.essays.get()
    real = blinding.make_copy
    inner = []

    def meanwhile(*args):
        inner.append(blinding.blind(essay.pk))
        return real(*args)

    monkeypatch.setattr(blinding, "make_copy", meanwhile)

    assert (blinding.blind(essay.pk), inner) == (True, [False])


def test_a_worker_that_overslept_its_lease_writes_nothing(monkeypatch):
    entry = sent(open_contest())
    essay = entry.essays.get()
    real = blinding.make_copy

    def overslept(*args):
        monkeypatch.setattr(blinding, "make_copy", real)
        Essay.objects.filter(pk=essay.pk).update(lease_until=moment(-1))
        assert blinding.blind(essay.pk) is True
        return real(*args)

    monkeypatch.setattr(blinding, "make_copy", overslept)

    assert blinding.blind(essay.pk) is False
    assert BlindCopy.objects.count() == 1


def test_a_missing_file_fails_with_its_reason_and_can_be_tried_again():
    entry = sent(open_contest())
    essay = entry.essays.get()
    path = settings.MEDIA_ROOT / essay.file.name
    content = path.read_bytes()
    path.unlink()

    blinding.blind(essay.pk)
    essay.refresh_from_db()
    failed = (essay.state, essay.failure)
    path.write_bytes(content)
    blinding.retry(essay, UserFactory())

    assert failed == ("failed", "file_missing")
    assert blinding.blind(essay.pk) is True


def test_admission_marks_the_copy_for_the_competition():
    entry = blinded(open_contest())

    admission.admit(entry, UserFactory())

    assert BlindCopy.objects.in_competition().count() == 1


def test_a_copy_made_after_admission_is_in_the_competition_too():
    entry = sent(open_contest())
    admission.admit(entry, UserFactory())

    blinding.blind(entry.essays.get().pk)

    assert BlindCopy.objects.in_competition().count() == 1


def test_where_the_contest_says_so_a_clean_entry_admits_itself():
    entry = blinded(open_contest(admits_itself=True))

    entry.refresh_from_db()
    assert entry.state == "admitted"
    assert BlindCopy.objects.in_competition().count() == 1


@pytest.mark.parametrize("act", [admission.reject, admission.disqualify])
def test_rejection_takes_the_copy_out_and_tells_the_author_why(act):
    entry = blinded(open_contest())
    if act is admission.disqualify:
        admission.admit(entry, UserFactory())

    act(entry, UserFactory(), "Текст взят из сети.")

    copy = entry.essays.get().blind_copy
    assert (copy.state, copy.admitted) == ("retired", False)
    letter = Letter.objects.exclude(name="receipt").get()
    assert (letter.to, letter.context["remark"]) == (entry.email, "Текст взят из сети.")


def test_a_returned_entry_is_corrected_and_sent_again_after_the_deadline():
    contest = open_contest()
    entry = blinded(contest)
    admission.give_back(entry, UserFactory(), "Добавьте вывод.")
    Contest.objects.filter(pk=contest.pk).update(closes_at=moment(-1))
    entry = Entry.objects.get(pk=entry.pk)

    versions.attach(entry, entry.owner, upload())
    actions.send(entry, entry.owner)

    assert (entry.state, entry.number, entry.essays.current().get().version) == ("received", 1, 2)


def test_withdrawing_takes_the_copy_out_of_every_queue():
    entry = blinded(open_contest())
    admission.admit(entry, UserFactory())

    actions.withdraw(entry, entry.owner)

    assert (entry.state, BlindCopy.objects.in_competition().count()) == ("withdrawn", 0)


def test_nobody_withdraws_somebody_elses_entry():
    entry = sent(open_contest())

    with pytest.raises(Refused):
        actions.withdraw(entry, UserFactory())


def test_a_discarded_draft_takes_its_file_along(tmp_path, django_capture_on_commit_callbacks):
    entry = filled(open_contest())
    versions.attach(entry, entry.owner, upload())

    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(entry, entry.owner)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


MINOR = born(15)
CHILD = born(12)
GUARDIAN = {"guardian_surname": "Ребрихина", "guardian_given_name": "Ольга", "guardian_email": "olga@example.org"}


def test_for_a_minor_the_guardian_is_asked_by_letter_and_admission_waits():
    entry = sent(open_contest(), birth_date=MINOR, **GUARDIAN)

    assert Letter.objects.get(name="guardian_request").to == "olga@example.org"
    with pytest.raises(Refused) as refused:
        admission.admit(entry, UserFactory())
    assert refused.value.code == "consent_missing"

    consents.give(entry, [Kind.PROCESSING], Consent.GivenBy.GUARDIAN, channel="letter")
    admission.admit(entry, UserFactory())
    assert entry.state == "admitted"


@pytest.mark.parametrize(
    ("birth_date", "signers"),
    [(CHILD, [Signer.GUARDIAN]), (MINOR, [Signer.ENTRANT, Signer.GUARDIAN]), (date(2000, 1, 1), [Signer.ENTRANT])],
)
def test_who_signs_follows_from_the_age(birth_date, signers):
    contest = open_contest()
    entry = filled(contest, birth_date=birth_date, **GUARDIAN)

    assert list(consents.signers_of(entry)) == signers


@pytest.mark.parametrize(
    ("given", "named"), [([], False), (["entrant"], False), (["guardian"], False), (["entrant", "guardian"], True)]
)
def test_a_name_is_published_only_with_every_signers_consent(given, named):
    entry = sent(open_contest(), birth_date=MINOR, **GUARDIAN)
    for signer in given:
        consents.give(entry, [Kind.DISSEMINATION], signer, channel="account")

    assert consents.may_be_named([entry]) == ({entry.pk} if named else set())


def test_a_withdrawn_consent_names_nobody():
    entry = sent(open_contest())
    consents.give(entry, [Kind.DISSEMINATION], Consent.GivenBy.ENTRANT, channel="account")

    consents.withdraw(entry, Kind.DISSEMINATION)

    assert consents.may_be_named([entry]) == set()


def test_a_guardians_link_ends_with_a_changed_address():
    entry = sent(open_contest(), birth_date=MINOR, **GUARDIAN)
    token = letters.guardian_token(entry)

    before = letters.entry_of_token(token)
    actions.change(entry, entry.owner, {"guardian_email": "new@example.org"})

    assert (before, letters.entry_of_token(token), letters.entry_of_token("forged")) == (entry, None, None)


def test_envelopes_stay_closed_before_approval():
    entry = blinded(open_contest())

    class Unapproved:
        approved_at = None

    with pytest.raises(PermissionError):
        open_envelopes([entry.essays.get().blind_copy_id], ranking=Unapproved(), actor=None)


def test_every_act_is_in_the_ledger_and_none_names_the_author():
    entry = blinded(open_contest())
    admission.admit(entry, UserFactory())

    written = list(LedgerEvent.objects.values_list("action", flat=True))
    assert {"entry.started", "essay.attached", "entry.received", "essay.blinded", "entry.admitted"} <= set(written)
    assert not [event for event in LedgerEvent.objects.all() if "Ребрихин" in str(event.data)]

"""Two institutions turn out to be one: entries and judges follow, and conflicts hold as if they always had been."""

import pytest
from django.test import Client
from django.urls import reverse

from essays.anonymity.keys import conflict_key
from essays.entries.actions import write_in_institution
from essays.entries.identity import conflict_keys_of
from essays.people import actions
from essays.people.models import Institution
from judging.assignments.models import Assignment
from judging.console.invariants import INVARIANTS
from judging.panels.keys import keys_of
from judging.panels.models import Seat
from tests.factories.judged import judged_contest
from tests.factories.regulations import organizer
from tests.factories.story import AssignmentFactory, InstitutionFactory, SeatFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_judge_never_reads_an_essay_of_their_school_written_in_under_another_name() -> None:
    judged = judged_contest([(50, 30), (40, 20)])
    entry, copy = judged.entries[0], judged.copies[0]
    written, school = entry.institution, InstitutionFactory()
    copy.conflict_keys = conflict_keys_of(entry)
    copy.save()
    teacher = SeatFactory(contest=judged.contest)
    teacher.institutions.add(school)
    spare = SeatFactory(contest=judged.contest)
    mine = AssignmentFactory(copy=copy, seat=teacher)
    client = Client(headers={"accept-language": "en"})
    client.force_login(judged.organizer)

    found = client.get(reverse("organizer_institution", args=[written.pk]), {"same": school.short_name})
    assert list(found.context["found"]) == [school]
    page = client.post(
        reverse("organizer_institution_merge", args=[written.pk]), {"into": str(school.pk)}, follow=True
    ).content.decode()

    assert f"Merged: {written} is {school} now." in page
    undo = reverse("organizer_institution", args=[school.pk])
    assert f'<a href="{undo}#was">Undo the merger</a>' in page
    assert '<h2 id="was">' in client.get(undo).content.decode()
    entry.refresh_from_db()
    mine.refresh_from_db()
    assert (entry.institution, mine.state) == (school, Assignment.State.WITHDRAWN)
    assert spare.assignments.count() == 0  # two have read it already, as the rules want
    # Copies made before the merger carry the old key, those made after it the new one; the judge meets both.
    seat = Seat.objects.get(pk=teacher.pk)
    old, new = (conflict_key(judged.contest, "institution", str(one.pk)) for one in (written, school))
    assert {old, new} <= keys_of(seat)
    assert new in conflict_keys_of(entry)
    no_conflicts = next(one for one in INVARIANTS if one.name == "no_conflicts")
    assert list(no_conflicts.violations()) == []


def test_a_judge_of_the_one_becomes_a_judge_of_the_other_and_branches_follow() -> None:
    source, target = InstitutionFactory(), InstitutionFactory()
    branch = InstitutionFactory(parent=source)
    seat = SeatFactory()
    seat.institutions.add(source)

    actions.merge_institution(source, target, actor=UserFactory())

    branch.refresh_from_db()
    assert (branch.parent, list(seat.institutions.all())) == (target, [target])
    assert source not in Institution.objects.for_choice()
    again = write_in_institution(
        name=source.name, kind="school", municipality=source.municipality, locality="", actor=UserFactory()
    )
    assert again == target


def test_what_was_merged_is_not_merged_again_nor_opened() -> None:
    source, target, third = InstitutionFactory.create_batch(3)
    actions.merge_institution(source, target, actor=UserFactory())
    with pytest.raises(actions.Refused):
        actions.merge_institution(source, third, actor=UserFactory())
    with pytest.raises(actions.Refused):
        actions.merge_institution(third, source, actor=UserFactory())
    with pytest.raises(actions.Refused):
        actions.merge_institution(third, third, actor=UserFactory())
    branch = InstitutionFactory(parent=target)
    with pytest.raises(actions.Refused):
        actions.merge_institution(target, branch, actor=UserFactory())
    # What it was called before follows on the next merger, too.
    actions.merge_institution(target, third, actor=UserFactory())
    source.refresh_from_db()
    assert source.merged_into == third
    client = Client()
    client.force_login(organizer(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("organizer_institution", args=[source.pk])).status_code == 404


def test_a_merger_is_undone_and_everything_goes_back() -> None:
    judged = judged_contest([(50, 30), (40, 20)])
    entry, copy = judged.entries[0], judged.copies[0]
    written, school = entry.institution, InstitutionFactory()
    branch, older = InstitutionFactory(parent=written), InstitutionFactory(merged_into=written)
    one, both, other = (SeatFactory(contest=judged.contest) for _ in range(3))
    one.institutions.add(written)
    both.institutions.add(written, school)
    other.institutions.add(school)
    client = Client(headers={"accept-language": "en"})
    client.force_login(judged.organizer)
    client.post(reverse("organizer_institution_merge", args=[written.pk]), {"into": str(school.pk)})
    entry.refresh_from_db()
    copy.conflict_keys = conflict_keys_of(entry)
    copy.save()
    page = client.get(reverse("organizer_institution", args=[school.pk])).content.decode()
    assert reverse("organizer_institution_part", args=[written.pk]) in page

    told = client.post(reverse("organizer_institution_part", args=[written.pk]), follow=True).content.decode()

    assert "is an institution of its own again" in told
    for row in (entry, copy, branch, older, written):
        row.refresh_from_db()
    assert (entry.institution, branch.parent, older.merged_into, written.merged_into) == (
        written,
        written,
        written,
        None,
    )
    places = [set(seat.institutions.all()) for seat in (one, both, other)]
    assert places == [{written}, {written, school}, {school}]
    assert copy.conflict_keys == conflict_keys_of(entry)
    key = conflict_key(judged.contest, "institution", str(written.pk))
    assert (key in keys_of(one), key in keys_of(other)) == (True, False)
    assert client.post(reverse("organizer_institution_part", args=[written.pk])).status_code == 404


def test_what_was_changed_since_stays_changed() -> None:
    judged = judged_contest([(50, 30), (40, 20)], [(50, 30), (40, 20)])
    moved, changed = judged.entries
    source, target, third = moved.institution, InstitutionFactory(), InstitutionFactory()
    changed.institution = source
    changed.save()
    actions.merge_institution(source, target, actor=judged.organizer)
    changed.institution = third
    changed.save()

    actions.part_institutions(source, actor=judged.organizer)

    for entry in (moved, changed):
        entry.refresh_from_db()
    assert (moved.institution, changed.institution) == (source, third)
    with pytest.raises(actions.Refused):
        actions.part_institutions(source, actor=judged.organizer)


def test_a_merger_into_one_that_was_merged_further_waits_for_that_one() -> None:
    first, second, third = InstitutionFactory.create_batch(3)
    actor = UserFactory()
    actions.merge_institution(first, second, actor=actor)
    actions.merge_institution(second, third, actor=actor)

    with pytest.raises(actions.Refused):
        actions.part_institutions(first, actor=actor)
    actions.part_institutions(second, actor=actor)
    actions.part_institutions(first, actor=actor)

    assert set(Institution.objects.for_choice()) >= {first, second, third}

"""Who may create contests is said by an operator."""

import pytest
from django.core.management import CommandError, call_command

from tests.factories.story import UserFactory

pytestmark = pytest.mark.django_db


def test_a_registered_person_is_appointed(capsys):
    user = UserFactory(email="ministry@example.org")

    call_command("appoint_organizer", "Ministry@example.org")

    user.refresh_from_db()
    assert user.is_organizer


def test_a_stranger_is_not():
    with pytest.raises(CommandError):
        call_command("appoint_organizer", "nobody@example.org")

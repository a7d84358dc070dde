"""Registering: twice at once makes one account, and both clicks are answered alike."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from essays.people.adapter import AccountAdapter
from essays.people.models import User

pytestmark = pytest.mark.django_db
WORDS = {"email": "dasha@example.org", "password1": "Бабушка и МФЦ 7"}


def test_the_page_after_registering_says_where_the_letter_went():
    visitor = Client()

    answer = visitor.post(reverse("account_signup"), WORDS)

    assert answer.url == reverse("account_email_verification_sent")
    assert WORDS["email"] in visitor.get(answer.url).content.decode()


def test_a_second_click_at_the_same_moment_is_answered_like_the_first(monkeypatch):
    def somebody_was_first(self, request, user, form, commit=True):
        User.objects.create_user(WORDS["email"], "the first click's")
        raise IntegrityError("essays_user.email")

    monkeypatch.setattr(AccountAdapter, "save_user", somebody_was_first)

    answer = Client().post(reverse("account_signup"), WORDS)

    assert answer.url == reverse("account_email_verification_sent")

"""Maria, who may create contests, and her browser."""

import pytest

from tests.factories.regulations import organizer

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def maria():
    return organizer()


@pytest.fixture
def signed_in(client):
    def sign_in(user):
        client.force_login(user, backend=BACKEND)
        return client

    return sign_in

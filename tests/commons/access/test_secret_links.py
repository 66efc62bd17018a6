# SPDX-License-Identifier: Apache-2.0
"""A record opened by a secret address: once shown, kept by the session alone, gone when it is gone."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from kechuang.commons.access.models import User
from kechuang.commons.access.secret_links import SecretLink, secret_address

pytestmark = pytest.mark.django_db
LINK: SecretLink[User] = SecretLink(
    key="kc_test",
    by_token=lambda token: User.objects.filter(username=token).first(),
    rows=lambda: User.objects.filter(is_active=True),
    page="access:sign-in",
    gone_template="access/link_spent.html",
    gone_status=410,
)


@pytest.fixture
def request_of(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/")
    request.session = SessionStore()  # type: ignore[assignment]
    return request


def test_the_secret_leaves_the_address_and_is_told_to_nobody(request_of: HttpRequest, account: Any) -> None:
    user = account("secret")
    answer = LINK.open(request_of, "secret")
    assert (answer.status_code, answer["Location"]) == (302, "/access/sign-in/")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert LINK.opened(request_of) == user
    assert LINK.to_show(request_of) == ""


def test_the_address_of_what_was_just_made_is_shown_once(request_of: HttpRequest, account: Any) -> None:
    user = account("secret")
    LINK.show_once(request_of, user, "https://site/secret/")
    assert [LINK.to_show(request_of), LINK.to_show(request_of)] == ["https://site/secret/", ""]
    assert LINK.opened(request_of) == user


def test_a_wrong_secret_closes_what_was_open(request_of: HttpRequest, account: Any, rf: Any) -> None:
    account("secret")
    LINK.open(request_of, "secret")
    assert LINK.open(request_of, "guess").status_code == 410
    assert LINK.opened(request_of) is None


def test_what_does_not_open_any_more_is_not_opened_by_the_session(
    request_of: HttpRequest, account: Any
) -> None:
    user = account("secret")
    LINK.open(request_of, "secret")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert LINK.opened(request_of) is None


def test_the_address_is_of_the_site_as_configured(settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://kc.example"
    assert secret_address("access:link", "abc") == "https://kc.example/access/link/abc/"

# SPDX-License-Identifier: Apache-2.0
"""A token does what its owner may and it carries, until a day, unless taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kechuang.commons.access.grants import holds
from kechuang.commons.access.models import Grant, User
from kechuang.commons.api.actions import make_token, revoke_token
from kechuang.commons.api.bearer import digest_of, limited
from kechuang.commons.api.models import ApiToken
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused

pytestmark = pytest.mark.django_db
SECRET, ORGANIZATIONS = "s" * 43, "/api/v1/organizations"
OWN = ("api.make_token", "parties.view_organization", "workplan.view_plan")


@pytest.fixture
def owner(person: Callable[..., Actor]) -> Actor:
    return person("数据员", *OWN)


@pytest.fixture
def token(owner: Actor) -> ApiToken:
    return make_token(
        None, owner, name="大屏", permissions=["parties.view_organization"], days=30, secret=SECRET
    )


def ask(client: Client, address: str = ORGANIZATIONS, secret: str = SECRET) -> int:
    return client.get(address, headers={"Authorization": f"Bearer {secret}"}).status_code


def test_token_opens_what_it_carries_and_nothing_else_of_its_owner(token: ApiToken, client: Client) -> None:
    assert ask(client) == 200
    assert ask(client, "/api/v1/tasks") == 403


def test_secret_is_kept_nowhere(token: ApiToken) -> None:
    assert (token.digest, token.prefix) == (digest_of(SECRET), SECRET[:8])
    assert SECRET not in str([entry.data for entry in Entry.objects.all()])


def test_stranger_and_wrong_secret_are_told_as_problem_details(client: Client, token: ApiToken) -> None:
    assert ask(client, secret="x" * 43) == 401
    answer = client.get(ORGANIZATIONS)
    assert (answer.status_code, answer["Content-Type"], answer["WWW-Authenticate"]) == (
        401,
        "application/problem+json",
        "Bearer",
    )
    assert answer.json()["status"] == 401


def test_session_of_a_browser_does_not_open_the_api(
    browser_of: Callable[[Actor], Client], owner: Actor
) -> None:
    assert browser_of(owner).get(ORGANIZATIONS).status_code == 401


def test_token_ends_on_its_day_when_revoked_and_with_its_owner(
    token: ApiToken, owner: Actor, client: Client
) -> None:
    ApiToken.objects.update(until=timezone.localdate())
    assert ask(client) == 401
    ApiToken.objects.update(until=timezone.localdate() + dt.timedelta(days=1))
    assert ask(client) == 200
    User.objects.filter(pk=owner.id).update(is_active=False)
    assert ask(client) == 401
    User.objects.filter(pk=owner.id).update(is_active=True)
    revoke_token(token, owner)
    assert ask(client) == 401


def test_role_taken_from_the_owner_is_gone_from_the_token_at_once(
    token: ApiToken, owner: Actor, client: Client
) -> None:
    Grant.objects.filter(user=owner.id).delete()
    assert ask(client) == 403


def test_limit_survives_the_fresh_start_of_an_action(token: ApiToken) -> None:
    actor = limited(token).fresh()
    assert holds(actor, "parties.view_organization")
    assert not holds(actor, "workplan.view_plan")


def test_token_cannot_carry_more_than_its_owner_holds(owner: Actor) -> None:
    for permissions, field in ((["access.grant_role"], "permissions"), ([], "permissions")):
        with pytest.raises(Problem) as told:
            make_token(None, owner, name="x", permissions=permissions, days=1, secret=SECRET)
        assert told.value.field == field
    for days in (0, 367):
        with pytest.raises(Problem) as told:
            make_token(None, owner, name="x", permissions=["workplan.view_plan"], days=days, secret=SECRET)
        assert told.value.field == "days"


def test_token_makes_no_token(token: ApiToken, owner: Actor) -> None:
    through = owner.limited(OWN)
    with pytest.raises(Refused):
        make_token(None, through, name="x", permissions=["workplan.view_plan"], days=1, secret="t" * 43)
    with pytest.raises(Refused):
        revoke_token(token, through)


def test_who_may_not_is_refused(token: ApiToken, person: Callable[..., Actor]) -> None:
    other = person("旁人", "workplan.view_plan")
    with pytest.raises(Refused):
        make_token(None, other, name="x", permissions=["workplan.view_plan"], days=1, secret="t" * 43)
    with pytest.raises(Refused):
        revoke_token(token, other)
    assert revoke_token(token, person("安全", "access.grant_role")).revoked_at is not None


def test_page_shows_the_secret_once(
    owner: Actor, browser_of: Callable[[Actor], Client], client: Client
) -> None:
    browser = browser_of(owner)
    form = {
        "name": "大屏",
        "permissions": ["workplan.view_plan"],
        "days": "5",
        "idempotency_key": "7d1f3b6e-7a53-4f5d-a2a4-9a2f6f3f0a11",
    }
    page = browser.post(reverse("api:token-list"), form).content.decode()
    made = ApiToken.objects.get()
    assert page.count(f"{made.prefix}") == 2
    again = browser.post(reverse("api:token-list"), form).content.decode()
    assert again.count(f"{made.prefix}") == 1
    assert ApiToken.objects.count() == 1

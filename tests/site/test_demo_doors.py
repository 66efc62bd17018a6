# SPDX-License-Identifier: Apache-2.0
"""The demo's role picker and its day: on this machine alone, in the demo alone, by a presenter alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kechuang.commons.access.models import User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting, Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_the_demo(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def leader() -> User:
    return User.objects.create(username="demo-leader", display_name="局领导", demo=True)


def become(client: Client, username: str = "demo-leader", **extra: str) -> Any:
    return client.post(reverse("demo-become"), {"username": username}, **extra)


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_browser_on_this_machine_becomes_a_demo_person(client: Client, leader: User) -> None:
    assert become(client).status_code == 302
    assert who(client) == str(leader.pk)


@pytest.mark.parametrize(
    "extra",
    [
        {"REMOTE_ADDR": "192.168.1.5"},
        {"REMOTE_ADDR": "::ffff:10.0.0.1"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "192.168.1.5"},
        {"HTTP_X_FORWARDED_FOR": ""},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
    ],
    ids=str,
)
def test_a_browser_elsewhere_or_behind_a_proxy_is_refused(
    client: Client, leader: User, extra: dict[str, str]
) -> None:
    answer = become(client, **extra)
    assert answer.status_code == 403
    assert "127.0.0.1" in answer.content.decode()
    assert who(client) is None
    shown = client.get(reverse("access:sign-in"), **extra).content.decode()
    assert reverse("demo-become") not in shown


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.0.1", "::1"])
def test_every_address_of_this_machine_is_this_machine(client: Client, leader: User, address: str) -> None:
    assert become(client, REMOTE_ADDR=address).status_code == 302


def test_outside_the_demo_nobody_picks_a_role(client: Client, leader: User, settings: Any) -> None:
    settings.DEMO = False
    assert become(client).status_code == 403
    assert who(client) is None
    assert reverse("demo-become") not in client.get(reverse("access:sign-in")).content.decode()


def test_only_active_demo_accounts_can_be_picked(client: Client, leader: User) -> None:
    User.objects.create(username="real", demo=False)
    User.objects.create(username="demo-gone", demo=True, is_active=False)
    for name in ("real", "demo-gone", "nobody", ""):
        assert become(client, name).status_code == 422
    assert who(client) is None


def test_a_link_cannot_sign_anybody_in(client: Client, leader: User) -> None:
    assert client.get(reverse("demo-become"), {"username": "demo-leader"}).status_code == 405


def move(client: Client, day: str, **more: str) -> Any:
    return client.post(reverse("demo-day"), {"day": day, **more})


@pytest.fixture
def presenter(person: Callable[..., Actor], browser_of: Callable[[Actor], Client]) -> Client:
    return browser_of(person("演示员", "kernel.set_clock"))


def test_a_presenter_moves_the_day_and_comes_back_to_the_page(presenter: Client) -> None:
    answer = move(presenter, "2019-12-31", next="/desk/")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert clock.set_day() == dt.date(2019, 12, 31)
    assert "2019-12-31" in presenter.get("/desk/").content.decode()
    assert Entry.objects.get(verb="kernel.clock.set").data["day"] == "2019-12-31"


def test_a_presenter_goes_back_to_the_real_day(presenter: Client) -> None:
    move(presenter, "2019-12-31")
    move(presenter, "")
    assert not ClockSetting.objects.exists()


def test_the_way_back_leads_nowhere_else(presenter: Client) -> None:
    assert move(presenter, "2019-12-31", next="https://example.org/")["Location"] == "/"


@pytest.mark.parametrize("day", ["明天", "2019-13-01", "2019-02-30", "1999-12-31", "9999-01-01", "x" * 5000])
def test_what_is_no_day_of_ours_is_told_and_moves_nothing(presenter: Client, day: str) -> None:
    answer = move(presenter, day)
    assert answer.status_code == 422
    assert "kc-note-bad" in answer.content.decode()
    assert clock.set_day() is None


def test_an_officer_does_not_move_the_day(
    person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    client = browser_of(person("处员", "workplan.view_plan"))
    assert move(client, "2019-12-31").status_code == 403
    assert reverse("demo-day") not in client.get("/desk/").content.decode()
    assert clock.set_day() is None


def test_outside_the_demo_the_day_is_real(presenter: Client, settings: Any) -> None:
    settings.DEMO = False
    assert move(presenter, "2019-12-31").status_code == 403
    assert clock.set_day() is None
    refusal = Entry.objects.get(verb="kernel.clock.set")
    assert refusal.outcome == Entry.Outcome.REFUSED

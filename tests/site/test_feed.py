# SPDX-License-Identifier: Apache-2.0
"""Due days in an office program's calendar: by an address shown once, for that person's offices alone, until taken back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kechuang.commons.access.models import User
from kechuang.commons.api.actions import revoke_token
from kechuang.commons.api.models import ApiToken
from kechuang.commons.commitments.models import Commitment, Milestone, Responsibility
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.parties.models import Unit
from kechuang.commons.registers.actions.records import make_record
from kechuang.site.feed import due_days
from register_samples import PILOT, release

pytestmark = pytest.mark.django_db
DAY = dt.date(2019, 10, 15)
KEEPS = (
    "site.read_feed",
    "api.make_token",
    "registers.keep_record",
    "registers.view_record",
    "commitments.report_part",
    "commitments.draft_milestone",
)


@pytest.fixture(autouse=True)
def _autumn(db: None) -> None:
    """The day that the pages live on."""
    ClockSetting.objects.create(day=DAY)


@pytest.fixture
def unit(office: Callable[[str], Unit]) -> Unit:
    return office("甲处")


@pytest.fixture
def keeper(person: Callable[..., Actor], unit: Unit) -> Actor:
    return person("经办", *KEEPS, over=unit)


@pytest.fixture
def due(unit: Unit, keeper: Actor) -> None:
    """A task of the office, a step in it, an agreement that ends."""
    task = Commitment.objects.create(
        kind="task", code="t1", title="建平台", start=dt.date(2019, 3, 1), due=dt.date(2019, 12, 31)
    )
    Responsibility.objects.create(commitment=task, unit=unit, role="lead", since=task.start)
    Milestone.objects.create(
        commitment=task, unit=unit, title="选址", grain="month", due=dt.date(2019, 11, 30), state="approved"
    )
    moves = [{**move, "needs": []} for move in PILOT["moves"]]
    dues = [{**due, "states": []} for due in PILOT["dues"]]
    release({**PILOT, "office": unit.code, "moves": moves, "dues": dues})
    make_record(None, keeper, register="pilot_base", values={"title": "一号基地", "until": "2020-01-31"})


def address(page: bytes) -> str:
    found = re.search(r"/feed/[\w-]+\.ics", page.decode())
    assert found is not None
    return found[0]


def test_feed_tells_what_is_due_for_the_offices_of_the_person(due: None, keeper: Actor) -> None:
    told = [(one.day, one.title.rpartition("：")[2].strip("⟦⟧")) for one in due_days(keeper, DAY)]
    assert told == [
        (dt.date(2019, 11, 30), "选址"),
        (dt.date(2019, 12, 31), "建平台"),
        (dt.date(2020, 1, 31), "一号基地"),
    ]


def test_feed_of_another_office_is_empty(
    due: None, person: Callable[..., Actor], office: Callable[[str], Unit]
) -> None:
    assert due_days(person("别处", *KEEPS, over=office("乙处")), DAY) == []


def test_address_is_shown_once_and_read_by_who_knows_it(
    due: None, keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    browser = browser_of(keeper)
    feed = address(browser.post(reverse("feed-subscription"), {"expected_version": ""}).content)
    assert re.search(r"/feed/[\w-]+\.ics", browser.get(reverse("feed-subscription")).content.decode()) is None
    answer = Client().get(feed)
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert text.count("BEGIN:VEVENT") == 3
    assert "DTSTART;VALUE=DATE:20191130" in text
    again = Client().get(feed).content.decode()
    uids = re.compile(r"UID:(\w+)@kechuang")
    assert uids.findall(text) == uids.findall(again)  # the same things stay the same things
    assert len(set(uids.findall(text))) == 3


def test_address_taken_back_or_of_a_closed_account_is_not_found(
    keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    browser = browser_of(keeper)
    first = address(browser.post(reverse("feed-subscription"), {}).content)
    second = address(browser.post(reverse("feed-subscription"), {}).content)
    assert Client().get("/feed/unknown.ics").status_code == 404
    revoke_token(ApiToken.objects.earliest("pk"), keeper)
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    User.objects.filter(pk=keeper.id).update(is_active=False)
    assert Client().get(second).status_code == 404


def test_token_made_for_programs_opens_no_calendar(keeper: Actor) -> None:
    from kechuang.commons.api.actions import make_token  # noqa: PLC0415 -- only here

    make_token(None, keeper, name="取数", permissions=["registers.view_record"], days=9, secret="s" * 43)
    assert Client().get(f"/feed/{'s' * 43}.ics").status_code == 404


def test_who_may_not_subscribe_is_refused(
    person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    assert browser_of(person("无权", "api.make_token")).get(reverse("feed-subscription")).status_code == 403


def test_feed_asks_as_much_for_one_record_as_for_three(due: None, keeper: Actor) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            due_days(keeper, DAY)
        return len(captured)

    due_days(keeper, DAY)
    one = asked()
    for name in ("二号", "三号"):
        make_record(None, keeper, register="pilot_base", values={"title": name, "until": "2020-02-29"})
    assert asked() == one

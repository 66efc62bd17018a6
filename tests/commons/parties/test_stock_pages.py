# SPDX-License-Identifier: Apache-2.0
"""Stock and bridge of any kind on any day by region; the list behind each number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from house_fixtures import Person
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.parties.actions import merge_organizations
from kechuang.commons.parties.queries.bridges import standings
from party_samples import KIND, firm, held, region

Browser = Callable[[Actor], Client]
OPENING, DAY = dt.date(2018, 12, 31), dt.date(2019, 10, 15)
pytestmark = pytest.mark.guarantee


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def _year(db: None) -> None:
    """East: one stays, one is renewed the day it ends, one expires; west: one is new, one revoked; one nowhere."""
    east, west = region(), region("城西区", "990103")
    stays, again, ends = (firm(f"城东{name}有限公司", region=east) for name in "甲乙丙")
    held(stays, "1", day("2018-01-01"), day("2021-01-01"))
    held(again, "2", day("2016-06-01"), day("2019-06-01"))
    held(again, "3", day("2019-06-01"), day("2022-06-01"))
    held(ends, "4", day("2016-03-01"), day("2019-03-01"))
    held(firm("城西甲有限公司", region=west), "5", day("2019-02-01"), day("2022-02-01"))
    held(
        firm("城西乙有限公司", region=west),
        "6",
        day("2018-02-01"),
        day("2021-02-01"),
        revoked_on=day("2019-09-01"),
    )
    held(firm("无区有限公司"), "7", day("2018-02-01"), day("2021-02-01"))
    held(
        firm("撤回有限公司", region=east),
        "8",
        day("2019-02-01"),
        day("2022-02-01"),
        revoked_on=day("2019-02-01"),
    )


def parts(found: object) -> tuple[int, ...]:
    return tuple(
        getattr(found, name) for name in ("opening", "new", "renewed", "expired", "revoked", "closing")
    )


@pytest.mark.usefixtures("_year")
def test_what_came_and_went_by_region_adds_up_to_the_whole() -> None:
    found = standings(KIND, OPENING, DAY)
    assert {place.region and place.region.name: parts(place.bridge) for place in found.places} == {
        "城东区": (3, 0, 1, 2, 0, 2),
        "城西区": (1, 1, 0, 0, 1, 1),
        None: (1, 0, 0, 0, 0, 1),
    }
    assert parts(found.whole) == tuple(
        sum(column) for column in zip(*(parts(place.bridge) for place in found.places), strict=True)
    )
    assert found.months[-1] == (DAY, 4)
    assert dict(found.months)[day("2019-02-28")] == 6


@pytest.mark.usefixtures("_year")
def test_merged_entries_count_once_where_the_survivor_is(system: Actor) -> None:
    west = firm("城西丙有限公司", region=region("城西区", "990103"))
    held(west, "9", day("2018-01-01"), day("2021-01-01"))
    other = firm("城东丁有限公司", region=region())
    held(other, "10", day("2018-01-01"), day("2021-01-01"))
    before = standings(KIND, OPENING, DAY).whole.closing
    merge_organizations(other, system, survivor=west, reason="x")
    found = standings(KIND, OPENING, DAY)
    closing = {place.region and place.region.name: place.bridge.closing for place in found.places}
    assert (before, found.whole.closing, closing["城西区"]) == (6, 5, 2)


@pytest.mark.usefixtures("_year")
def test_pages_show_any_day_and_lead_to_the_list_behind_the_number(
    browser_of: Browser, person: Person
) -> None:
    ClockSetting.objects.create(day=DAY)
    browser = browser_of(person("读者", "parties.view_organization"))
    page = browser.get(reverse("parties:stock"), {"kind": KIND, "day": "2019-02-28"}).content.decode()
    behind = reverse("parties:qualification-list")
    assert f"{behind}?kind={KIND}&amp;day=2019-02-28&amp;region=990102" in page
    listed = browser.get(behind, {"kind": KIND, "day": "2019-02-28", "region": "990102"}).content.decode()
    assert all(name in listed for name in ("城东甲有限公司", "城东丙有限公司"))
    assert "城西甲有限公司" not in listed
    now = browser.get(behind, {"kind": KIND}).content.decode()
    assert "城东丙有限公司" not in now
    assert "城西甲有限公司" in now
    wrong = browser.get(reverse("parties:stock"), {"day": "昨天", "since": "x", "kind": "没有"})
    assert wrong.status_code == 200


@pytest.mark.usefixtures("_year")
def test_every_number_of_the_bridge_opens_to_its_members(browser_of: Browser, person: Person) -> None:
    ClockSetting.objects.create(day=DAY)
    browser = browser_of(person("读者", "parties.view_organization"))
    page = browser.get(reverse("parties:stock"), {"kind": KIND}).content.decode().replace("&amp;", "&")
    members = {
        "new": [("城西甲有限公司", "2019-02-01")],
        "renewed": [("城东乙有限公司", "2019-06-01")],
        "expired": [("城东丙有限公司", "2019-03-01"), ("城东乙有限公司", "2019-06-01")],
        "revoked": [("城西乙有限公司", "2019-09-01")],
    }
    for part, expected in members.items():
        asked = f"kind={KIND}&part={part}&since=2018-12-31&day=2019-10-15"
        address = f"{reverse('parties:movement-list')}?{asked}"
        assert f'href="{address}"' in page
        listing = browser.get(address).context["listing"]
        assert [(row.organization.name, row.day.isoformat()) for row in listing.rows] == expected
    east = browser.get(f"{reverse('parties:movement-list')}?{asked}&region=990102").context["listing"]
    assert east.count == 0
    exported = browser.get(f"{reverse('parties:movement-list')}?{asked}&export=csv")
    assert "城西乙有限公司" in b"".join(exported).decode("utf-8-sig")
    assert browser.get(reverse("parties:movement-list"), {"kind": KIND, "part": "grown"}).status_code == 404


@pytest.mark.usefixtures("_year")
def test_members_of_the_bridge_take_the_same_queries_for_one_row_and_for_more(
    browser_of: Browser, person: Person
) -> None:
    ClockSetting.objects.create(day=DAY)
    browser, counts = browser_of(person("读者", "parties.view_organization")), []
    for part in ("new", "expired"):
        browser.get(reverse("parties:movement-list"), {"kind": KIND, "part": part})
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("parties:movement-list"), {"kind": KIND, "part": part})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_list_on_a_day_takes_the_same_queries_for_one_row_and_for_three(
    browser_of: Browser, person: Person
) -> None:
    ClockSetting.objects.create(day=DAY)
    browser, counts = browser_of(person("读者", "parties.view_organization")), []
    for more in ((1,), (2, 3)):
        for serial in more:
            held(firm(f"{serial}号有限公司", region=region(f"第{serial}区", f"99{serial}")), str(serial))
        for name in ("qualification-list", "stock"):
            browser.get(reverse(f"parties:{name}"))
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(reverse(f"parties:{name}")).status_code == 200
            counts.append(len(captured))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 15

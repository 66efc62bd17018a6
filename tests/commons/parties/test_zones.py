# SPDX-License-Identifier: Apache-2.0
"""Zones laid over districts: who lies in them from a day to a day, by hand and by list, counted in both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from house_fixtures import Person
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.parties import running
from kechuang.commons.parties.actions import (
    confirm_list,
    enter_zone,
    leave_zone,
    merge_organizations,
    undo_list,
    upload_list,
)
from kechuang.commons.parties.models import Organization, OrganizationZone, PartyList, Region
from kechuang.commons.parties.queries.zones import holders_everywhere, lying_in
from kechuang.commons.parties.running import carry_on
from party_samples import KEEPER, KIND, code, firm, held, region

DAY = dt.date(2019, 10, 15)
MAY, JULY = dt.date(2019, 5, 1), dt.date(2019, 7, 1)
pytestmark = pytest.mark.guarantee


@pytest.fixture(autouse=True)
def _set_day(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.WORK_AT_ONCE = True
    monkeypatch.setattr(running, "BREATH", 0)
    ClockSetting.objects.create(day=DAY)


@pytest.fixture
def zone() -> Region:
    return Region.objects.create(code="gaoxin", name="高新区", kind=Region.Kind.ZONE)


@pytest.fixture
def head(person: Person) -> Actor:
    return person("处长", *KEEPER, "parties.merge_organizations", "parties.confirm_list")


def names_in(code: str, day: dt.date) -> list[str]:
    return [one.name for one in Organization.objects.filter(lying_in(code, day), merged_into=None)]


def test_who_lies_in_a_zone_is_counted_there_and_in_his_district(zone: Region, head: Actor) -> None:
    district = region()
    one = firm("云川甲有限公司", 1, region=district)
    held(one)
    place = enter_zone(one, head, zone=zone, since=MAY)
    assert holders_everywhere(DAY) == {(district.pk, KIND): 1, (zone.pk, KIND): 1}
    leave_zone(place, head, on=JULY, reason="迁出")
    assert holders_everywhere(DAY) == {(district.pk, KIND): 1}
    assert [names_in("gaoxin", day) for day in (MAY, JULY)] == [["云川甲有限公司"], []]
    assert names_in(district.code, DAY) == ["云川甲有限公司"]


def test_what_a_merged_entry_lies_in_is_where_the_survivor_lies(zone: Region, head: Actor) -> None:
    one, other = firm("云川甲有限公司", 1), firm("云川甲公司")
    held(other)
    enter_zone(other, head, zone=zone, since=MAY)
    merge_organizations(other, head, survivor=one, reason="同一家")
    assert names_in("gaoxin", DAY) == ["云川甲有限公司"]
    assert holders_everywhere(DAY)[zone.pk, KIND] == 1


def test_an_organisation_is_in_a_zone_once_at_a_time_and_in_zones_alone(zone: Region, head: Actor) -> None:
    one = firm(serial=1)
    place = enter_zone(one, head, zone=zone, since=MAY, until=JULY)
    for given, field in (
        ({"zone": zone, "since": dt.date(2019, 6, 1)}, "since"),
        ({"zone": zone, "since": JULY, "until": MAY}, "until"),
        ({"zone": region(), "since": MAY}, "zone"),
    ):
        with pytest.raises(Problem) as told:
            enter_zone(one, head, **given)
        assert told.value.field == field
    enter_zone(one, head, zone=zone, since=JULY)
    with pytest.raises(Problem):
        leave_zone(place, head, on=DAY, reason="再移一次")
    with pytest.raises(Problem) as told:
        leave_zone(one.zones.get(until=None), head, on=DAY, reason=" ")
    assert told.value.field == "reason"


def test_who_keeps_no_organisations_is_refused(zone: Region, head: Actor, person: Person) -> None:
    reader, one = person("读者", "parties.view_organization"), firm(serial=1)
    with pytest.raises(Refused):
        enter_zone(one, reader, zone=zone, since=MAY)
    place = enter_zone(one, head, zone=zone, since=MAY)
    with pytest.raises(Refused):
        leave_zone(place, reader, on=DAY, reason="迁出")


def test_a_list_places_in_zones_and_its_undoing_takes_that_back(
    zone: Region, head: Actor, person: Person
) -> None:
    district, clerk = region(), person("处员", *KEEPER, "parties.import_list")
    known = firm("云川乙有限公司", 2, region=district)
    lines = (
        "名称,统一社会信用代码,所在区县,功能区",
        f"云川甲有限公司,{code(1)},高新区,",
        f"云川乙有限公司,{code(2)},,高新区、没有的园",
    )
    file = "\r\n".join(lines).encode()
    listed = upload_list(None, clerk, name="名单.csv", data=file, said_on=MAY)
    carry_on(listed.pk)
    first, second = listed.rows.all()
    assert "“高新区”是功能区，记为所在功能区" in first.problem
    assert "没有“没有的园”这个功能区" in second.problem
    confirm_list(PartyList.objects.get(), head)
    carry_on(listed.pk)
    found = OrganizationZone.objects.values_list("organization__name", "zone__code", "since", "until")
    assert list(found.order_by("pk")) == [
        ("云川甲有限公司", "gaoxin", MAY, None),
        ("云川乙有限公司", "gaoxin", MAY, None),
    ]
    assert Organization.objects.get(name="云川甲有限公司").region is None
    undo_list(PartyList.objects.get(), head, reason="重来")
    carry_on(listed.pk)
    assert not OrganizationZone.objects.exists()
    assert list(Organization.objects.all()) == [known]


def test_a_zone_is_entered_and_left_from_pages_and_its_members_are_listed(
    zone: Region, head: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    one, browser = firm("云川甲有限公司", 1, region=region()), browser_of(head)
    held(one)
    entered = browser.post(
        reverse("parties:zone-enter", args=[one.pk]), {"zone": zone.pk, "since": "2019-05-01"}
    )
    assert entered.status_code == 302
    page = browser.get(reverse("parties:organization-detail", args=[one.pk])).content.decode()
    assert reverse("parties:region-detail", args=[zone.pk]) in page
    listed = browser.get(reverse("parties:organization-list"), {"region": "gaoxin"}).content.decode()
    assert "云川甲有限公司" in listed
    assert browser.get(reverse("parties:region-detail", args=[zone.pk])).context["organizations"] == 1
    left = browser.post(
        reverse("parties:zone-leave", args=[one.zones.get().pk]), {"on": "2019-07-01", "reason": "迁出"}
    )
    assert left.status_code == 302
    assert one.zones.get().until == JULY


def test_former_regions_are_told_from_those_that_stand(
    browser_of: Callable[[Actor], Client], head: Actor
) -> None:
    region()
    Region.objects.create(code="990122", name="河中县", until=dt.date(2016, 1, 1))
    browser, page = browser_of(head), reverse("parties:region-list")
    for asked, names in (("yes", ["城东区"]), ("no", ["河中县"])):
        rows = browser.get(page, {"stands": asked}).context["listing"].rows
        assert [row.name for row in rows] == names

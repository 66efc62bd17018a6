# SPDX-License-Identifier: Apache-2.0
"""Pages of parties: organisations, regions, kinds, taking a qualification away."""

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
from kechuang.commons.parties.models import Organization, Qualification, QualificationKind, Region

Browser = Callable[[Actor], Client]
START, END = dt.date(2018, 10, 12), dt.date(2021, 10, 12)
LISTS = ("organization-list", "region-list", "kind-list")
pytestmark = pytest.mark.django_db


def make(serial: int, *, verified: bool = False) -> Qualification:
    kind, _made = QualificationKind.objects.get_or_create(
        code="high_tech_firm", defaults={"name": "高新技术企业", "term": "years:3", "verified": verified}
    )
    region = Region.objects.create(code=f"99010{serial}", name=f"城{serial}区")
    firm = Organization.objects.create(name=f"云川{serial}号有限公司", region=region)
    return Qualification.objects.create(
        organization=firm, kind=kind, number=f"GR{serial}", valid_from=START, valid_to=END
    )


@pytest.fixture(autouse=True)
def _set_day(db: None) -> None:
    """Requests live on the day set in the database."""
    ClockSetting.objects.create(day=dt.date(2019, 10, 15))


@pytest.fixture
def reader(person: Person) -> Actor:
    return person("读者", "parties.view_organization")


@pytest.mark.parametrize("name", LISTS)
def test_lists_take_the_same_queries_for_one_row_and_for_three(
    name: str, browser_of: Browser, reader: Actor
) -> None:
    browser, counts = browser_of(reader), []
    make(1)
    for more in ((), (2, 3)):
        for serial in more:
            make(serial)
        address = reverse(f"parties:{name}")
        browser.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_refused_without_the_permission(name: str, browser_of: Browser, person: Person) -> None:
    assert browser_of(person("旁人")).get(reverse(f"parties:{name}")).status_code == 403


def test_a_region_and_a_kind_count_who_holds_one_and_lead_there(browser_of: Browser, reader: Actor) -> None:
    for serial in (1, 2):
        make(serial)
    browser = browser_of(reader)
    regions = browser.get(reverse("parties:region-list")).content.decode()
    assert "?region=990101&amp;kind=high_tech_firm" in regions
    kinds = browser.get(reverse("parties:kind-list")).content.decode()
    assert '<span class="kc-number">2</span>' in kinds
    exported = browser.get(reverse("parties:kind-list"), {"export": "csv"})
    assert b"".join(exported.streaming_content).decode("utf-8-sig").splitlines()[1].endswith(",2")
    found = browser.get(reverse("parties:organization-list"), {"region": "990101", "kind": "high_tech_firm"})
    assert "云川1号有限公司" in found.content.decode()
    assert "云川2号有限公司" not in found.content.decode()


@pytest.mark.parametrize(("verified", "tone"), [(False, "kc-chip-warn"), (True, "kc-chip-good")])
def test_a_kind_shows_whether_its_basis_was_checked(
    browser_of: Browser, reader: Actor, verified: bool, tone: str
) -> None:
    make(1, verified=verified)
    assert tone in browser_of(reader).get(reverse("parties:kind-list")).content.decode()


def test_a_qualification_is_revoked_from_the_page_of_its_firm(
    browser_of: Browser, person: Person, reader: Actor
) -> None:
    held = make(1)
    keeper = person("登记员", "parties.view_organization", "parties.revoke_qualification")
    firm, page = (
        reverse("parties:organization-detail", args=[held.organization_id]),
        reverse("parties:qualification-revoke", args=[held.pk]),
    )
    browser = browser_of(keeper)
    assert page in browser.get(firm).content.decode()
    bad = browser.post(page, {"on": "2017-01-01", "reason": "抽查不合格"})
    assert bad.status_code == 422
    assert "抽查不合格" in bad.content.decode()
    assert browser.post(page, {"on": "2019-06-10", "reason": "抽查不合格"})["Location"] == firm
    held.refresh_from_db()
    assert held.revoked_on == dt.date(2019, 6, 10)
    assert page not in browser.get(firm).content.decode()
    browser = browser_of(reader)
    assert browser.get(page).status_code == 403

# SPDX-License-Identifier: Apache-2.0
"""The pages of figures and indicators: a number on its day, why, and the records behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from house_fixtures import Person
from kechuang.commons.facts.models import Indicator, Observation, Target
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.parties.models import Organization, Qualification, QualificationKind, Region

Browser = Callable[[Actor], Client]
CODE = "ladder.high_tech_firms"
TODAY = dt.date(2019, 10, 15)
pytestmark = pytest.mark.django_db


def address(code: str = CODE) -> str:
    return reverse("figures:figure-detail", args=[code])


@pytest.fixture(autouse=True)
def _set_day(db: None) -> None:
    """Requests live on the day set in the database."""
    ClockSetting.objects.create(day=TODAY)


@pytest.fixture
def reader(person: Person) -> Actor:
    return person("读者", "figures.view_figure", "parties.view_organization")


@pytest.fixture
def hold(db: None) -> Callable[..., Qualification]:
    kind = QualificationKind.objects.create(code="high_tech_firm", name="高新技术企业", term="years:3")

    def register(name: str, start: str, end: str, region: str = "城东区") -> Qualification:
        where, _made = Region.objects.get_or_create(
            name=region, defaults={"code": f"99{Region.objects.count()}"}
        )
        firm = Organization.objects.create(name=name)
        return Qualification.objects.create(
            organization=firm,
            kind=kind,
            number=f"GR-{name}",
            valid_from=dt.date.fromisoformat(start),
            valid_to=dt.date.fromisoformat(end),
            region=where,
        )

    return register


Hold = Callable[..., Qualification]


def indicator(code: str = "high_tech_firms", **more: object) -> Indicator:
    fields: dict[str, object] = {"name": "高新技术企业", "unit": "家", "kind": "stock", "figure": CODE}
    return Indicator.objects.create(code=code, **(fields | more))


def test_a_number_opens_to_its_value_bridge_districts_and_members(
    browser_of: Browser, reader: Actor, hold: Hold
) -> None:
    hold("甲公司", "2016-10-25", "2019-10-25")
    held = hold("乙公司", "2019-09-02", "2022-09-02", "城西区")
    hold("丙公司", "2016-08-18", "2019-08-18")
    indicator()
    page = browser_of(reader).get(address()).content.decode()
    assert '<strong class="kc-tile-number">2</strong>' in page
    assert page.index("甲公司") < page.index("乙公司")  # the first to expire stands first
    assert "丙公司" not in page
    assert reverse("parties:organization-detail", args=[held.organization_id]) in page
    assert reverse("figures:figure-detail", args=["ladder.high_tech_firms_new"]) in page
    assert reverse("figures:indicator-detail", args=["high_tech_firms"]) in page
    assert 'class="kc-spark"' in page
    for amount in ("+1", "-1"):
        assert f'<td class="kc-n">{amount}</td>' in page


def test_the_day_of_the_address_moves_the_number_and_is_kept(
    browser_of: Browser, reader: Actor, hold: Hold
) -> None:
    hold("甲公司", "2016-10-25", "2019-10-25")
    hold("乙公司", "2019-09-02", "2022-09-02", "城西区")
    browser = browser_of(reader)
    before, after = (
        browser.get(address(), {"day": day}).content.decode() for day in ("2019-10-24", "2019-10-25")
    )
    assert "甲公司" in before
    assert "甲公司" not in after
    assert 'name="day" value="2019-10-25"' in after
    assert "day=2019-10-25" in after
    for words in ("2019-13-01", "明天", "<script>"):
        page = browser.get(address(), {"day": words})
        assert page.status_code == 200
        assert "不是日期" in page.content.decode()
        assert "甲公司" in page.content.decode()


def test_members_are_searched_narrowed_and_exported(browser_of: Browser, reader: Actor, hold: Hold) -> None:
    hold("甲公司", "2016-10-25", "2019-10-25")
    hold("乙公司", "2019-09-02", "2022-09-02", "城西区")
    browser = browser_of(reader)
    west = Region.objects.get(name="城西区").code
    for asked in ({"q": "乙"}, {"region": west}, {"until_from": "2020-01-01"}, {"q": "GR-乙公司"}):
        page = browser.get(address(), {**asked}, headers={"HX-Target": "kc-list"}).content.decode()
        assert "乙公司" in page
        assert "甲公司" not in page
    exported = browser.get(address(), {"export": "csv", "sort": "-until"})
    lines = b"".join(exported.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["乙公司", "甲公司"]


def test_an_unknown_number_and_indicator_are_not_found(browser_of: Browser, reader: Actor) -> None:
    browser = browser_of(reader)
    assert browser.get(address("nobody.counts_this")).status_code == 404
    assert browser.get(reverse("figures:indicator-detail", args=["x"])).status_code == 404


def test_an_indicator_shows_definition_target_reading_and_vintages(
    browser_of: Browser, reader: Actor, hold: Hold
) -> None:
    hold("甲公司", "2016-10-25", "2019-10-25")
    live = indicator(definition="当日有效的企业数。", verified=False)
    Target.objects.create(
        name="高新技术企业", indicator=live, year=2019, comparator=">", scaled=1500, unit="家", word="突破"
    )
    observed = indicator("rd", name="研发投入强度", unit="%", kind="ratio", figure="", verified=True)
    for vintage, value in ((1, 250), (2, 260)):
        Observation.objects.create(
            indicator=observed, scaled=value, places=2, period_start=dt.date(2019, 1, 1), period_end=dt.date(2019, 6, 30),
            vintage=vintage, published_on=dt.date(2019, 8, vintage), source="云川市统计局公报",
        )  # fmt: skip
    Observation.objects.create(
        indicator=observed, scaled=270, places=2, period_start=dt.date(2019, 1, 1), period_end=dt.date(2019, 9, 30),
        published_on=TODAY + dt.timedelta(days=1), source="明天才发布",
    )  # fmt: skip
    browser = browser_of(reader)
    page = browser.get(reverse("figures:indicator-detail", args=["high_tech_firms"])).content.decode()
    assert "当日有效的企业数。" in page
    assert "1,500" in page
    assert "kc-chip-warn" in page
    assert address() in page
    page = browser.get(reverse("figures:indicator-detail", args=["rd"])).content.decode()
    assert "kc-chip-good" in page
    assert page.index("2.60") < page.index("2.50")
    assert "云川市统计局公报" in page
    assert "明天才发布" not in page
    listed = browser.get(reverse("figures:indicator-list")).content.decode()
    assert "研发投入强度" in listed
    assert "1500家" in listed


@pytest.mark.parametrize("name", ["figure-list", "figure-detail", "indicator-list", "indicator-detail"])
def test_pages_are_refused_without_the_permission(name: str, browser_of: Browser, person: Person) -> None:
    arguments = [CODE] if name.endswith("detail") else []
    response = browser_of(person("旁人", "parties.view_organization")).get(
        reverse(f"figures:{name}", args=arguments)
    )
    assert response.status_code == 403
    assert "figures.view_figure" in response.content.decode()


@pytest.mark.parametrize("name", ["figure-list", "figure-detail", "indicator-list", "indicator-detail"])
def test_pages_take_the_same_queries_for_one_row_and_for_three(
    name: str, browser_of: Browser, reader: Actor, hold: Hold
) -> None:
    browser, counts = browser_of(reader), []
    observed = indicator("rd", figure="")
    page = {
        "figure-detail": address(),
        "indicator-detail": reverse("figures:indicator-detail", args=["rd"]),
    }.get(name) or reverse(f"figures:{name}")
    for serials in ((1,), (2, 3)):
        for serial in serials:
            hold(f"{serial}号公司", "2019-09-02", "2022-09-02", f"城{serial}区")
            indicator(f"other_{serial}", figure="")
            Observation.objects.create(
                indicator=observed, scaled=serial, period_start=dt.date(2019, serial, 1), period_end=dt.date(2019, serial, 28),
                published_on=dt.date(2019, 8, 1), source="公报", region=Region.objects.last(),
            )  # fmt: skip
            Target.objects.create(
                name="目标", indicator=observed, year=2019, comparator=">", scaled=int(Decimal(serial))
            )
        browser.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(page).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 20

# SPDX-License-Identifier: Apache-2.0
"""Regions as a tree with validity, zones over divisions, what became of old ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from house_fixtures import Person
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.actions import install_regions
from kechuang.commons.parties.models import Region
from kechuang.commons.parties.pieces import RegionPiece
from kechuang.commons.parties.queries import divisions_on, regions_by_name, regions_on
from kechuang.commons.parties.queries.places import line_of
from party_samples import firm, held

DAY, BEFORE = dt.date(2019, 10, 15), dt.date(2015, 6, 1)
pytestmark = pytest.mark.django_db


def piece(code: str, name: str, **more: object) -> RegionPiece:
    return RegionPiece(code=code, name=name, version="1", source="样例", **more)  # type: ignore[arg-type]


@pytest.fixture
def _tree(system: Actor) -> None:
    install_regions(
        None,
        system,
        pieces=[
            piece("990000", "东海省"),
            piece("990100", "云川市", parent="990000"),
            piece("990102", "城东区", parent="990100"),
            piece("990115", "河中区", parent="990100", since=dt.date(2016, 1, 1)),
            piece("990122", "河中县", parent="990100", until=dt.date(2016, 1, 1), successor="990115"),
            piece("gaoxin", "高新区", kind="zone", parent="990100", divisions=("990102", "990115")),
        ],
    )


@pytest.mark.usefixtures("_tree")
def test_divisions_of_a_day_are_the_innermost_that_exist_and_no_zones() -> None:
    assert [region.name for region in divisions_on(DAY)] == ["城东区", "河中区"]
    assert [region.name for region in divisions_on(BEFORE)] == ["城东区", "河中县"]
    assert regions_on(DAY).count() == 5


@pytest.mark.usefixtures("_tree")
def test_an_old_name_leads_to_the_successor_and_a_short_one_to_the_division() -> None:
    known = regions_by_name()
    codes = dict(Region.objects.values_list("pk", "code"))
    assert {name: codes[known[name]] for name in ("河中县", "河中", "城东", "高新区")} == {
        "河中县": "990115",
        "河中": "990115",
        "城东": "990102",
        "高新区": "gaoxin",
    }


@pytest.mark.usefixtures("_tree")
def test_installing_again_replaces_the_divisions_a_zone_lies_over(system: Actor) -> None:
    install_regions(None, system, pieces=[piece("gaoxin", "高新区", kind="zone", divisions=("990115",))])
    zone = Region.objects.get(code="gaoxin")
    assert [region.name for region in zone.divisions.all()] == ["河中区"]
    with pytest.raises(Problem, match="990199"):
        install_regions(None, system, pieces=[piece("gaoxin", "高新区", divisions=("990199",))])


@pytest.mark.usefixtures("_tree")
def test_the_page_shows_tree_overlay_and_who_is_there(
    browser_of: Callable[[Actor], Client], person: Person
) -> None:
    ClockSetting.objects.create(day=DAY)
    east = Region.objects.get(code="990102")
    held(firm(region=east))
    browser = browser_of(person("读者", "parties.view_organization"))

    def page(code: str) -> str:
        key = Region.objects.get(code=code).pk
        return browser.get(reverse("parties:region-detail", args=[key])).content.decode()

    shown = page("990102")
    assert all(name in shown for name in ("东海省", "云川市", "高新区"))
    assert f"{reverse('parties:organization-list')}?region=990102&amp;kind=high_tech_firm" in shown
    assert [one.name for one in line_of(east)] == ["东海省", "云川市"]
    assert "河中区" in page("990122")
    assert "城东区" in page("gaoxin")
    assert browser.get(reverse("parties:region-detail", args=[999999])).status_code == 404


def test_who_may_not_see_organisations_sees_no_region(
    browser_of: Callable[[Actor], Client], person: Person
) -> None:
    one = Region.objects.create(code="1", name="城东区")
    answer = browser_of(person("旁人")).get(reverse("parties:region-detail", args=[one.pk]))
    assert answer.status_code == 403

# SPDX-License-Identifier: Apache-2.0
"""The demo's firms: invented, seeded, registered by two people, alive around the demo day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from stdnum.cn import uscc

from house_fixtures import Person
from kechuang.apps.ladder.demo import build_demo, building
from kechuang.apps.ladder.demo.firms import NOWHERE
from kechuang.apps.ladder.models import ListImport, ListRow
from kechuang.apps.ladder.reading import read_list
from kechuang.commons.access.models import User
from kechuang.commons.figures.registry import Scope, figure
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.parties.models import Organization, QualificationKind, Region

DAY = dt.date(2019, 10, 15)
pytestmark = pytest.mark.django_db


def value(code: str, day: dt.date) -> int:
    found = figure(code)
    assert found is not None
    return int(found.value(Scope(day)))


def test_demo_is_built_by_two_people_counts_itself_and_is_built_once(
    kind: QualificationKind, yearly: QualificationKind, person: Person, system: Actor
) -> None:
    city = Region.objects.create(code="990100", name="云川市")
    for place, name in enumerate(("城东区", "城西区", "北山县"), start=1):
        Region.objects.create(code=f"99010{place}", name=name, parent=city)
    person("录入员", "ladder.import_list")
    person("复核员", "ladder.confirm_list", "parties.revoke_qualification")
    User.objects.update(demo=True)
    lists = build_demo(system)
    assert lists == ListImport.objects.count() == 22
    assert set(ListImport.objects.values_list("uploaded_by", "demo")) == {("录入员", True)}
    assert set(ListImport.objects.filter(state="confirmed").values_list("confirmed_by", flat=True)) == {
        "复核员"
    }

    assert 1250 <= value("ladder.high_tech_firms", DAY) <= 1350
    assert 2550 <= value("ladder.tech_smes", DAY) <= 2650
    november = dt.date(2019, 11, 20)
    assert value("ladder.high_tech_firms", november) < value("ladder.high_tech_firms", DAY) - 50
    assert value("ladder.tech_smes", dt.date(2020, 1, 1)) == 0

    draft = ListImport.objects.get(state="draft")
    assert draft.rows.filter(decision=ListRow.Decision.OPEN).count() == 12
    assert {firm.demo for firm in Organization.objects.all()} == {True}
    for name, code, region in Organization.objects.values_list("name", "uscc", "region__name"):
        assert name.startswith("演示")
        assert uscc.is_valid(code)
        assert code[2:4] == NOWHERE
        assert region in {"城东区", "城西区", "北山县"}

    entries = Entry.objects.count()
    assert build_demo(system) == lists
    assert Entry.objects.count() == entries


def test_without_the_kinds_of_content_nothing_is_built(system: Actor) -> None:
    assert build_demo(system) == 0


def test_the_sample_is_invented_and_has_lines_of_every_sort() -> None:
    place = settings.CONTENT_ROOT / "samples" / "high-tech-firms-demo.csv"
    found = read_list(place.name, place.read_bytes(), issued_on=DAY, term="years:3")
    assert all("演示" in entry.name for entry in found.entries)
    assert all(entry.uscc[2:4] == NOWHERE for entry in found.entries if entry.uscc)
    assert any(not entry.uscc for entry in found.entries)
    assert any(entry.problems for entry in found.entries)
    assert [skipped.text for skipped in found.skipped if "合计" in skipped.text]


def test_a_killed_build_goes_on_where_it_stopped(
    kind: QualificationKind, yearly: QualificationKind, system: Actor, monkeypatch: Any
) -> None:
    every, real, calls = building.History.lists, building.confirm_list, []
    monkeypatch.setattr(building.History, "lists", lambda history: [*every(history)[:4], every(history)[-1]])

    def stop_at_third(listed: ListImport, actor: Actor) -> ListImport:
        calls.append(listed)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(listed, actor)

    monkeypatch.setattr(building, "confirm_list", stop_at_third)
    with pytest.raises(KeyboardInterrupt):
        build_demo(system)
    assert set(ListImport.objects.values_list("state", flat=True)) == {"confirmed", "draft"}
    monkeypatch.setattr(building, "confirm_list", real)
    assert build_demo(system) == 5
    assert ListImport.objects.filter(state="draft").count() == 1

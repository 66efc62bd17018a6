# SPDX-License-Identifier: Apache-2.0
"""Units added and dissolved in mid-year; open parts pass to the successor; who works where from when until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from house_fixtures import Person, lacking
from kechuang.commons.access.models import User
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.actions import (
    add_unit,
    dissolve_unit,
    end_membership,
    install_units,
    place_member,
)
from kechuang.commons.parties.models import Membership, Organization, Unit
from kechuang.commons.parties.pieces import UnitPiece
from kechuang.commons.parties.queries import units_on

JANUARY, ON, DAY = dt.date(2019, 1, 1), dt.date(2019, 7, 1), dt.date(2019, 10, 15)
Office = Callable[[str], Unit]
pytestmark = pytest.mark.guarantee


@pytest.fixture
def leader(person: Person) -> Actor:
    return person("局长", "parties.view_organization", "parties.keep_unit")


def task(code: str, *, state: str = "open", **roles: Unit) -> Commitment:
    made = Commitment.objects.create(kind="task", code=code, title=f"任务{code}", start=JANUARY, state=state)
    for order, (role, unit) in enumerate(roles.items()):
        Responsibility.objects.create(commitment=made, unit=unit, role=role, since=JANUARY, order=order)
    return made


def parts(commitment: Commitment) -> list[tuple[str, str, dt.date, dt.date | None]]:
    rows = commitment.responsibilities.order_by("pk")
    return list(rows.values_list("unit__short_name", "role", "since", "until"))


def test_open_parts_pass_to_the_successor_from_the_day_on_and_closed_ones_stay(
    office: Office, leader: Actor
) -> None:
    old, new, third = office("农村处"), office("社发处"), office("高新处")
    alone = task("1", lead=old)
    shared = task("2", lead=old, co=new)
    guided = task("3", lead=new, guide=old)
    done = task("4", state="done", lead=old)
    other = task("5", lead=third)
    made = dissolve_unit(old, leader, successor=new, on=ON, reason="机构改革")
    assert parts(alone) == [("农村处", "lead", JANUARY, ON), ("社发处", "lead", ON, None)]
    assert parts(shared) == [("农村处", "lead", JANUARY, ON), ("社发处", "lead", JANUARY, None)]
    assert shared.responsibilities.get(unit=new).place_on(dt.date(2019, 6, 30)) == ("co", 1)
    assert parts(guided) == [("社发处", "lead", JANUARY, None), ("农村处", "guide", JANUARY, ON)]
    assert parts(done) == [("农村处", "lead", JANUARY, None)]
    assert parts(other) == [("高新处", "lead", JANUARY, None)]
    entry = Entry.objects.get(verb="parties.unit.dissolved")
    assert entry.data["moved"] == {"commitments": 3}
    assert Entry.objects.get(verb="commitments.parts.moved").data["commitments"] == [
        alone.pk,
        shared.pk,
        guided.pk,
    ]
    assert (made.unit.until, list(units_on(DAY)), old in units_on(dt.date(2019, 6, 30))) == (
        ON,
        [new, third],
        True,
    )


def test_content_loaded_again_does_not_bring_a_dissolved_unit_back(
    office: Office, leader: Actor, system: Actor, bureau: Organization
) -> None:
    old, new = office("农村处"), office("社发处")
    dissolve_unit(old, leader, successor=new, on=ON, reason="机构改革")
    piece = UnitPiece(
        code=old.code, organization="x", name="农村处", short_name="农村处", version="1", source="样例"
    )
    install_units(None, system, organization=bureau.name, pieces=[piece])
    old.refresh_from_db()
    assert old.until == ON


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"on": dt.date(2020, 1, 1)}, "on"),
        ({"on": dt.date(2018, 1, 1)}, "on"),
        ({"reason": " "}, "reason"),
        ({"successor": "itself"}, "successor"),
        ({"successor": "gone"}, "successor"),
    ],
)
def test_a_unit_is_not_dissolved_into_nothing_nor_in_time_to_come(
    office: Office, leader: Actor, given: dict[str, object], field: str
) -> None:
    old, new, gone = office("农村处"), office("社发处"), office("旧处")
    old.since = JANUARY
    old.save()
    gone.until = JANUARY
    gone.save()
    named = {"itself": old, "gone": gone}
    given = {name: named.get(value, value) for name, value in given.items()}  # type: ignore[arg-type,call-overload]
    arguments = {"successor": new, "on": ON, "reason": "机构改革", **given}
    with pytest.raises(Problem) as caught:
        dissolve_unit(old, leader, **arguments)  # type: ignore[arg-type]
    old.refresh_from_db()
    assert (caught.value.field, old.until) == (field, None)


def test_people_leave_a_dissolved_unit_and_dates_never_overlap(office: Office, leader: Actor) -> None:
    old, new = office("农村处"), office("社发处")
    user = User.objects.create(username="王某")
    place_member(old, leader, user=user, since=JANUARY, post="科员")
    with pytest.raises(Problem, match="已在该处室任职"):
        place_member(old, leader, user=user, since=dt.date(2019, 3, 1))
    dissolve_unit(old, leader, successor=new, on=ON, reason="机构改革")
    placed = place_member(new, leader, user=user, since=ON)
    with pytest.raises(Problem, match="不存在"):
        place_member(old, leader, user=user, since=DAY)
    with pytest.raises(Problem, match="晚于"):
        end_membership(placed, leader, on=ON)
    end_membership(placed, leader, on=DAY)
    assert list(Membership.objects.order_by("pk").values_list("unit__short_name", "since", "until")) == [
        ("农村处", JANUARY, ON),
        ("社发处", ON, DAY),
    ]


def test_a_unit_is_added_under_a_code_and_names_that_nobody_has(
    bureau: Organization, office: Office, leader: Actor
) -> None:
    office("社发处")
    made = add_unit(bureau, leader, code="new", name="大数据处", short_name="数据处", since=ON)
    assert (made.order, made.since) == (1, ON)
    for wrong, field in (
        ({"code": "new", "name": "甲处", "short_name": "甲"}, "code"),
        ({"code": "b", "name": "社发处", "short_name": "乙"}, "name"),
        ({"code": "c", "name": "", "short_name": "丙"}, "name"),
    ):
        with pytest.raises(Problem) as caught:
            add_unit(bureau, leader, **wrong)
        assert caught.value.field == field


def test_who_may_not_keep_units_is_refused(bureau: Organization, office: Office, person: Person) -> None:
    old, new, nobody = office("农村处"), office("社发处"), person("旁人", "parties.view_organization")
    user = User.objects.create(username="王某")
    member = Membership.objects.create(unit=old, user=user, since=JANUARY)
    for act in (
        lambda: add_unit(bureau, nobody, code="n", name="n", short_name="n"),
        lambda: dissolve_unit(old, nobody, successor=new, on=ON, reason="x"),
        lambda: place_member(new, nobody, user=user, since=ON),
        lambda: end_membership(member, nobody, on=ON),
    ):
        with lacking("parties.keep_unit"):
            act()


def test_units_are_kept_from_their_pages(
    browser_of: Callable[[Actor], Client], bureau: Organization, office: Office, leader: Actor
) -> None:
    old, new = office("农村处"), office("社发处")
    User.objects.create(username="王某")
    browser = browser_of(leader)
    page = reverse("parties:unit-detail", args=[old.pk])
    browser.post(reverse("parties:member-place", args=[old.pk]), {"account": "王某", "since": "2019-01-01"})
    assert "王某" in browser.get(page).content.decode()
    missing = browser.post(
        reverse("parties:member-place", args=[old.pk]), {"account": "无", "since": "2019-01-01"}
    )
    assert missing.status_code == 422
    sent = {"successor": new.pk, "on": "2019-07-01", "reason": "机构改革"}
    answer = browser.post(reverse("parties:unit-dissolve", args=[old.pk]), sent)
    assert answer["Location"] == reverse("parties:unit-detail", args=[new.pk])
    assert "社发处" in browser.get(page).content.decode()
    assert "农村处" in browser.get(answer["Location"]).content.decode()
    added = {"code": "new", "name": "大数据处", "short_name": "数据处"}
    browser.post(reverse("parties:unit-add", args=[bureau.pk]), added)
    assert Unit.objects.filter(code="new").exists()

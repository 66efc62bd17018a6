# SPDX-License-Identifier: Apache-2.0
"""Which leader is in charge of which office: dated, one at a time, by who may say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from house_fixtures import Person
from kechuang.commons.access.models import User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.parties.actions import assign_leader
from kechuang.commons.parties.models import Charge, Unit
from kechuang.commons.parties.queries import charges_on

Office = Callable[[str], Unit]
DAY, LATER = dt.date(2019, 10, 15), dt.date(2019, 11, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(person: Person) -> Actor:
    return person("办公室主任", "parties.assign_leader", "parties.view_organization")


def leader(person: Person, name: str) -> User:
    return User.objects.get(pk=person(name, "parties.lead_unit").id)


def test_who_is_in_charge_changes_from_a_day_and_the_day_before_is_remembered(
    person: Person, clerk: Actor, office: Office
) -> None:
    unit, first, second = office("高新处"), leader(person, "王副局长"), leader(person, "李副局长")
    assign_leader(unit, clerk, leader=first)
    with clock.pinned(LATER):
        assign_leader(unit, clerk, leader=second)
    assert [charge.user for charge in charges_on(LATER - dt.timedelta(days=1))] == [first]
    assert [charge.user for charge in charges_on(LATER)] == [second]


def test_an_office_may_be_left_without_a_leader(person: Person, clerk: Actor, office: Office) -> None:
    unit = office("高新处")
    assign_leader(unit, clerk, leader=leader(person, "王副局长"))
    assign_leader(unit, clerk, leader=None)
    assert list(charges_on(DAY)) == []


def test_only_a_leader_is_put_in_charge(person: Person, clerk: Actor, office: Office) -> None:
    other = User.objects.get(pk=person("科员", "workplan.view_plan").id)
    with pytest.raises(Problem, match="科员"):
        assign_leader(office("高新处"), clerk, leader=other)
    assert not Charge.objects.exists()


def test_the_same_leader_twice_is_told(person: Person, clerk: Actor, office: Office) -> None:
    unit, first = office("高新处"), leader(person, "王副局长")
    assign_leader(unit, clerk, leader=first)
    with pytest.raises(Problem, match="王副局长"):
        assign_leader(unit, clerk, leader=first)


def test_who_may_not_say_so_is_refused(person: Person, office: Office) -> None:
    with pytest.raises(Refused):
        assign_leader(office("高新处"), person("科员", "parties.view_organization"), leader=None)


@pytest.mark.guarantee
def test_two_leaders_are_never_in_charge_of_one_office_on_one_day(person: Person, office: Office) -> None:
    unit, first, second = office("高新处"), leader(person, "王副局长"), leader(person, "李副局长")
    Charge.objects.create(user=first, unit=unit, since=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Charge.objects.create(user=second, unit=unit, since=LATER)


def test_the_page_shows_and_changes_who_is_in_charge(
    person: Person, clerk: Actor, office: Office, browser_of: Callable[[Actor], Client]
) -> None:
    ClockSetting.objects.create(day=DAY)
    unit, first = office("高新处"), leader(person, "王副局长")
    client = browser_of(clerk)
    address = reverse("parties:leader-assign", args=[unit.pk])
    assert "王副局长" in client.get(address).content.decode()
    assert client.post(address, {"leader": first.pk}, follow=True).status_code == 200
    assert charges_on(DAY).get(unit=unit).user == first
    again = client.post(address, {"leader": first.pk})
    assert (again.status_code, "王副局长" in again.content.decode()) == (422, True)


def test_the_list_takes_the_same_queries_for_one_office_and_for_three(
    person: Person, clerk: Actor, office: Office, browser_of: Callable[[Actor], Client]
) -> None:
    client, counts = browser_of(clerk), []
    client.get(reverse("parties:unit-list"))
    for names in (["甲"], ["乙", "丙"]):
        for name in names:
            assign_leader(office(f"{name}处"), clerk, leader=leader(person, f"{name}副局长"))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("parties:unit-list")).content.decode()
        counts.append(len(queries))
    assert all(f"{name}副局长" in page for name in "甲乙丙")
    assert counts[0] == counts[1]

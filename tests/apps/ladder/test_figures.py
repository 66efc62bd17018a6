# SPDX-License-Identifier: Apache-2.0
"""The numbers of the ladder: they equal their members, add up, and fall on the right day; on both engines alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kechuang.apps.ladder.actions.registering import confirm_list
from kechuang.commons.figures.registry import Figure, Scope, figure
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.actions import revoke_qualification
from kechuang.commons.parties.models import Organization, Qualification, QualificationKind, Region
from kechuang.commons.parties.queries import changes
from kechuang.commons.parties.spans import stock
from ladder_cases import line

CODES = ("ladder.high_tech_firms", "ladder.tech_smes", "ladder.high_tech_firms_new", "ladder.tech_smes_new")
TODAY = dt.date(2019, 10, 15)
days = st.dates(dt.date(2016, 1, 1), dt.date(2020, 12, 31))
held = st.tuples(
    st.integers(0, 3), days, st.integers(1, 1200), st.none() | st.integers(0, 1200), st.integers(0, 2)
)
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
pytestmark = [pytest.mark.django_db, pytest.mark.guarantee]


def offered(code: str) -> Figure:
    found = figure(code)
    assert found is not None
    return found


@pytest.fixture
def firms(kind: QualificationKind, yearly: QualificationKind) -> list[Organization]:
    return [Organization.objects.create(name=f"云川{serial}号有限公司") for serial in range(4)]


@pytest.fixture
def districts(db: None) -> list[Region | None]:
    return [Region.objects.create(code=f"99010{place}", name=f"城{place}区") for place in range(2)] + [None]


@contextmanager
def registered(
    facts: list[Any], firms: list[Organization], districts: list[Region | None], kind: str
) -> Iterator[None]:
    """Those qualifications, for as long as it lasts."""
    with transaction.atomic():
        Qualification.objects.bulk_create(
            Qualification(
                organization=firms[firm],
                kind_id=kind,
                number=f"N{place}",
                valid_from=start,
                valid_to=start + dt.timedelta(days=length),
                revoked_on=None if cut is None else start + dt.timedelta(days=min(cut, length)),
                region=districts[where],
            )
            for place, (firm, start, length, cut, where) in enumerate(facts)
        )
        yield
        transaction.set_rollback(True)


@few
@given(facts=st.lists(held, max_size=8), day=days)
@pytest.mark.parametrize("code", CODES)
def test_value_is_the_sum_of_what_its_members_contribute_everywhere(
    code: str, facts: list[Any], day: dt.date, firms: list[Organization], districts: list[Region | None]
) -> None:
    one, kind = offered(code), "tech_sme" if "sme" in code else "high_tech_firm"
    with registered(facts, firms, districts, kind):
        scope = Scope(day)
        members = [one.member(record) for record in one.members(scope)]
        assert sum(member.contribution for member in members) == one.value(scope)
        assert len({member.title for member in members}) == len(members)
        assert one.by_region is not None
        by_region = one.by_region(scope)
        assert sum(amount for _code, _name, amount in by_region) == one.value(scope)
        for where, _name, amount in by_region:
            if where:
                assert one.value(Scope(day, where)) == amount == one.members(Scope(day, where)).count()


@few
@given(facts=st.lists(held, max_size=8), day=days)
def test_stock_bridge_and_trend_agree_with_the_database(
    facts: list[Any], day: dt.date, firms: list[Organization], districts: list[Region | None]
) -> None:
    one = offered("ladder.high_tech_firms")
    assert one.bridge is not None
    assert one.trend is not None
    with registered(facts, firms, districts, "high_tech_firm"):
        value = one.value(Scope(day))
        assert stock(changes("high_tech_firm", day, day), day) == value
        steps = one.bridge(Scope(day))
        assert sum(amount for _words, amount in steps) == value
        assert steps[0][1] == one.value(Scope(dt.date(day.year - 1, 12, 31)))
        past = one.trend(Scope(day))
        assert [amount for _at, amount in past] == [one.value(Scope(at)) for at, _amount in past]
        assert past[-1] == (day, value)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lists=st.lists(st.dictionaries(st.integers(1, 4), st.integers(0, 3), min_size=1), min_size=2, max_size=3),
    order=st.permutations(range(3)),
)
def test_the_order_in_which_lists_come_in_does_not_matter(
    lists: list[dict[int, int]], order: list[int], drop: Any, chief: Actor
) -> None:
    """Each list names firms, each with the year of its certificate; the same certificate may stand in several lists."""
    one = offered("ladder.high_tech_firms")
    asked = [Scope(dt.date(year, 10, day)) for year in range(2016, 2023) for day in (24, 25)]

    def counted(chosen: list[dict[int, int]]) -> list[Decimal]:
        with transaction.atomic():
            for firms in chosen:
                rows = [
                    [*line(firm)[:3], f"GR{firm:04d}{year:08d}", f"{2016 + year}-10-25", "城东区"]
                    for firm, year in firms.items()
                ]
                listed = drop(*rows)
                if any(row.decision in {"take", "new"} for row in listed.rows.all()):
                    confirm_list(listed, chief)
            found = [one.value(scope) for scope in asked]
            transaction.set_rollback(True)
        return found

    assert counted(lists) == counted([lists[place] for place in order if place < len(lists)])


def test_moving_the_day_past_an_expiry_lowers_the_number_on_that_very_day(drop: Any, chief: Actor) -> None:
    confirm_list(drop(line(1, day="2016-10-25"), line(2, day="2016-10-26"), line(3)), chief)
    one = offered("ladder.high_tech_firms")
    days_after = [dt.date(2019, 10, day) for day in (15, 24, 25, 26)]
    assert [one.value(Scope(day)) for day in days_after] == [3, 3, 2, 1]
    assert [one.members(Scope(day)).count() for day in days_after] == [3, 3, 2, 1]


def test_yearly_entries_end_with_the_year(drop: Any, chief: Actor, yearly: QualificationKind) -> None:
    confirm_list(drop(line(1), line(2), of=yearly), chief)
    one = offered("ladder.tech_smes")
    assert [one.value(Scope(day)) for day in (TODAY, dt.date(2019, 12, 31), dt.date(2020, 1, 1))] == [2, 2, 0]


def test_bridge_shows_who_came_renewed_expired_and_was_revoked(
    drop: Any, chief: Actor, system: Actor
) -> None:
    confirm_list(
        drop(
            *(line(serial, day="2016-08-18") for serial in (1, 2, 3)), line(4, day="2018-08-18"), title="旧"
        ),
        chief,
    )
    renewed = [*line(1)[:3], "GR201921999901", "2019-09-02", ""]
    confirm_list(drop(renewed, line(5), line(6), title="新"), chief)
    gone = Qualification.objects.get(organization__name="云川第4号试验有限公司")
    revoke_qualification(gone, system, on=dt.date(2019, 6, 1), reason="抽查")
    one, new = offered("ladder.high_tech_firms"), offered("ladder.high_tech_firms_new")
    assert one.bridge is not None
    assert [int(amount) for _words, amount in one.bridge(Scope(TODAY))] == [4, 2, 1, -3, -1]
    assert (one.value(Scope(TODAY)), new.value(Scope(TODAY))) == (Decimal(3), Decimal(3))


def test_what_was_registered_this_year_stays_so_when_it_is_revoked(
    drop: Any, chief: Actor, system: Actor
) -> None:
    confirm_list(drop(line(1), line(2)), chief)
    revoke_qualification(
        Qualification.objects.get(number=line(1)[3]), system, on=dt.date(2019, 10, 1), reason="抽查"
    )
    assert offered("ladder.high_tech_firms").value(Scope(TODAY)) == 1
    assert offered("ladder.high_tech_firms_new").value(Scope(TODAY)) == 2


def test_a_firm_with_two_valid_certificates_counts_once_by_the_longer(drop: Any, chief: Actor) -> None:
    confirm_list(drop(line(1, day="2017-09-02")), chief)
    confirm_list(drop([*line(1)[:3], "GR201921999902", "2019-09-02", ""]), chief)
    one = offered("ladder.high_tech_firms")
    (member,) = [one.member(record) for record in one.members(Scope(TODAY))]
    assert (one.value(Scope(TODAY)), member.detail, member.until) == (
        1,
        "GR201921999902",
        dt.date(2022, 9, 2),
    )


@pytest.mark.parametrize("code", CODES)
def test_every_number_takes_the_same_queries_for_one_firm_and_for_three(
    code: str,
    drop: Any,
    chief: Actor,
    yearly: QualificationKind,
    kind: QualificationKind,
    django_assert_num_queries: Any,
) -> None:
    one, of = offered(code), yearly if "sme" in code else kind

    def count(expected: int) -> None:
        with django_assert_num_queries(2):
            assert one.value(Scope(TODAY)) == expected
            assert len([one.member(record).region for record in one.members(Scope(TODAY))]) == expected

    confirm_list(drop(line(1), of=of), chief)
    count(1)
    confirm_list(drop(line(2), line(3), of=of), chief)
    count(3)

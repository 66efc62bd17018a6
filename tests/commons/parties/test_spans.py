# SPDX-License-Identifier: Apache-2.0
"""Stock, bridge and trend over dated qualifications, counted by the database: hand-worked cases and properties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kechuang.commons.parties.models import Organization, Qualification, Region
from kechuang.commons.parties.queries import MONTHS, changes
from kechuang.commons.parties.queries.bridges import PARTS, movements, standings
from kechuang.commons.parties.spans import ONE_DAY, Bridge, bridge, month_ends, stock, trend
from party_samples import KIND, firm, kind, region
from spans_by_hand import Span, bridge_by_hand, stock_by_hand

START, END = dt.date(2018, 12, 31), dt.date(2019, 10, 15)
days = st.dates(dt.date(2016, 1, 1), dt.date(2022, 12, 31))
near = st.dates(dt.date(2019, 3, 1), dt.date(2019, 3, 9))
some = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Firms = list[Organization]
pytestmark = pytest.mark.guarantee


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def span(holder: int, start: str, end: str, *, revoked: bool = False) -> Span:
    return Span(holder, day(start), day(end), revoked=revoked)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Over years, or within days of another."""
    start, length = draw(st.one_of(days, near)), draw(st.one_of(st.integers(0, 1200), st.integers(0, 8)))
    end = start + dt.timedelta(days=length)
    return Span(draw(st.integers(1, 4)), start, end, revoked=draw(st.booleans()) or start == end)


@pytest.fixture
def firms(db: None) -> Firms:
    """Two in the east, one in the west, one that is nowhere."""
    kind()
    east, west = region(), region("城西区", "990103")
    return [
        firm(f"云川{name}有限公司", region=at)
        for name, at in zip("甲乙丙丁", (east, east, west, None), strict=True)
    ]


@contextmanager
def registered(own: Sequence[Span], firms: Firms) -> Iterator[None]:
    """The spans as qualifications, for a while; one that is cut short would have lasted a year more."""
    with transaction.atomic():
        Qualification.objects.bulk_create(
            Qualification(
                organization=firms[one.holder - 1],
                kind_id=KIND,
                valid_from=one.start,
                valid_to=one.end + dt.timedelta(days=365 * one.revoked),
                revoked_on=one.end if one.revoked else None,
            )
            for one in own
        )
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("what", "own", "expected"),
    [
        ("new", [span(1, "2019-03-01", "2022-03-01")], Bridge(0, new=1)),
        ("held throughout", [span(1, "2018-03-01", "2021-03-01")], Bridge(1)),
        ("expired", [span(1, "2016-03-01", "2019-03-01")], Bridge(1, expired=1)),
        ("expired on the last day", [span(1, "2016-10-15", "2019-10-15")], Bridge(1, expired=1)),
        ("expires the day after", [span(1, "2016-10-16", "2019-10-16")], Bridge(1)),
        ("revoked", [span(1, "2018-03-01", "2019-03-01", revoked=True)], Bridge(1, revoked=1)),
        (
            "renewed on the very day",
            [span(1, "2016-03-01", "2019-03-01"), span(1, "2019-03-01", "2022-03-01")],
            Bridge(1, renewed=1, expired=1),
        ),
        (
            "renewed before it ended",
            [span(1, "2016-11-01", "2019-11-01"), span(1, "2019-09-01", "2022-09-01")],
            Bridge(1),
        ),
        (
            "renewed after a gap",
            [span(1, "2016-03-01", "2019-03-01"), span(1, "2019-09-02", "2022-09-02")],
            Bridge(1, renewed=1, expired=1),
        ),
        (
            "back after years",
            [span(1, "2013-03-01", "2016-03-01"), span(1, "2019-09-02", "2022-09-02")],
            Bridge(0, renewed=1),
        ),
        ("in and out within the time", [span(1, "2019-02-01", "2019-04-01", revoked=True)], Bridge(0, new=1, revoked=1)),
        ("withdrawn from the first day", [span(1, "2019-02-01", "2019-02-01", revoked=True)], Bridge(0)),
        (
            "two that end together",
            [span(1, "2016-03-01", "2019-03-01"), span(1, "2016-04-01", "2019-03-01")],
            Bridge(1, expired=1),
        ),
    ],
)  # fmt: skip
def test_bridge_counts_what_happened(what: str, own: list[Span], expected: Bridge, firms: Firms) -> None:
    with registered(own, firms):
        assert bridge(changes(KIND, START, END), START) == expected, what
    assert bridge_by_hand(own, START, END) == expected, what


def test_one_revoked_after_its_end_just_expired(firms: Firms) -> None:
    Qualification.objects.create(
        organization=firms[0],
        kind_id=KIND,
        valid_from=day("2016-03-01"),
        valid_to=day("2019-03-01"),
        revoked_on=day("2019-03-01"),
    )
    assert bridge(changes(KIND, START, END), START) == Bridge(1, expired=1)


@some
@given(own=st.lists(spans()), one=st.one_of(days, near), other=st.one_of(days, near))
def test_the_database_counts_as_one_would_by_hand(
    own: list[Span], one: dt.date, other: dt.date, firms: Firms
) -> None:
    opening, closing = sorted((one, other))
    with registered(own, firms):
        found = standings(KIND, opening, closing)
        members = {part: len(movements(KIND, opening, closing, part)) for part in PARTS}
    assert members == {part: getattr(found.whole, part) for part in PARTS}
    assert found.whole == bridge_by_hand(own, opening, closing)
    assert found.months == [(at, stock_by_hand(own, at)) for at in month_ends(closing, MONTHS)]
    of_place: dict[Region | None, list[Span]] = {}
    for each in own:
        if each.start < each.end and each.start <= closing:
            of_place.setdefault(firms[each.holder - 1].region, []).append(each)
    assert {place.region: place.bridge for place in found.places} == {
        place: bridge_by_hand(theirs, opening, closing) for place, theirs in of_place.items()
    }


@some
@given(own=st.lists(spans()), one=days, other=days)
def test_bridge_adds_up_from_stock_to_stock(
    own: list[Span], one: dt.date, other: dt.date, firms: Firms
) -> None:
    opening, closing = sorted((one, other))
    with registered(own, firms):
        told = changes(KIND, opening, closing)
    found = bridge(told, opening)
    assert found.opening == stock(told, opening) == stock_by_hand(own, opening)
    assert found.closing == stock(told, closing) == stock_by_hand(own, closing)
    assert min(found.new, found.renewed, found.expired, found.revoked) >= 0


@some
@given(own=st.lists(spans()), a=days, b=days, c=days)
def test_two_bridges_in_a_row_are_one_but_for_who_came_first(
    own: list[Span], a: dt.date, b: dt.date, c: dt.date, firms: Firms
) -> None:
    first, middle, last = sorted((a, b, c))
    with registered(own, firms):
        whole, one, two = (
            bridge(changes(KIND, start, end), start)
            for start, end in ((first, last), (first, middle), (middle, last))
        )
    for part in ("new", "renewed", "expired", "revoked"):
        assert getattr(whole, part) == getattr(one, part) + getattr(two, part)


@some
@given(own=st.lists(spans()), dice=st.randoms(), at=days)
def test_the_order_of_the_spans_does_not_matter(
    own: list[Span], dice: object, at: dt.date, firms: Firms
) -> None:
    mixed, end = list(own), at if at > START else END
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    told = []
    for rows in (own, mixed):
        with registered(rows, firms):
            told.append(standings(KIND, START, end))
    assert told[0] == told[1]


@some
@given(one=spans())
def test_a_holder_counts_from_its_first_day_to_the_day_before_its_end(one: Span, firms: Firms) -> None:
    around = [one.start - ONE_DAY, one.start, one.end - ONE_DAY, one.end]
    lasts = one.start < one.end
    with registered([one], firms):
        found = changes(KIND, around[0], one.end)
    assert trend(found, around) == list(zip(around, [0, int(lasts), int(lasts), 0], strict=True))


def test_month_ends_go_back_from_the_day() -> None:
    assert month_ends(day("2019-03-15"), 3) == [
        day("2018-12-31"),
        day("2019-01-31"),
        day("2019-02-28"),
        day("2019-03-15"),
    ]
    assert month_ends(day("2019-03-31"), 1) == [day("2019-02-28"), day("2019-03-31")]

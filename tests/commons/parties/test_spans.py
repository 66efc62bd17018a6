# SPDX-License-Identifier: Apache-2.0
"""Stock, bridge and trend over dated intervals: hand-worked cases and properties."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.commons.parties.spans import ONE_DAY, Bridge, Span, bridge, month_ends, stock, trend

START, END = dt.date(2018, 12, 31), dt.date(2019, 10, 15)
days = st.dates(dt.date(2016, 1, 1), dt.date(2022, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def span(holder: int, start: str, end: str, *, revoked: bool = False) -> Span:
    return Span(holder, day(start), day(end), revoked=revoked)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start, length = draw(days), draw(st.integers(0, 1200))
    return Span(
        draw(st.integers(1, 4)), start, start + dt.timedelta(days=length), revoked=draw(st.booleans())
    )


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
def test_bridge_counts_what_happened(what: str, own: list[Span], expected: Bridge) -> None:
    assert bridge(own, START, END) == expected, what


@given(st.lists(spans()), days, days)
def test_bridge_adds_up_from_stock_to_stock(own: list[Span], one: dt.date, other: dt.date) -> None:
    opening, closing = sorted((one, other))
    found = bridge(own, opening, closing)
    assert found.opening == stock(own, opening)
    assert found.closing == stock(own, closing)
    assert min(found.new, found.renewed, found.expired, found.revoked) >= 0


@given(st.lists(spans()), days, days, days)
def test_two_bridges_in_a_row_are_one_but_for_who_came_first(
    own: list[Span], a: dt.date, b: dt.date, c: dt.date
) -> None:
    first, middle, last = sorted((a, b, c))
    whole, one, two = bridge(own, first, last), bridge(own, first, middle), bridge(own, middle, last)
    for part in ("new", "renewed", "expired", "revoked"):
        assert getattr(whole, part) == getattr(one, part) + getattr(two, part)


@given(st.lists(spans()), st.randoms(), days)
def test_the_order_of_the_spans_does_not_matter(own: list[Span], dice: object, at: dt.date) -> None:
    mixed = list(own)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert bridge(mixed, START, at if at > START else END) == bridge(own, START, at if at > START else END)
    assert stock(mixed, at) == stock(own, at)


@given(spans())
def test_a_holder_counts_from_its_first_day_to_the_day_before_its_end(one: Span) -> None:
    around = [one.start - ONE_DAY, one.start, one.end - ONE_DAY, one.end]
    lasts = one.start < one.end
    assert trend([one], around) == [0, int(lasts), int(lasts), 0]


def test_month_ends_go_back_from_the_day() -> None:
    assert month_ends(day("2019-03-15"), 3) == [
        day("2018-12-31"),
        day("2019-01-31"),
        day("2019-02-28"),
        day("2019-03-15"),
    ]
    assert month_ends(day("2019-03-31"), 1) == [day("2019-02-28"), day("2019-03-31")]

# SPDX-License-Identifier: Apache-2.0
"""Promises and what is known of them, for the properties of the engine and of its words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from kechuang.engines.progress.promises import COMPARATORS as WORDS
from kechuang.engines.progress.promises import Promise
from kechuang.engines.progress.seasons import season_of
from kechuang.engines.progress.series import Known, Point

START, END = dt.date(2019, 1, 1), dt.date(2019, 12, 31)
DAYS = st.dates(START, END)
VALUES = st.decimals(-1000, 10000, places=1)
KINDS = st.sampled_from(["flow", "stock", "cumulative", "ratio", "growth", "share", "coverage", "index"])
COMPARATORS = st.sampled_from(WORDS)
SEASONS = st.none() | st.lists(st.decimals(0, 999, places=1), min_size=12, max_size=12).map(season_of)
POINTS = st.lists(st.builds(Point, DAYS, VALUES), max_size=4, unique_by=lambda point: point.day).map(tuple)
LAPSING = st.none() | st.lists(
    st.builds(Point, DAYS, st.decimals(0, 500, places=0)), max_size=3, unique_by=lambda point: point.day
).map(tuple)
FINALS = st.lists(
    st.builds(Point, st.integers(2010, 2018).map(lambda year: dt.date(year, 12, 31)), VALUES),
    max_size=4,
    unique_by=lambda point: point.day,
).map(tuple)


@st.composite
def promises(draw: st.DrawFn) -> Promise:
    """Any promise for 2019."""
    value = draw(VALUES)
    most = draw(st.none() | st.decimals(0, 500, places=1).map(lambda more: value + more))
    return Promise(draw(KINDS), draw(COMPARATORS), value, START, END, most, aspire=draw(st.booleans()))


@st.composite
def knowns(draw: st.DrawFn) -> Known:
    """Anything that may be known."""
    return Known(
        draw(POINTS),
        base=draw(st.none() | VALUES),
        whole=draw(st.none() | st.integers(0, 500).map(Decimal)),
        season=draw(SEASONS),
        joined=draw(st.none() | st.integers(0, 900).map(Decimal)),
        lapsing=draw(LAPSING),
        finals=draw(FINALS),
        expected_on=draw(st.none() | st.just(dt.date(2020, 9, 30))),
    )


PROMISES = promises()

# SPDX-License-Identifier: Apache-2.0
"""Quiet hours and digests."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.commons.notices.hours import after_quiet, next_at

T, AT = dt.time, dt.datetime


@pytest.mark.parametrize(
    ("moment", "after"),
    [
        (AT(2019, 10, 15, 20, 59), AT(2019, 10, 15, 20, 59)),
        (AT(2019, 10, 15, 21, 0), AT(2019, 10, 16, 7, 30)),
        (AT(2019, 10, 16, 3, 0), AT(2019, 10, 16, 7, 30)),
        (AT(2019, 10, 16, 7, 29, 59), AT(2019, 10, 16, 7, 30)),
        (AT(2019, 10, 16, 7, 30), AT(2019, 10, 16, 7, 30)),
    ],
)
def test_quiet_hours_over_night(moment, after):
    assert after_quiet(moment, T(21), T(7, 30)) == after


def test_quiet_hours_within_a_day_and_none():
    noon = AT(2019, 10, 15, 12, 30)
    assert after_quiet(noon, T(12), T(13, 30)) == AT(2019, 10, 15, 13, 30)
    assert after_quiet(noon, T(12), T(12)) == noon


def test_the_digest_comes_at_its_next_hour():
    assert next_at(AT(2019, 10, 15, 8, 29), T(8, 30)) == AT(2019, 10, 15, 8, 30)
    assert next_at(AT(2019, 10, 15, 8, 30), T(8, 30)) == AT(2019, 10, 16, 8, 30)


@given(st.datetimes(AT(2019, 1, 1), AT(2020, 1, 1)), st.times(), st.times())
def test_nothing_goes_out_in_quiet_hours_and_nothing_waits_a_day(moment, start, end):
    start, end = start.replace(microsecond=0), end.replace(microsecond=0)
    after = after_quiet(moment, start, end)
    assert after >= moment
    assert after - moment <= dt.timedelta(days=1)
    assert after_quiet(after, start, end) == after

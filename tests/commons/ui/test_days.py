# SPDX-License-Identifier: Apache-2.0
"""The day in an address: a day, nothing, something else, a day to come."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from kechuang.commons.ui.days import day_asked

TODAY = dt.date(2019, 10, 15)


@pytest.mark.parametrize(
    ("given", "future", "day", "told"),
    [
        ("", True, TODAY, 0),
        ("2019-08-31", True, dt.date(2019, 8, 31), 0),
        ("2019-08-31", False, dt.date(2019, 8, 31), 0),
        ("2019-11-20", True, dt.date(2019, 11, 20), 0),
        ("2019-11-20", False, TODAY, 1),
        ("八月", True, TODAY, 1),
        ("2019-02-30", False, TODAY, 1),
    ],
)
def test_a_day_is_taken_and_anything_else_is_told(given: str, future: bool, day: dt.date, told: int) -> None:
    request = RequestFactory().get("/", {"day": given})
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    assert day_asked(request, future=future) == day
    assert len(list(request._messages)) == told  # type: ignore[attr-defined]

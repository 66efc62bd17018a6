# SPDX-License-Identifier: Apache-2.0
"""A light set by hand needs a reason and ends; what the rule says stays visible."""

from __future__ import annotations

import datetime as dt

import pytest

from kechuang.engines.progress.lights import Light
from kechuang.engines.progress.overrides import Override, overridden

RULE = Light("red", "overdue", {"days": 3, "due": dt.date(2019, 6, 30)})
OCTOBER = Override("yellow", "上级已同意调整", "局领导", dt.date(2019, 10, 1), dt.date(2019, 10, 31))


def test_in_force_it_replaces_the_light_and_keeps_what_it_was() -> None:
    light = overridden(dt.date(2019, 10, 15), RULE, [OCTOBER])
    assert light == Light(
        "yellow",
        "overridden",
        {"was": RULE, "why": "上级已同意调整", "by": "局领导", "until": dt.date(2019, 10, 31)},
    )


@pytest.mark.parametrize(
    ("day", "colour"),
    [
        (dt.date(2019, 9, 30), "red"),
        (dt.date(2019, 10, 1), "yellow"),
        (dt.date(2019, 10, 31), "yellow"),
        (dt.date(2019, 11, 1), "red"),
    ],
)
def test_it_begins_and_expires(day: dt.date, colour: str) -> None:
    assert overridden(day, RULE, [OCTOBER]).colour == colour


def test_the_one_that_began_last_is_in_force_whatever_the_order() -> None:
    later = Override("green", "已补报", "督查室", dt.date(2019, 10, 10), dt.date(2019, 10, 20))
    for given in ([OCTOBER, later], [later, OCTOBER]):
        assert overridden(dt.date(2019, 10, 15), RULE, given).colour == "green"
        assert overridden(dt.date(2019, 10, 21), RULE, given).colour == "yellow"


def test_without_reason_or_time_there_is_none() -> None:
    with pytest.raises(ValueError, match="reason"):
        Override("green", "  ", "局领导", dt.date(2019, 10, 1), dt.date(2019, 10, 31))
    with pytest.raises(ValueError, match="ends"):
        Override("green", "理由", "局领导", dt.date(2019, 10, 2), dt.date(2019, 10, 1))

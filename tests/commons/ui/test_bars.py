# SPDX-License-Identifier: Apache-2.0
"""Bars stand by their values, hang below zero, and say in words what they show."""

from __future__ import annotations

import re

from kechuang.commons.ui.bars import BOTTOM, HEIGHT, TOP, bar_chart

BAR = re.compile(r'<rect class="kc-chart-bar" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/>')


def heights(*values: float) -> list[tuple[float, float]]:
    """(top, height) of each bar."""
    drawn = BAR.findall(bar_chart([(str(2017 + place), value) for place, value in enumerate(values)], "营收"))
    return [(float(top), float(height)) for _x, top, _width, height in drawn]


def test_bars_are_as_high_as_their_values_and_stand_on_one_line() -> None:
    room = HEIGHT - TOP - BOTTOM
    assert heights(50, 100, 0) == [(TOP + room / 2, room / 2), (TOP, room), (TOP + room, 0)]


def test_values_below_zero_hang_from_the_line() -> None:
    room = HEIGHT - TOP - BOTTOM
    assert heights(100, -100) == [(TOP, room / 2), (TOP + room / 2, room / 2)]


def test_one_period_is_drawn_none_is_not() -> None:
    assert len(heights(7)) == 1
    assert bar_chart([], "营收") == ""


def test_what_is_shown_is_said_in_words_and_escaped() -> None:
    chart = bar_chart([("2017", 1200), ("<2018>", 3)], "营收", "万元")
    assert "2017 1,200万元" in chart
    assert "&lt;2018&gt;" in chart
    assert "<2018>" not in chart

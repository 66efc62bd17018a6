# SPDX-License-Identifier: Apache-2.0
"""A line chart: its points in scale, its words, and what may stand in them."""

from __future__ import annotations

import datetime as dt
import re

from kechuang.commons.ui.charts import Goal, Line, line_chart

JANUARY, JULY = dt.date(2019, 1, 1), dt.date(2019, 7, 1)


def test_two_points_span_the_chart_and_a_higher_value_stands_higher() -> None:
    chart = line_chart([Line("本年", ((JANUARY, 10.0), (JULY, 20.0)))], label="指标", unit="家")
    (points,) = re.findall(r'<polyline class="[^"]+" points="([^"]+)"', chart)
    (x1, y1), (x2, y2) = (map(float, point.split(",")) for point in points.split())
    assert (x1, x2) == (64.0, 624.0)
    assert 0 < y2 < y1 < 240
    assert all(words in chart for words in ("2019-01-01", "10家", "2019-07-01", "20家"))


def test_a_goal_stands_inside_the_chart_even_far_above_the_values() -> None:
    chart = line_chart([Line("", ((JANUARY, 1.0), (JULY, 2.0)))], [Goal("达到100家", 100.0)])
    (level,) = re.findall(r'class="kc-chart-goal"[^>]*y1="([^"]+)"', chart)
    assert 16 < float(level) < 212
    assert "达到100家" in chart


def test_one_point_or_none_is_no_line() -> None:
    assert line_chart([]) == ""
    assert line_chart([Line("", ((JANUARY, 1.0),))]) == ""


def test_equal_values_do_not_divide_by_nothing() -> None:
    assert "<polyline" in line_chart([Line("", ((JANUARY, 0.0), (JULY, 0.0)))])


def test_names_are_escaped() -> None:
    chart = line_chart([Line("<b>", ((JANUARY, 1.0), (JULY, 2.0)))], [Goal('"x"', 1.0)], label="<i>")
    assert "<b>" not in chart
    assert "<i>" not in chart

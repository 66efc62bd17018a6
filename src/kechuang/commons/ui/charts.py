# SPDX-License-Identifier: Apache-2.0
"""A line chart as SVG (折线图): values over time and the lines they are held against; says in words what it shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kechuang.commons.ui.numbers import thousands

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 64, 96, 16, 28
TICKS, DAY_TICKS, FEWEST_POINTS = 4, 6, 2


@dataclass(frozen=True, slots=True)
class Line:
    """Values over days under a name; the first line of a chart is the one it is about."""

    label: str
    points: tuple[tuple[dt.date, float], ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """A level that the values are held against."""

    label: str
    value: float


def line_chart(
    lines: Sequence[Line], goals: Sequence[Goal] = (), label: str = "", unit: str = ""
) -> SafeString:
    """The chart; nothing where there are fewer than two points."""
    days = [day for line in lines for day, _value in line.points]
    if len(set(days)) < FEWEST_POINTS:
        return SafeString("")
    values = [value for line in lines for _day, value in line.points] + [goal.value for goal in goals]
    scale = _Scale(min(days), max(days), *_bounds(values))
    return format_html(
        '<svg class="kc-chart" role="img" aria-label="{}" viewBox="0 0 {} {}">{}{}{}{}</svg>',
        _words(lines, goals, label, unit),
        WIDTH,
        HEIGHT,
        _grid(scale),
        _days(scale),
        format_html_join("", "{}", ((_line(scale, place, line),) for place, line in enumerate(lines))),
        format_html_join("", "{}", ((_goal(scale, goal),) for goal in goals)),
    )


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    """A little room above and below; from nothing where the values are not far from it."""
    low, high = min(values), max(values)
    room = (high - low or abs(high) or 1) * 0.08
    near = 0 <= low < high / 2
    return (0.0 if near else low - room), high + room


@dataclass(frozen=True, slots=True)
class _Scale:
    first: dt.date
    last: dt.date
    low: float
    high: float

    def x(self, day: dt.date) -> str:
        whole = (self.last - self.first).days or 1
        return f"{LEFT + (WIDTH - LEFT - RIGHT) * (day - self.first).days / whole:.1f}"

    def y(self, value: float) -> str:
        share = (value - self.low) / (self.high - self.low)
        return f"{HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share:.1f}"


def _grid(scale: _Scale) -> SafeString:
    step = (scale.high - scale.low) / TICKS
    levels = [scale.low + step * place for place in range(TICKS + 1)]
    places = 0 if step >= 1 else 2
    return format_html_join(
        "",
        '<line class="kc-chart-grid" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
        '<text x="{3}" y="{2}" class="kc-chart-y">{4}</text>',
        (
            (LEFT, WIDTH - RIGHT, scale.y(level), LEFT - 6, thousands(round(level, places)))
            for level in levels
        ),
    )


def _days(scale: _Scale) -> SafeString:
    whole = (scale.last - scale.first).days
    count = min(DAY_TICKS, whole)
    days = [scale.first + dt.timedelta(days=round(whole * place / count)) for place in range(count + 1)]
    return format_html_join(
        "",
        '<text x="{}" y="{}" class="kc-chart-x">{}</text>',
        ((scale.x(day), HEIGHT - 8, f"{day:%Y-%m}") for day in days),
    )


def _line(scale: _Scale, place: int, line: Line) -> SafeString:
    points = " ".join(f"{scale.x(day)},{scale.y(value)}" for day, value in line.points)
    day, value = line.points[-1]
    return format_html(
        '<polyline class="kc-chart-line kc-chart-line-{}" points="{}"/>'
        '<circle class="kc-chart-dot kc-chart-line-{}" r="3" cx="{}" cy="{}"/>'
        '<text x="{}" y="{}" class="kc-chart-end">{} {}</text>',
        place,
        points,
        place,
        scale.x(day),
        scale.y(value),
        f"{float(scale.x(day)) + 6:.1f}",
        scale.y(value),
        line.label,
        thousands(value),
    )


def _goal(scale: _Scale, goal: Goal) -> SafeString:
    return format_html(
        '<line class="kc-chart-goal" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
        '<text x="{3}" y="{4}" class="kc-chart-goal-words">{5}</text>',
        LEFT,
        WIDTH - RIGHT,
        scale.y(goal.value),
        LEFT + 4,
        f"{float(scale.y(goal.value)) - 4:.1f}",
        goal.label,
    )


def _words(lines: Iterable[Line], goals: Iterable[Goal], label: str, unit: str) -> str:
    told = [
        _("%(label)s %(line)s：%(first)s 为 %(from)s，%(last)s 为 %(to)s")
        % {
            "label": label,
            "line": line.label,
            "first": line.points[0][0].isoformat(),
            "from": thousands(line.points[0][1]) + unit,
            "last": line.points[-1][0].isoformat(),
            "to": thousands(line.points[-1][1]) + unit,
        }
        for line in lines
        if line.points
    ]
    return "；".join([*told, *(goal.label for goal in goals)])

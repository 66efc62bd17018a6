# SPDX-License-Identifier: Apache-2.0
"""How a number promised stands on a day (目标进展): value, pace, forecast, and the light that follows from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from kechuang.engines.progress.forecasts import Forecast, forecast_of
from kechuang.engines.progress.lights import Light, Thresholds, worst
from kechuang.engines.progress.pace import Pace, pace_colour, pace_of, way_start
from kechuang.engines.progress.promises import Promise, completion, keeps, overshoots
from kechuang.engines.progress.seasons import time_gone
from kechuang.engines.progress.series import Known, Read, read

PACE_REASONS = {"green": "on-pace", "yellow": "behind", "red": "far-behind"}


@dataclass(frozen=True, slots=True)
class Progress:
    """A number promised on a day.

    Of a coverage, ``missing`` is the length of the list not served, ``short`` how many of it keep the promise.
    """

    now: Read | None
    completion: Fraction | None
    pace: Pace | None
    forecast: Forecast | None
    light: Light
    missing: int | None = None
    short: int | None = None


def progress(day: dt.date, promise: Promise, known: Known, thresholds: Thresholds | None = None) -> Progress:
    """Everything about ``promise`` on ``day``, from what is ``known`` by then."""
    limits = thresholds or Thresholds()
    reads = read(promise.kind, known, day, promise.end)
    now = reads[-1] if reads else None
    forecast = forecast_of(promise, known, now, limits.grace)
    if now is None:
        return Progress(None, None, None, forecast, _of_nothing(day, promise, known, forecast))
    pace = pace_of(promise, known, now)
    judge = _Judge(day, promise, known, limits, reads, pace, forecast)
    return Progress(
        now,
        completion(now.value, promise.goal),
        pace,
        forecast,
        worst(judge.lights()) or judge.standing(),
        *_left(promise, known, now),
    )


def _of_nothing(day: dt.date, promise: Promise, known: Known, forecast: Forecast | None) -> Light:
    if any(point.day <= min(day, promise.end) for point in known.points):
        return Light("grey", "no-base")
    if known.expected_on is None:
        return Light("grey", "no-value")
    facts: dict[str, Any] = {"expected": known.expected_on, "target": promise.goal}
    if forecast is None:
        return Light("grey", "late-statistic", facts)
    return Light("grey", "late-statistic-forecast", {**facts, "forecast": forecast.value})


def _left(promise: Promise, known: Known, now: Read) -> tuple[int | None, int | None]:
    if promise.kind != "coverage" or not known.whole:
        return None, None
    whole = Fraction(known.whole)
    served, wanted = now.value / 100 * whole, promise.goal / 100 * whole
    short = floor(wanted - served) + 1 if promise.comparator == ">" else ceil(wanted - served)
    return ceil(whole - served), max(0, short)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges the newest value."""

    day: dt.date
    promise: Promise
    known: Known
    limits: Thresholds
    reads: list[Read]
    pace: Pace | None
    forecast: Forecast | None

    @property
    def now(self) -> Read:
        return self.reads[-1]

    @property
    def facts(self) -> dict[str, Any]:
        return {"value": self.now.value, "target": self.promise.goal, "as_of": self.now.day}

    @property
    def met(self) -> bool:
        return keeps(self.promise, self.now.value, self.limits.about)

    @property
    def final(self) -> bool:
        """Whether the value tells of the whole period."""
        return self.now.day >= self.promise.end

    def lights(self) -> Iterator[Light]:
        """How it stands, then what makes that worse: lost again, at risk, not final, old."""
        standing = self.standing()
        yield standing
        if self.final or standing.reason == "met":
            return
        if not self.met and self._was_met():
            yield Light("yellow", "lost", self.facts)
        if self._lapses():
            assert self.forecast is not None
            yield Light("yellow", "lapses-ahead", {**self.facts, "forecast": self.forecast.value})
        if self.day > self.promise.end:
            yield Light("yellow", "not-final", {**self.facts, "end": self.promise.end})
        old = (self.day - self.now.day).days
        if old > self.limits.stale_value_days:
            yield Light("yellow", "old-value", {**self.facts, "days": old})

    def standing(self) -> Light:
        """The newest value against the promise."""
        if overshoots(self.promise, self.now.value, self.limits.about):
            return Light("yellow", "overshot", self.facts)
        if self.final:
            return self._final()
        if self.promise.is_cap and self.promise.adds_up:
            return self._cap()
        if self.met:
            return Light("green", "met" if self.promise.adds_up else "holding", self.facts)
        return self._on_the_way()

    def _final(self) -> Light:
        if self.met:
            return Light("green", "met", self.facts)
        if self.promise.aspire and self._near():
            return Light("yellow", "aspired-short", self.facts)
        return Light("red", "missed", self.facts)

    def _near(self) -> bool:
        """Whether what was aspired to was nearly reached: by the way made, else by the share of the number."""
        if self.pace is not None:
            return pace_colour(self.pace, self.limits, aspire=True) != "red"
        share = completion(self.now.value, self.promise.goal)
        return (
            self.promise.goal > 0
            and not self.promise.is_cap
            and share is not None
            and (share >= self.limits.aspire_ease)
        )

    def _cap(self) -> Light:
        """A cap on what adds up: once passed it stays passed; before that, whether it is used up too soon."""
        if not self.met:
            return Light("red", "exceeded", self.facts)
        return self._by_pace("spent") if self.pace else Light("green", "holding", self.facts)

    def _on_the_way(self) -> Light:
        if self.pace is not None:
            return self._by_pace(self.pace.method)
        forecast = self.forecast
        if forecast is None or forecast.method != "yearly-change":
            return Light("yellow", "not-met-yet", self.facts)
        facts = {**self.facts, "forecast": forecast.value}
        if keeps(self.promise, forecast.value, self.limits.about):
            return Light("green", "forecast-met", facts)
        return Light("yellow", "forecast-short", facts)

    def _by_pace(self, method: str) -> Light:
        pace = self.pace
        assert pace is not None
        colour = pace_colour(pace, self.limits, aspire=self.promise.aspire)
        facts = {**self.facts, "made": pace.made, "due": pace.due, "pace": pace.ratio, "level": pace.level}
        early = time_gone(pace.as_of, self.promise.start, self.promise.end) < self.limits.grace
        if colour != "green" and early:
            return Light("grey", "too-early", facts)
        family = method if method in {"growth", "spent"} else "way"
        return Light(colour, f"{family}-{PACE_REASONS[colour]}", facts)

    def _was_met(self) -> bool:
        start, end = self.promise.start, self.promise.end
        return any(
            keeps(self.promise, one.value, self.limits.about)
            for one in self.reads[:-1]
            if time_gone(one.day, start, end) >= self.limits.grace
        )

    def _lapses(self) -> bool:
        """Whether what is known to lapse takes a stock below what its pace would still let pass as green."""
        if self.promise.kind != "stock" or self.forecast is None or self.promise.is_cap:
            return False
        if self.forecast.method not in {"bridge", "known-lapses"}:
            return False
        start, goal = way_start(self.promise, self.known), self.promise.goal
        if start is None or goal <= start:
            return not keeps(self.promise, self.forecast.value, self.limits.about)
        at_end = Pace(
            (self.forecast.value - start) / (goal - start), Fraction(1), goal, "linear", self.promise.end
        )
        return pace_colour(at_end, self.limits, aspire=self.promise.aspire) != "green"

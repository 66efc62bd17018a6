# SPDX-License-Identifier: Apache-2.0
"""Where a number will end (预测): a value with its method, its inputs, and a range where one is honest; else None."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from kechuang.engines.progress.pace import UNPACED, way_start
from kechuang.engines.progress.promises import Promise
from kechuang.engines.progress.seasons import is_whole_year, share_due, time_gone
from kechuang.engines.progress.series import Known, Read, newest

FULL = Fraction(100)
FEWEST_CHANGES = 2


@dataclass(frozen=True, slots=True)
class Forecast:
    """The value expected at the end, between ``low`` and ``high`` where both ends have a reason.

    Methods: ``complete`` the value itself; ``rest-of-last-year`` sum so far + what last year still brought (the other
    end: the growth so far holds); ``run-rate`` as much a day as so far; ``bridge`` level − known lapses + arrivals at
    the rate so far; ``known-lapses`` level − known lapses; ``growth-to-date`` the growth so far holds (the other end:
    the rest of the year brings what it brought last year); ``carried`` as it is now; ``yearly-change`` the last final
    value moved on by the mean change of earlier years (the ends: the least and the greatest change seen).
    """

    value: Fraction
    method: str
    low: Fraction | None = None
    high: Fraction | None = None
    inputs: Mapping[str, Fraction] = field(default_factory=dict)


def forecast_of(promise: Promise, known: Known, now: Read | None, grace: Fraction) -> Forecast | None:
    """The forecast at the newest value; before ``grace`` of the period is gone no rate is taken for a forecast."""
    if now is None:
        return _yearly_change(promise, known) if promise.kind in UNPACED else None
    if now.day >= promise.end:
        return Forecast(now.value, "complete", now.value, now.value)
    early = time_gone(now.day, promise.start, promise.end) < grace
    gone = Fraction(0) if early else share_due(now.day, promise.start, promise.end, known.season)
    match promise.kind:
        case "flow" if _rest_of_last_year(promise, known, now) is not None:
            return _flow(promise, known, now, gone)
        case "stock" if known.lapsing is not None:
            return _stock(promise, known, now, gone)
        case "flow" | "stock" | "cumulative" | "coverage":
            return _run_rate(promise, known, now, gone)
        case "growth":
            return None if early else _growth(promise, known, now)
    return _yearly_change(promise, known) or Forecast(now.value, "carried")


def _rest_of_last_year(promise: Promise, known: Known, now: Read) -> Fraction | None:
    """What last year still brought after the same day."""
    if known.season is None or not is_whole_year(promise.start, promise.end):
        return None
    return known.season.total * (1 - known.season.gone(now.day, promise.start))


def _flow(promise: Promise, known: Known, now: Read, gone: Fraction) -> Forecast:
    rest = _rest_of_last_year(promise, known, now) or Fraction(0)
    value = now.value + rest
    inputs = {"so_far": now.value, "rest_last_year": rest}
    if not gone:
        return Forecast(value, "rest-of-last-year", inputs=inputs)
    held = now.value / gone
    return Forecast(value, "rest-of-last-year", min(value, held), max(value, held), inputs)


def _run_rate(promise: Promise, known: Known, now: Read, gone: Fraction) -> Forecast | None:
    start = way_start(promise, known)
    if start is None or not gone:
        return None
    value = start + (now.value - start) / gone
    if promise.kind == "coverage":
        value = max(now.value, min(FULL, value))
    return Forecast(value, "run-rate", inputs={"start": start, "so_far": now.value, "gone": gone})


def _stock(promise: Promise, known: Known, now: Read, gone: Fraction) -> Forecast:
    """The bridge to the end. Arrivals count renewals: what lapses may come back, so the high end loses nothing."""
    lapsing = [one for one in known.lapsing or () if now.day < one.day <= promise.end]
    leaving = sum((Fraction(one.value) for one in lapsing), Fraction(0))
    kept, inputs = now.value - leaving, {"level": now.value, "leaving": leaving}
    if known.joined is None or not gone:
        return Forecast(kept, "known-lapses", kept, now.value, inputs)
    coming = Fraction(known.joined) * (1 - gone) / gone
    return Forecast(kept + coming, "bridge", kept, now.value + coming, {**inputs, "coming": coming})


def _growth(promise: Promise, known: Known, now: Read) -> Forecast:
    rest = _rest_of_last_year(promise, known, now)
    if rest is None or known.base is None:
        return Forecast(now.value, "growth-to-date")
    base = Fraction(known.base)
    still = (base * (1 + now.value / 100) + rest) / (base + rest)
    ends = sorted((now.value, (still - 1) * 100))
    return Forecast(now.value, "growth-to-date", ends[0], ends[1], {"base": base, "rest_last_year": rest})


def _yearly_change(promise: Promise, known: Known) -> Forecast | None:
    """From final values of earlier years, each change a year weighed alike; fewer than two changes are no trend."""
    finals = newest(point for point in known.finals if point.day < promise.start)
    changes = [
        (Fraction(after.value) - Fraction(before.value)) / (after.day.year - before.day.year)
        for before, after in pairwise(finals)
        if after.day.year > before.day.year
    ]
    if len(changes) < FEWEST_CHANGES:
        return None
    last, years = Fraction(finals[-1].value), promise.end.year - finals[-1].day.year
    low, high = last + years * min(changes), last + years * max(changes)
    change = sum(changes, Fraction(0)) / len(changes)
    return Forecast(last + years * change, "yearly-change", low, high, {"last": last, "change": change})

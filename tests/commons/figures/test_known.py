# SPDX-License-Identifier: Apache-2.0
"""What is known of promised numbers on a day: from observations with vintages, from live figures; one query for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kechuang.commons.facts.models import Indicator, Observation, Target
from kechuang.commons.figures import registry
from kechuang.commons.figures.counting import Total
from kechuang.commons.figures.known import known_by, promise_of
from kechuang.commons.figures.registry import Figure, Scope
from kechuang.commons.kernel.memo import remembering
from kechuang.engines.progress.periods import month_end
from kechuang.engines.progress.promises import Promise
from kechuang.engines.progress.series import Known, Point
from kechuang.engines.progress.targets import progress

pytestmark = pytest.mark.django_db
DAY = dt.date(2019, 10, 15)


def _indicator(kind: str, figure: str = "") -> Indicator:
    return Indicator.objects.create(code=f"{kind}{figure}", name=kind, unit="家", kind=kind, figure=figure)


def _target(indicator: Indicator | None, kind: str = "level", value: int = 200) -> Target:
    return Target.objects.create(
        name="目标", year=2019, comparator=">=", scaled=value, kind=kind, indicator=indicator
    )


def _observe(
    indicator: Indicator, start: str, end: str, value: int, *, published: str | None = None, vintage: int = 1
) -> None:
    last = dt.date.fromisoformat(end)
    Observation.objects.create(
        indicator=indicator,
        scaled=value,
        period_start=dt.date.fromisoformat(start),
        period_end=last,
        vintage=vintage,
        published_on=dt.date.fromisoformat(published) if published else last,
        source="测试",
    )


def _months(indicator: Indicator, year: int, last: int = 12) -> None:
    """Sums since January at the end of each month: 10, 20, 30 and so on."""
    for month in range(last):
        end = month_end(dt.date(year, 1, 1), month)
        _observe(indicator, f"{year}-01-01", end.isoformat(), (month + 1) * 10)


def test_a_flow_is_known_by_its_sums_and_last_years_months() -> None:
    target = _target(_indicator("flow"))
    _months(target.indicator, 2018)
    _months(target.indicator, 2019, 9)
    known = known_by([target], DAY)[target.pk]
    assert known.points[-1] == Point(dt.date(2019, 9, 30), Decimal(90))
    assert len(known.points) == 9
    assert known.season is not None
    assert known.season.months == (Decimal(10),) * 12
    found = progress(DAY, promise_of(target), known)
    assert found.forecast is not None
    assert (found.forecast.value, found.light.reason) == (120, "way-far-behind")


def test_what_was_published_later_is_not_known_yet() -> None:
    target = _target(_indicator("share"), "share", 40)
    _observe(target.indicator, "2019-01-01", "2019-06-30", 38, published="2019-08-01")
    _observe(target.indicator, "2019-01-01", "2019-06-30", 41, published="2019-11-01", vintage=2)
    assert known_by([target], DAY)[target.pk].points[-1].value == 38
    assert known_by([target], dt.date(2019, 11, 1))[target.pk].points[-1].value == 41
    assert known_by([target], dt.date(2019, 7, 31))[target.pk] == Known()


def test_growth_over_a_flow_compares_with_the_same_months_as_revised() -> None:
    target = _target(_indicator("flow"), "growth", 15)
    _observe(target.indicator, "2018-01-01", "2018-09-30", 80)
    _observe(target.indicator, "2019-01-01", "2019-09-30", 92)
    known = known_by([target], DAY)[target.pk]
    assert (known.base, known.points) == (Decimal(80), (Point(dt.date(2019, 9, 30), Decimal(92)),))
    _observe(target.indicator, "2018-01-01", "2018-09-30", 82, published="2019-10-10", vintage=2)
    assert known_by([target], DAY)[target.pk].base == 82
    assert promise_of(target).kind == "growth"


def test_growth_without_the_same_months_of_last_year_is_unknown() -> None:
    target = _target(_indicator("flow"), "growth", 15)
    _observe(target.indicator, "2019-01-01", "2019-09-30", 92)
    assert known_by([target], DAY)[target.pk] == Known()


def test_a_published_rate_is_taken_as_growth_and_earlier_years_are_kept() -> None:
    target = _target(_indicator("growth"), "growth", 15)
    _observe(target.indicator, "2018-01-01", "2018-12-31", 12)
    _observe(target.indicator, "2019-01-01", "2019-09-30", 14)
    known = known_by([target], DAY)[target.pk]
    assert (known.base, known.finals) == (None, (Point(dt.date(2018, 12, 31), Decimal(12)),))


def test_a_stock_begins_with_the_end_of_last_year() -> None:
    target = _target(_indicator("stock"))
    _observe(target.indicator, "2018-12-31", "2018-12-31", 150)
    _observe(target.indicator, "2019-09-30", "2019-09-30", 180)
    known = known_by([target], DAY)[target.pk]
    assert (known.base, [point.value for point in known.points]) == (150, [180])


@pytest.mark.parametrize(
    ("indicator", "target", "kind"),
    [
        ("flow", "level", "flow"),
        ("stock", "level", "stock"),
        ("flow", "growth", "growth"),
        ("flow", "share", "share"),
        ("coverage", "share", "coverage"),
        ("ratio", "share", "ratio"),
        (None, "level", "index"),
        (None, "growth", "growth"),
    ],
)
def test_the_kind_of_a_promise(indicator: str | None, target: str, kind: str) -> None:
    promise = promise_of(_target(_indicator(indicator) if indicator else None, target))
    assert promise == Promise(kind, ">=", Decimal(200), dt.date(2019, 1, 1), dt.date(2019, 12, 31))  # type: ignore[arg-type]


@dataclass
class Counter:
    """A live stock: 100 at the beginning, 160 in October, 40 of them lapse before the year's end."""

    asked: list[dt.date]

    def total(self, scope: Scope) -> Total:
        self.asked.append(scope.day)
        return _told(120 if scope.day > DAY else 160)


def _told(number: int) -> Total:
    """A total of no rows that reads as a number."""
    return Total(Target.objects.none(), read=lambda _none: Decimal(number))


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Counter]]:
    counter = Counter([])
    offered = Figure(
        code="test.stock",
        title="",
        unit="家",
        definition="",
        members=lambda _scope: Target.objects.none(),
        member=lambda _record: None,  # type: ignore[arg-type,return-value]
        total=counter.total,
        bridge=lambda _scope: [("", Decimal(100)), ("", Decimal(70)), ("", Decimal(5)), ("", Decimal(-15))],
        trend=lambda _scope: [(dt.date(2018, 12, 31), Decimal(100)), (dt.date(2019, 9, 30), Decimal(155))],
    )
    monkeypatch.setitem(registry._FIGURES, offered.code, offered)
    return counter


def test_a_live_stock_knows_its_beginning_its_arrivals_and_its_lapses(live: Counter) -> None:
    target = _target(_indicator("stock", "test.stock"))
    known = known_by([target], DAY)[target.pk]
    assert known == Known(
        (Point(dt.date(2019, 9, 30), Decimal(155)), Point(DAY, Decimal(160))),
        base=Decimal(100),
        joined=Decimal(75),
        lapsing=(Point(dt.date(2019, 12, 31), Decimal(40)),),
    )


def test_a_figure_is_counted_once_a_day_however_many_targets_ask_for_it(live: Counter) -> None:
    indicator = _indicator("stock", "test.stock")
    known = known_by([_target(indicator), _target(indicator, value=300)], DAY)
    assert [one.points[-1].value for one in known.values()] == [160, 160]
    assert live.asked == [DAY, dt.date(2019, 12, 31)]
    with remembering():
        known_by([_target(indicator)], DAY)
        known_by([_target(indicator)], DAY)
    assert live.asked == [DAY, dt.date(2019, 12, 31)] * 2


def test_after_its_year_a_figure_is_counted_on_the_last_day(live: Counter) -> None:
    target = _target(_indicator("stock", "test.stock"))
    known = known_by([target], dt.date(2020, 2, 1))[target.pk]
    assert known.points[-1] == Point(dt.date(2019, 12, 31), Decimal(120))
    assert (known.lapsing, live.asked) == ((), [dt.date(2019, 12, 31)])


@pytest.mark.parametrize(
    ("kind", "before", "base"), [("stock", 8, 8), ("stock", 0, None), ("cumulative", 0, 0), ("flow", 8, None)]
)
def test_a_figure_without_a_bridge_begins_with_what_it_counted_then(
    monkeypatch: pytest.MonkeyPatch, kind: str, before: int, base: int | None
) -> None:
    offered = Figure(
        code="test.plain",
        title="",
        unit="家",
        definition="",
        members=lambda _scope: Target.objects.none(),
        member=lambda _record: None,  # type: ignore[arg-type,return-value]
        total=lambda scope: _told(before if scope.day.year == 2018 else 12),
    )
    monkeypatch.setitem(registry._FIGURES, offered.code, offered)
    target = _target(_indicator(kind, "test.plain"))
    assert known_by([target], DAY)[target.pk] == Known((Point(DAY, Decimal(12)),), base=base)


def test_three_targets_need_the_queries_of_one() -> None:
    targets = [_target(_indicator(kind)) for kind in ("flow", "stock", "share")]
    for target in targets:
        _months(target.indicator, 2019, 9)
    counts = []
    for some in (targets[:1], targets):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            known_by(some, DAY)
        counts.append(len(queries))
    assert counts == [1, 1]


def test_a_target_without_indicator_is_unknown() -> None:
    assert known_by([_target(None)], DAY) == {}

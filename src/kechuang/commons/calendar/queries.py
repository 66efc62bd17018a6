# SPDX-License-Identifier: Apache-2.0
"""One calendar from the library and the bureau's own table; limits read on a day."""

from __future__ import annotations

import calendar as stdlib_calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from kechuang.commons.calendar.arrangement import FIRST_YEAR, LAST_YEAR, arrangement, is_arranged
from kechuang.commons.calendar.models import CalendarDay, CalendarYear, Timer
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref, Resolved, visible_to
from kechuang.engines.basis.timers import Pause, TimerReading, Unit
from kechuang.engines.basis.timers import Timer as Limit
from kechuang.engines.basis.working_days import DAY, WorkCalendar


def work_calendar() -> WorkCalendar:
    """The calendar in force: what the bureau set, else what the library knows (one query)."""
    said = dict(CalendarDay.objects.values_list("day", "working"))

    def exception_on(day: dt.date) -> bool | None:
        if day in said:
            return said[day]
        known = arrangement(day.year).get(day)
        return None if known is None else known.working

    return WorkCalendar(exception_on)


def is_working_day(day: dt.date) -> bool:
    """Whether the day is worked (one query; many days: ask ``work_calendar()`` once)."""
    return work_calendar().is_working_day(day)


def add_working_days(start: dt.date, count: int) -> dt.date:
    """The ``count``-th working day after ``start``, which itself never counts (one query)."""
    return work_calendar().add_working_days(start, count)


def working_days_between(start: dt.date, end: dt.date) -> int:
    """How many working days lie after ``start`` up to and including ``end`` (one query)."""
    return work_calendar().working_days_between(start, end)


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day as the calendar shows it: worked or not, its name and source, whether that is still provisional."""

    day: dt.date
    working: bool
    name: str = ""
    source: str = ""
    provisional: bool = False
    own: CalendarDay | None = None


@dataclass(frozen=True, slots=True)
class YearState:
    """Whether a year's arrangement is official: from the library, or confirmed under ``source``."""

    year: int
    provisional: bool
    source: str = ""


def year_state(year: int) -> YearState:
    """Provisional (暂定) until the library knows the arrangement or the bureau confirmed it (one query)."""
    confirmed = CalendarYear.objects.filter(year=year).first()
    if confirmed is not None:
        return YearState(year, provisional=False, source=confirmed.source)
    return YearState(year, provisional=not is_arranged(year))


def days_of(first: dt.date, last: dt.date) -> list[NamedDay]:
    """Every day of a stretch (two queries)."""
    own = {row.day: row for row in CalendarDay.objects.filter(day__range=(first, last))}
    confirmed = set(CalendarYear.objects.values_list("year", flat=True))
    return [_named(first + DAY * number, own, confirmed) for number in range((last - first).days + 1)]


def _named(day: dt.date, own: dict[dt.date, CalendarDay], confirmed: set[int]) -> NamedDay:
    row = own.get(day)
    if row is not None:
        return NamedDay(day, row.working, row.name, row.source, row.provisional, row)
    provisional = day.year not in confirmed and not is_arranged(day.year)
    known = arrangement(day.year).get(day)
    if known is not None:
        return NamedDay(day, known.working, known.name, provisional=provisional)
    return NamedDay(day, WorkCalendar().is_working_day(day), provisional=provisional)


def month_weeks(year: int, month: int) -> list[list[NamedDay]]:
    """A month as whole weeks from Monday, with the days of its neighbours that fill them."""
    weeks = stdlib_calendar.Calendar().monthdatescalendar(year, month)
    found = {named.day: named for named in days_of(weeks[0][0], weeks[-1][-1])}
    return [[found[day] for day in week] for week in weeks]


def named_days(year: int) -> list[NamedDay]:
    """The days of a year that are not plain: named, set by the bureau, or a weekend day that is worked."""
    plain = WorkCalendar()
    return [
        named
        for named in days_of(dt.date(year, 1, 1), dt.date(year, 12, 31))
        if named.name or named.own or named.working != plain.is_working_day(named.day)
    ]


def working_days_by_month(year: int) -> list[int]:
    """How many days of each month are worked (one query)."""
    known = work_calendar()
    months = [stdlib_calendar.monthrange(year, month)[1] for month in range(1, 13)]
    return [
        sum(known.is_working_day(dt.date(year, month, day)) for day in range(1, length + 1))
        for month, length in enumerate(months, 1)
    ]


def is_kept(year: int) -> bool:
    """Whether the calendar reaches a year at all."""
    return FIRST_YEAR <= year <= LAST_YEAR


def timers_of(ref: Ref) -> QuerySet[Timer]:
    """The limits that run or ran on a record."""
    return Timer.objects.filter(ref_kind=ref.kind, ref_id=ref.id).prefetch_related("pauses")


def timers_in_sight(actor: Actor, day: dt.date) -> dict[Timer, Resolved]:
    """What runs, and what ended in the year of the day, with the matters the viewer may open (constant queries)."""
    recent = Q(stopped_on__isnull=True) | Q(stopped_on__gte=dt.date(day.year, 1, 1))
    timers = list(Timer.objects.filter(recent, started_on__lte=day).prefetch_related("pauses"))
    seen = visible_to(actor, [timer.ref for timer in timers])
    return {timer: seen[timer.ref] for timer in timers if timer.ref in seen}


def readings(timers: Iterable[Timer], on: dt.date) -> Iterator[tuple[Timer, TimerReading]]:
    """Each timer with its reading on a day (one query for all; pauses prefetched by the caller)."""
    known = work_calendar() if (timers := list(timers)) else None
    for timer in timers:
        assert known is not None
        pauses = [Pause(pause.paused_on, pause.resumed_on) for pause in timer.pauses.all()]
        unit: Unit = "working" if timer.unit == Timer.Unit.WORKING else "calendar"
        limit = Limit(timer.started_on, timer.days, unit, pauses, timer.stopped_on)
        yield timer, limit.read(known, on)

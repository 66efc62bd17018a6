# SPDX-License-Identifier: Apache-2.0
"""The lists of the calendar: the named days of a year, limits."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kechuang.commons.calendar.models import Timer
from kechuang.commons.calendar.queries import NamedDay, named_days, readings, timers_in_sight
from kechuang.commons.calendar.wording import (
    day_words,
    limit_words,
    name_of,
    reading_words,
    timer_colour,
    weekday_name,
)
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Resolved
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, ListPage
from kechuang.engines.basis.timers import TimerReading


def _month(named: NamedDay) -> str:
    return reverse("calendar:month-detail", args=[named.day.year, named.day.month])


def _chip(named: NamedDay) -> SafeString:
    return marks.chip(day_words(named), "warn" if named.working else "good")


class YearDays(ListPage):
    """The days of a year that are not plain."""

    columns = (
        Column("day", _("日期"), kind="date", link=_month),
        Column("weekday", _("星期"), value=lambda named: weekday_name(named.day), css="kc-fit"),
        Column("working", _("安排"), value=day_words, cell=_chip, css="kc-fit"),
        Column("name", _("名称"), value=name_of, css="kc-main-col"),
        Column("source", _("依据"), value=lambda named: named.source or now("国务院办公厅年度放假安排")),
        Column("provisional", _("暂定"), kind="yes_no"),
    )
    empty = _("这一年没有放假或调休安排。")
    page_size = 100
    template = "calendar/year.html"

    def __init__(self, year: int) -> None:
        self.year = year
        self.title = now("%(year)s 年放假与调休") % {"year": year}

    def rows(self, request: HttpRequest) -> list[NamedDay]:
        """The named days (two queries)."""
        del request
        return named_days(self.year)


@dataclass(frozen=True, slots=True)
class TimerLine:
    """A limit, what it runs on, and where it stands on the business date."""

    timer: Timer
    about: Resolved
    reading: TimerReading

    @property
    def colour(self) -> str:
        """The colour of its light."""
        return timer_colour(self.timer, self.reading)

    @property
    def label(self) -> str:
        """What the light is called, where its colour does not say it."""
        return now("暂停") if self.colour == "grey" else ""

    @property
    def words(self) -> str:
        """Where it stands, in words."""
        return reading_words(self.timer, self.reading)


def timer_lines(actor: Actor) -> list[TimerLine]:
    """The limits whose matters the viewer may open (constant number of queries)."""
    seen = timers_in_sight(actor, clock.today())
    return [TimerLine(timer, seen[timer], reading) for timer, reading in readings(seen, clock.today())]


def _colours(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return [
        ("red", now("已超期")),
        ("yellow", now("临近到期")),
        ("green", now("计时中")),
        ("grey", now("暂停中")),
        ("done", now("已办结")),
    ]


class TimerList(ListPage):
    """Limits with what they run on and where they stand on the business date."""

    title = _("办理时限")
    columns = (
        Column(
            "name",
            _("时限名称"),
            value="timer.name",
            sort="timer.name",
            link=lambda line: reverse("calendar:timer-detail", args=[line.timer.pk]),
        ),
        Column("about", _("事项"), value="about.title", link=lambda line: line.about.url, css="kc-main-col"),
        Column("limit", _("期限"), value=lambda line: limit_words(line.timer), css="kc-fit"),
        Column("started", _("起算日"), value="timer.started_on", kind="date", sort="timer.started_on"),
        Column("due", _("到期日"), value="reading.due", kind="date", sort="reading.due"),
        Column(
            "state",
            _("状态"),
            value="words",
            cell=lambda line: marks.light(line.colour, line.words, line.label),
        ),
    )
    filters = (ChoiceFilter("colour", _("状态"), choices=_colours, field="colour"),)
    search = ("timer.name", "about.title")
    order = ("reading.due",)
    empty = _("没有在计时的事项：办件受理后，它的时限列在这里。")

    def rows(self, request: HttpRequest) -> list[TimerLine]:
        """What runs, and what ended this year."""
        return timer_lines(request.actor)  # type: ignore[attr-defined]

# SPDX-License-Identifier: Apache-2.0
"""The calendar: the library's days, the bureau's own over them, provisional years, content."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from kechuang.commons.calendar.actions.days import clear_day, confirm_year, install_years, set_day
from kechuang.commons.calendar.arrangement import arrangement, is_arranged
from kechuang.commons.calendar.models import CalendarDay
from kechuang.commons.calendar.pieces import CalendarYearPiece
from kechuang.commons.calendar.queries import (
    add_working_days,
    days_of,
    is_working_day,
    named_days,
    working_days_between,
    working_days_by_month,
    year_state,
)
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused, Stale

D = dt.date
NOTICE = "云川市人民政府办公室通知（演示）"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("year", "moved"),
    [(2016, 6), (2017, 5), (2018, 7), (2019, 6), (2020, 6), (2021, 7), (2022, 7), (2023, 7), (2024, 8), (2025, 5),
     (2026, 6)],
)  # fmt: skip
def test_library_knows_the_days_moved_to_weekends(year, moved):
    worked = [day for day, said in arrangement(year).items() if said.working]
    assert len(worked) == moved
    assert all(day.weekday() >= 5 and day.year == year for day in worked)
    assert is_arranged(year)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (D(2019, 2, 1), 5, D(2019, 2, 13)),
        (D(2019, 9, 27), 10, D(2019, 10, 16)),
        (D(2019, 9, 30), 5, D(2019, 10, 12)),
        (D(2020, 1, 22), 5, D(2020, 2, 6)),
        (D(2026, 9, 25), 10, D(2026, 10, 15)),
    ],
)
def test_working_days_around_holidays_by_the_library(start, count, end):
    assert add_working_days(start, count) == end
    assert working_days_between(start, end) == count


def test_a_year_has_as_many_working_days_as_were_arranged():
    assert working_days_by_month(2019) == [22, 17, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22]
    assert sum(working_days_by_month(2020)) == 249


def test_what_the_bureau_sets_wins_and_can_be_taken_back(person):
    keeper = person("办公室", "calendar.edit_day")
    assert is_working_day(D(2019, 10, 16))
    row = set_day(None, keeper, day=D(2019, 10, 16), working=False, name="停电", source=NOTICE)
    assert not is_working_day(D(2019, 10, 16))
    assert add_working_days(D(2019, 10, 15), 1) == D(2019, 10, 17)
    row = set_day(
        row, keeper, day=D(2019, 10, 16), working=True, name="照常", source=NOTICE, expected_version=1 + 0
    )
    assert is_working_day(D(2019, 10, 16))
    clear_day(row, keeper)
    assert CalendarDay.objects.count() == 0
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["calendar.day.set", "calendar.day.set", "calendar.day.cleared"]
    assert Entry.objects.first().data["name"] == "照常"


def test_a_day_needs_a_name_and_a_ground_and_stands_once(person):
    keeper = person("办公室", "calendar.edit_day")
    with pytest.raises(Problem) as nameless:
        set_day(None, keeper, day=D(2019, 10, 16), working=False, name=" ", source=NOTICE)
    with pytest.raises(Problem) as groundless:
        set_day(None, keeper, day=D(2019, 10, 16), working=False, name="停电", source="")
    with pytest.raises(Problem) as far:
        set_day(None, keeper, day=D(1990, 1, 1), working=False, name="元旦", source=NOTICE)
    assert [one.value.field for one in (nameless, groundless, far)] == ["name", "source", "day"]
    set_day(None, keeper, day=D(2019, 10, 16), working=False, name="停电", source=NOTICE)
    with pytest.raises(Problem) as twice:
        set_day(None, keeper, day=D(2019, 10, 16), working=True, name="照常", source=NOTICE)
    assert twice.value.field == "day"
    assert CalendarDay.objects.count() == 1


def test_who_was_overtaken_is_told(person):
    keeper = person("办公室", "calendar.edit_day")
    row = set_day(None, keeper, day=D(2019, 10, 16), working=False, name="停电", source=NOTICE)
    set_day(row, keeper, day=D(2019, 10, 16), working=False, name="检修", source=NOTICE)
    with pytest.raises(Stale):
        set_day(
            row, keeper, day=D(2019, 10, 16), working=True, name="照常", source=NOTICE, expected_version=1
        )


def test_only_who_keeps_the_calendar_edits_it(person):
    other = person("别人", "calendar.view_timer")
    with pytest.raises(Refused):
        set_day(None, other, day=D(2019, 10, 16), working=False, name="停电", source=NOTICE)
    with pytest.raises(Refused):
        confirm_year(None, other, year=2027, source=NOTICE)
    with pytest.raises(Refused):
        install_years(None, person("办公室", "calendar.edit_day"), pieces=[])
    assert Entry.objects.filter(outcome="refused").count() == 3


def test_a_year_without_a_notice_is_provisional_until_it_is_confirmed(person):
    assert not year_state(2026).provisional
    assert year_state(2031).provisional
    (spring,) = days_of(D(2031, 1, 23), D(2031, 1, 23))
    assert (spring.working, spring.provisional) == (False, True)
    confirm_year(None, person("办公室", "calendar.edit_day"), year=2031, source=NOTICE)
    assert year_state(2031).source == NOTICE
    (spring,) = days_of(D(2031, 1, 23), D(2031, 1, 23))
    assert not spring.provisional


def test_content_brings_a_year_and_leaves_what_the_bureau_set(person, system):
    keeper = person("办公室", "calendar.edit_day")
    set_day(None, keeper, day=D(2031, 1, 23), working=True, name="值守", source=NOTICE)
    piece = CalendarYearPiece(
        code="2031",
        version="1",
        source="演示通知",
        year=2031,
        days=(
            {"day": "2031-01-22", "name": "除夕"},
            {"day": "2031-01-23", "name": "春节"},
            {"day": "2031-01-25", "working": "true", "name": "调休上班"},
        ),
    )
    install_years(None, system, pieces=[piece])
    install_years(None, system, pieces=[piece])
    assert not year_state(2031).provisional
    assert [
        (named.day.day, named.working, named.name) for named in days_of(D(2031, 1, 22), D(2031, 1, 25))
    ] == [
        (22, False, "除夕"),
        (23, True, "值守"),
        (24, False, "春节"),
        (25, True, "调休上班"),
    ]
    later = piece.model_copy(update={"version": "2", "days": piece.days[:1]})
    install_years(None, system, pieces=[later])
    assert list(CalendarDay.objects.values_list("day", "release")) == [
        (D(2031, 1, 22), "2"),
        (D(2031, 1, 23), ""),
    ]


@pytest.mark.parametrize(
    "days",
    [
        [{"day": "2033-01-01", "name": "元旦"}],
        [{"day": "2031-01-22", "name": "除夕"}, {"day": "2031-01-22", "name": "春节"}],
    ],
)
def test_a_year_piece_holds_its_own_days_once(days):
    with pytest.raises(ValidationError):
        CalendarYearPiece(code="2031", year=2031, days=days)


def test_named_days_are_those_that_are_not_plain():
    october = [named for named in named_days(2019) if named.day.month == 10]
    assert [(named.day.day, named.working) for named in october] == [
        (1, False), (2, False), (3, False), (4, False), (7, False), (12, True),
    ]  # fmt: skip

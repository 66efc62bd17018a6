# SPDX-License-Identifier: Apache-2.0
"""The table of a year's events fills from the registers: who came, who was content, up to the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.registers.actions.records import make_record, move_record
from kechuang.commons.slots.actions.bookings import check_in, make_booking, rate_session
from kechuang.commons.slots.actions.sessions import open_session
from kechuang.site.papers.events import event_values
from register_samples import release

pytestmark = pytest.mark.django_db
WEEK: dict[str, Any] = {
    "code": "week",
    "name": "开放日",
    "fields": [
        {"code": "title", "label": "活动", "type": "text", "required": True},
        {"code": "day", "label": "日期", "type": "date", "key": True},
        {"code": "people", "label": "实到", "type": "number", "key": True, "born": "came"},
    ],
    "states": [
        {"code": "proposed", "label": "申报", "start": True},
        {"code": "listed", "label": "列入", "tone": "active"},
        {"code": "held", "label": "已举办", "tone": "done", "end": True},
        {"code": "off", "label": "取消", "end": True},
    ],
    "moves": [
        {"to": "listed", "label": "列入", "of": ["proposed"]},
        {"to": "held", "label": "办结", "of": ["listed"]},
        {"to": "off", "label": "取消", "of": ["proposed", "listed"]},
    ],
    "sessions": ["listed"],
}


def test_year_counts_what_took_place_by_its_day(person: Callable[..., Actor], system: Actor) -> None:
    release(WEEK)
    for title, day, people, ways in (
        ("科技馆开放日", "2019-05-20", "320", ("listed", "held")),
        ("夜场", "2019-10-15", "", ("listed",)),
        ("尚未举办", "2019-11-20", "", ("listed",)),
        ("去年", "2018-05-20", "10", ("listed", "held")),
        ("只是申报", "2019-05-21", "", ()),
        ("取消了", "2019-05-22", "", ("off",)),
    ):
        record = make_record(
            None, system, register="week", values={"title": title, "day": day, "people": people}
        )
        for to in ways:
            move_record(record, system, to=to)
        if title == "夜场":
            starts = timezone.make_aware(dt.datetime.combine(clock.today(), dt.time(18)))
            session = open_session(
                None, system, about=Ref.of(record), unit=None, title="夜场", place="天台",
                starts=starts, ends=starts + dt.timedelta(hours=2), quota=5,
            )  # fmt: skip
            for number, word in enumerate(("good", "bad")):
                seat = make_booking(session, system, name="客", phone=f"1380000000{number}")
                check_in(seat, system)
                rate_session(seat, system, word=word)
    viewer = person("看", "registers.view_record")
    found = {code: value.text for code, value in event_values(None, clock.today(), viewer).items()}
    assert [found[f"week_{name}"] for name in ("count", "people", "satisfied")] == ["2", "322", "50.0%"]
    assert [found[f"week.{row}.{name}"] for row in (0, 1) for name in ("title", "people", "satisfied")] == [
        "科技馆开放日", "320", "—", "夜场", "2", "50.0%",
    ]  # fmt: skip
    earlier = event_values(None, dt.date(2018, 12, 31), viewer)
    assert (earlier["year"].text, earlier["week_people"].text) == ("2018", "10")


def test_who_may_not_see_registers_is_refused(person: Callable[..., Actor]) -> None:
    with pytest.raises(Refused):
        event_values(None, clock.today(), person("他人"))

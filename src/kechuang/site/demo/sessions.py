# SPDX-License-Identifier: Apache-2.0
"""Sessions of the demo year's events: one held on the demo's day with people coming in, one ahead with seats left."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import registers
from kechuang.commons.slots.actions.bookings import check_in, make_booking
from kechuang.commons.slots.actions.sessions import open_session
from kechuang.commons.slots.models import Booking, Session

QUOTA, GUESTS, CAME, AHEAD = 40, 12, 7, 9


def fill_sessions(day: dt.date) -> int:
    """Two sessions of every demo event that takes bookings; returns how many were opened."""
    if Session.objects.exists():
        return 0
    by, opened = Actor.system("演示"), 0
    with clock.pinned(day):
        for piece in registers().values():
            rows = Record.objects.filter(register=piece.code, state__in=piece.sessions, demo=True)
            for record in rows.select_related("unit").order_by("pk")[:2]:
                opened += 1
                _held(record, day, by, opened)
    return opened


def _held(record: Record, day: dt.date, by: Actor, number: int) -> None:
    """A session on the day with guests of whom some came, and one ahead."""
    for title, when in (("开幕与对接洽谈", day), ("成果发布专场", day + dt.timedelta(days=AHEAD))):
        starts = timezone.make_aware(dt.datetime.combine(when, dt.time(9)))
        session = open_session(
            None,
            by,
            about=Ref.of(record),
            unit=record.unit,
            title=f"{title}（演示）",
            place=f"演示会议中心{number}号厅",
            starts=starts,
            ends=starts + dt.timedelta(hours=3),
            quota=QUOTA,
        )
        bookings = [_booked(session, guest, number, by) for guest in range(1, GUESTS + 1)]
        for booking in bookings[:CAME] if when == day else ():
            check_in(booking, by)


def _booked(session: Session, guest: int, number: int, by: Actor) -> Booking:
    phone = f"1990000{number:02}{guest:02}"
    booking: Booking = make_booking(
        session, by, name=f"演示来宾{guest:02}", phone=phone, organization="演示单位"
    )
    return booking

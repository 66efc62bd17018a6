# SPDX-License-Identifier: Apache-2.0
"""The last seat goes to one, however many come at the same moment, on both engines."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.slots.actions.bookings import check_in, make_booking
from kechuang.commons.slots.actions.sessions import open_session
from kechuang.commons.slots.models import Booking, CheckIn, Session

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.guarantee]
SEATS = 40


def at_once(acts: list[Callable[[], Any]]) -> list[str]:
    """How each ended, having begun together."""
    gate, ends = threading.Barrier(len(acts)), ["?"] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            act()
            ends[place] = "done"
        except Problem:
            ends[place] = "refused"
        finally:
            connection.close()

    threads = [
        threading.Thread(target=copy_context().run, args=(run, place, act)) for place, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return sorted(ends)


@pytest.fixture
def session(system: Actor) -> Session:
    starts = dt.datetime(2019, 10, 15, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    held: Session = open_session(
        None,
        system,
        about=Ref("x.event", "1"),
        unit=None,
        title="对接洽谈",
        place="一号厅",
        starts=starts,
        ends=starts + dt.timedelta(hours=1),
        quota=SEATS,
    )
    return held


def test_forty_of_forty_one_who_book_at_once_get_a_seat(session: Session, system: Actor) -> None:
    def booking(number: int) -> Callable[[], Booking]:
        return lambda: make_booking(
            Session.objects.get(pk=session.pk), system, name=f"客{number}", phone=f"1380000{number:04}"
        )

    ends = at_once([booking(number) for number in range(SEATS + 1)])
    assert (ends.count("done"), ends.count("refused")) == (SEATS, 1)
    assert sorted(Booking.objects.values_list("seat", flat=True)) == list(range(1, SEATS + 1))


def test_ticket_shown_at_two_doors_at_once_opens_one(session: Session, system: Actor) -> None:
    booking = make_booking(session, system, name="客", phone="13800000000")
    acts = [lambda: check_in(Booking.objects.get(pk=booking.pk), system) for _door in range(4)]
    assert at_once(acts) == ["done", "refused", "refused", "refused"]
    assert CheckIn.objects.count() == 1

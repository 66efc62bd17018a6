# SPDX-License-Identifier: Apache-2.0
"""Who came says once what he thought of it, from his ticket; the office that held it cannot say it for him."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit
from kechuang.commons.slots.actions.bookings import check_in, make_booking, rate_session
from kechuang.commons.slots.actions.sessions import open_session
from kechuang.commons.slots.models import Booking, Rating
from kechuang.commons.slots.queries import Attendance, attendance_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(office: Callable[[str], Unit]) -> Unit:
    return office("甲处")


@pytest.fixture
def seats(host: Unit, system: Actor) -> list[Booking]:
    """Six seats, of whom five came."""
    starts = timezone.make_aware(dt.datetime.combine(clock.today(), dt.time(9)))
    session = open_session(
        None, system, about=Ref.of(host), unit=host, title="开放日", place="一号厅",
        starts=starts, ends=starts + dt.timedelta(hours=2), quota=9,
    )  # fmt: skip
    found = [make_booking(session, system, name=f"客{n}", phone=f"1380000000{n}") for n in range(6)]
    for one in found[:5]:
        check_in(one, system)
    return found


def test_satisfaction_is_who_was_content_of_those_who_said_something(
    host: Unit, seats: list[Booking], system: Actor
) -> None:
    assert attendance_of(Ref.of(host)).satisfaction is None
    for one, word in zip(seats, ("good", "fair", "bad"), strict=False):
        rate_session(one, system, word=word)
    found = attendance_of(Ref.of(host))
    assert found == Attendance(booked=6, came=5, rated=3, content=2)
    assert found.satisfaction == Decimal("66.7")
    assert attendance_of(Ref("parties.unit", "0")) == Attendance()


def test_who_did_not_come_or_has_said_it_says_nothing(seats: list[Booking], system: Actor) -> None:
    rate_session(seats[0], system, word="good")
    for one, word in ((seats[0], "bad"), (seats[5], "good"), (seats[1], "splendid"), (seats[1], "")):
        with pytest.raises(Problem):
            rate_session(one, system, word=word)
    assert [rating.word for rating in Rating.objects.all()] == ["good"]


def test_office_that_held_it_is_refused_and_not_asked(
    seats: list[Booking], host: Unit, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    keeper = person("承办", "slots.keep_session", over=host)
    with pytest.raises(Refused):
        rate_session(seats[0], keeper, word="good")
    page = browser_of(keeper).get(reverse("slots:ticket", args=[seats[0].code])).content.decode()
    assert reverse("slots:booking-rate", args=[seats[0].code]) not in page
    rate_session(seats[0], person("来宾"), word="fair")


def test_guest_without_an_account_says_it_on_his_ticket(seats: list[Booking], client: Client) -> None:
    page = reverse("slots:ticket", args=[seats[0].code])
    rate = reverse("slots:booking-rate", args=[seats[0].code])
    assert rate in client.get(page).content.decode()
    assert client.post(rate, {"word": "good"})["Location"] == page
    assert rate not in client.get(page).content.decode()
    waiting = reverse("slots:ticket", args=[seats[5].code])
    assert reverse("slots:booking-rate", args=[seats[5].code]) not in client.get(waiting).content.decode()
    assert client.get(rate).status_code == 405


@pytest.mark.guarantee
def test_what_was_said_stays_in_the_database(seats: list[Booking], system: Actor) -> None:
    rating = rate_session(seats[0], system, word="bad")
    table = Rating._meta.db_table
    for sql in (f"UPDATE {table} SET word = 'good'", f"DELETE FROM {table}"):  # noqa: S608 -- our own table
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    rating.refresh_from_db()
    assert rating.word == "bad"

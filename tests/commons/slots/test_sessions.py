# SPDX-License-Identifier: Apache-2.0
"""Sessions and bookings: places and people are in one thing at a time, seats are given once, tickets are good once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit
from kechuang.commons.slots.actions.bookings import cancel_booking, check_in, make_booking
from kechuang.commons.slots.actions.sessions import cancel_session, open_grid, open_session, revise_session
from kechuang.commons.slots.models import Booking, CheckIn, Session
from kechuang.commons.slots.queries import sessions

pytestmark = pytest.mark.django_db
Hold = Callable[..., Session]


HELD = dt.date(2019, 10, 15)


def at(hour: int, day: dt.date = HELD) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def host(office: Callable[[str], Unit]) -> Unit:
    return office("甲处")


@pytest.fixture
def keeper(person: Callable[..., Actor], host: Unit) -> Actor:
    return person("承办", "slots.keep_session", "slots.view_session", over=host)


@pytest.fixture
def guest(person: Callable[..., Actor]) -> Actor:
    return person("来宾", "slots.make_booking", "slots.view_session")


@pytest.fixture
def hold(keeper: Actor, host: Unit) -> Hold:
    def held(
        title: str = "开幕",
        place: str = "一号厅",
        first: int = 9,
        last: int = 10,
        day: dt.date = HELD,
        **more: Any,
    ) -> Session:
        given = {"about": Ref("parties.unit", str(host.pk)), "unit": host, "quota": 2} | more
        session: Session = open_session(
            None, keeper, title=title, place=place, starts=at(first, day), ends=at(last, day), **given
        )
        return session

    return held


def book(session: Session, guest: Actor, number: int = 1) -> Booking:
    booking: Booking = make_booking(session, guest, name=f"客{number}", phone=f"1380000{number:04}")
    return booking


def test_place_holds_one_session_at_a_time(hold: Hold) -> None:
    hold()
    for first, last in ((9, 10), (8, 11), (9, 11)):
        with pytest.raises(Problem) as told:
            hold(first=first, last=last)
        assert told.value.field == "place"
    hold(first=10, last=11)
    hold(place="二号厅")
    assert Session.objects.count() == 3


@pytest.mark.guarantee
def test_database_itself_keeps_places_people_and_seats_apart(hold: Hold, guest: Actor) -> None:
    session = hold()
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.create(
            ref_kind="x", ref_id="1", title="x", place="一号厅", starts=at(9), ends=at(10), quota=1
        )
    booking = book(session, guest)

    def forged(**changes: Any) -> None:
        columns = {"session": session, "seat": 2, "name": "x", "person": "x", "starts": at(9), "ends": at(10)}
        with pytest.raises(IntegrityError), transaction.atomic():
            Booking.objects.create(**(columns | changes), made_at=clock.now(), by="x", by_id="x")

    forged(seat=1)
    forged(seat=3)
    forged(seat=0)
    forged(person=booking.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(seat=3)
    check_in(booking, Actor.system("test"))
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.create(booking=booking, at=clock.now(), by="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.all().delete()


def test_first_free_seat_is_given_and_the_last_closes_the_session(hold: Hold, guest: Actor) -> None:
    session = hold()
    first, second = book(session, guest, 1), book(session, guest, 2)
    assert (first.seat, second.seat) == (1, 2)
    with pytest.raises(Problem):
        book(session, guest, 3)
    cancel_booking(first, guest)
    assert book(session, guest, 3).seat == 1
    assert [(one.taken, one.came) for one in sessions()] == [(2, 0)]


def test_person_is_in_one_session_at_a_time_and_may_go_to_the_next(hold: Hold, guest: Actor) -> None:
    book(hold(), guest)
    with pytest.raises(Problem) as told:
        book(hold(place="二号厅"), guest)
    assert told.value.field == "phone"
    book(hold(first=10, last=11), guest)
    assert Booking.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"place": " "}, "place"),
        ({"first": 11}, "ends"),
        ({"quota": 0}, "quota"),
        ({"quota": 20_001}, "quota"),
    ],
)
def test_session_that_cannot_be_is_told_at_its_field(hold: Hold, changes: Any, field: str) -> None:
    with pytest.raises(Problem) as told:
        hold(**changes)
    assert told.value.field == field
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "phone", "field"), [(" ", "13800000001", "name"), ("客", "一三八", "phone")]
)
def test_booking_that_cannot_be_is_told_at_its_field(
    hold: Hold, guest: Actor, name: str, phone: str, field: str
) -> None:
    with pytest.raises(Problem) as told:
        make_booking(hold(), guest, name=name, phone=phone)
    assert told.value.field == field


def test_ticket_is_good_once_and_on_the_day_alone(hold: Hold, guest: Actor, keeper: Actor) -> None:
    booking = book(hold(), guest)
    for day in (14, 16):
        with clock.pinned(dt.date(2019, 10, day)), pytest.raises(Problem):
            check_in(booking, keeper)
    check_in(booking, keeper)
    with pytest.raises(Problem) as told:
        check_in(booking, keeper)
    assert "承办" in str(told.value)
    assert CheckIn.objects.count() == 1
    with pytest.raises(Problem):
        cancel_booking(booking, guest)


def test_ticket_given_back_opens_no_door(hold: Hold, guest: Actor, keeper: Actor) -> None:
    booking = book(hold(), guest)
    cancel_booking(booking, guest)
    for act in (lambda: check_in(booking, keeper), lambda: cancel_booking(booking, guest)):
        with pytest.raises(Problem):
            act()


def test_session_called_off_frees_its_place_and_its_people(hold: Hold, guest: Actor, keeper: Actor) -> None:
    session = hold()
    booking = book(session, guest)
    with pytest.raises(Problem):
        cancel_session(session, keeper, reason=" ")
    cancel_session(session, keeper, reason="天气")
    booking.refresh_from_db()
    assert booking.cancelled_at is not None
    with pytest.raises(Problem):
        book(session, guest, 2)
    book(hold("改期"), guest)


def test_session_that_moves_takes_its_people_along_unless_one_is_elsewhere(
    hold: Hold, guest: Actor, keeper: Actor
) -> None:
    session, other = hold(), hold("分会", "二号厅", 11, 12)
    booking = book(session, guest)
    given = {"title": "开幕", "place": "一号厅", "quota": 2}
    revise_session(session, keeper, starts=at(14), ends=at(15), **given)
    booking.refresh_from_db()
    assert (booking.starts, booking.ends) == (at(14), at(15))
    book(other, guest)
    with pytest.raises(Problem) as told:
        revise_session(session, keeper, starts=at(11), ends=at(12), **given)
    assert told.value.field == "starts"
    book(session, guest, 2)
    with pytest.raises(Problem) as told:
        revise_session(session, keeper, starts=at(14), ends=at(15), **(given | {"quota": 1}))
    assert told.value.field == "quota"
    session.refresh_from_db()
    assert (session.starts, session.quota) == (at(14), 2)


def test_who_may_not_is_refused(
    hold: Hold, guest: Actor, keeper: Actor, person: Callable[..., Actor], office: Callable[[str], Unit]
) -> None:
    session = hold()
    booking = book(session, guest)
    stranger = person("乙处承办", "slots.keep_session", over=office("乙处"))
    given = {"title": "x", "place": "x", "starts": at(9), "ends": at(10), "quota": 1}
    for act in (
        lambda: open_session(None, stranger, about=Ref("x.y", "1"), unit=session.unit, **given),
        lambda: revise_session(session, stranger, **given),
        lambda: cancel_session(session, stranger, reason="x"),
        lambda: cancel_booking(booking, stranger),
        lambda: check_in(booking, stranger),
        lambda: check_in(booking, guest),
        lambda: make_booking(session, keeper, name="x", phone="13800000009"),
    ):
        with pytest.raises(Refused):
            act()


def test_journal_keeps_no_name_and_no_number(hold: Hold, guest: Actor) -> None:
    book(hold(), guest)
    kept = str(Entry.objects.get(verb="slots.booking.made").data)
    assert "13800000001" not in kept
    assert "客1" not in kept
    assert "13800000001" not in Booking.objects.get().phone_sealed


def test_pages_lead_from_the_session_to_the_ticket_and_check_in(
    hold: Hold, guest: Actor, keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    session = hold(day=timezone.localdate())  # pages live on the real day
    client = browser_of(guest)
    form = {"name": "张三丰", "phone": "138 0000 0001", "organization": "演示大学"}
    answer = client.post(reverse("slots:booking-make", args=[session.pk]), form)
    booking = Booking.objects.get()
    ticket, door = (reverse(f"slots:{name}", args=[booking.code]) for name in ("ticket", "check-in"))
    assert (answer.status_code, answer["Location"]) == (302, ticket)
    assert client.get(door).status_code == 403
    assert "张三丰" in client.get(reverse("slots:booking-list")).content.decode()
    assert "张三丰" not in client.get(reverse("slots:session-detail", args=[session.pk])).content.decode()
    client.logout()
    page = client.get(ticket).content.decode()
    assert "<svg" in page
    assert "张三丰" not in page
    client = browser_of(keeper)
    assert "张三丰" in client.get(door).content.decode()
    booking.refresh_from_db()
    given = {"expected_version": booking.version}
    assert client.post(door, given).status_code == 302
    assert client.post(door, given).status_code == 422
    assert CheckIn.objects.count() == 1
    page = client.get(reverse("slots:session-detail", args=[session.pk])).content.decode()
    assert "张三丰" in page
    assert "13800000001" not in page
    assert "<svg" not in client.get(ticket).content.decode().partition("kc-qr")[2]


def test_lists_need_the_same_queries_for_one_and_for_three(
    hold: Hold, guest: Actor, keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    session = hold(quota=9)
    book(session, guest)
    client, counts = browser_of(keeper), []
    addresses = [reverse("slots:session-list"), reverse("slots:session-detail", args=[session.pk])]
    for more in (0, 2):
        for number in range(more):
            hold(f"场{number}", f"{number}号厅")
            book(session, guest, 10 + number)
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(address).status_code == 200
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 15


GRID = {"title": "一对一洽谈", "minutes": 25, "pause": 5, "quota": 1}


def grid(keeper: Actor, host: Unit, *places: str, last: int = 12, **more: Any) -> Any:
    given = GRID | {"about": Ref("parties.unit", str(host.pk)), "unit": host} | more
    return open_grid(None, keeper, places=places, starts=at(9), ends=at(last), **given)


def test_grid_opens_a_session_at_every_place_as_often_as_the_time_allows(keeper: Actor, host: Unit) -> None:
    assert grid(keeper, host, "1号桌", "2号桌") == 12
    held = Session.objects.filter(place="1号桌").order_by("starts")
    assert [timezone.localtime(one.starts).strftime("%H:%M") for one in held] == [
        "09:00", "09:30", "10:00", "10:30", "11:00", "11:30",
    ]  # fmt: skip
    assert {one.ends - one.starts for one in held} == {dt.timedelta(minutes=25)}
    assert held[0].title == "一对一洽谈 1号桌 09:00"


def test_grid_ends_before_the_last_moment_without_room_for_a_pause(keeper: Actor, host: Unit) -> None:
    assert grid(keeper, host, "1号桌", last=10, minutes=30, pause=0) == 2
    assert grid(keeper, host, "2号桌", last=10, minutes=31, pause=0) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"pause": -1}, "minutes"),
        ({"last": 9}, "ends"),
        ({"last": 8}, "ends"),
        ({"minutes": 1, "pause": 0, "last": 13}, "ends"),
        ({"quota": 0}, "quota"),
        ({"title": " "}, "title"),
    ],
)
def test_grid_that_cannot_be_is_told_and_opens_nothing(
    keeper: Actor, host: Unit, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Problem) as told:
        grid(keeper, host, "1号桌", **wrong)
    assert (told.value.field, Session.objects.count()) == (field, 0)


def test_grid_over_a_taken_place_opens_nothing_at_all(keeper: Actor, host: Unit, hold: Hold) -> None:
    hold(place="2号桌", first=10, last=11)
    with pytest.raises(Problem):
        grid(keeper, host, "1号桌", "2号桌")
    assert Session.objects.count() == 1


def test_grid_of_another_office_is_refused(keeper: Actor, office: Callable[[str], Unit]) -> None:
    with pytest.raises(Refused):
        grid(keeper, office("乙处"), "1号桌")


def test_the_office_that_holds_a_session_sees_whom_to_call_for_a_purpose_and_no_other(
    hold: Hold, guest: Actor, host: Unit, person: Any, office: Any, browser_of: Any
) -> None:
    booking = book(hold(), guest)
    rights = ("slots.view_session", "slots.unmask_booking")
    keeper, other = person("主办处长", *rights, over=host), person("旁处处长", *rights, over=office("旁处"))
    ticket = reverse("slots:ticket", args=[booking.code])
    whole = reverse("access:unmask", args=[str(Ref.of(booking)), "phone"])
    for viewer, allowed in ((keeper, True), (other, False), (guest, False)):
        browser = browser_of(viewer)
        assert (whole in browser.get(ticket).content.decode()) is allowed
        answer = browser.post(whole, {"purpose": "contact"})
        assert answer.status_code == (200 if allowed else 403)
        assert (booking.phone in answer.content.decode()) is allowed
    looks = Entry.objects.filter(verb="access.field.unmasked", outcome="done")
    assert [entry.actor_id for entry in looks] == [keeper.id]

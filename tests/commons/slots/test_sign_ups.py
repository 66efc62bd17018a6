# SPDX-License-Identifier: Apache-2.0
"""Anybody signs up without an account: for what is open to all, with consent, by a link nobody guesses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from kechuang.commons.access.models import PersonalKey, Purpose, User
from kechuang.commons.access.tokens import new_token
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.journal import seal_journal
from kechuang.commons.kernel.models import ClockSetting, Entry
from kechuang.commons.kernel.problems import Problem, Refused, TooMany
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.ticks import do_ticks
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse
from kechuang.commons.kernel.verification import verify_journal
from kechuang.commons.parties.models import Unit
from kechuang.commons.slots import ports
from kechuang.commons.slots.actions.bookings import check_in, make_booking
from kechuang.commons.slots.actions.sessions import open_session
from kechuang.commons.slots.actions.sign_ups import (
    HELD,
    MOST_AN_HOUR,
    confirm_sign_up,
    sign_up,
    withdraw_sign_up,
)
from kechuang.commons.slots.forgetting import forget_of
from kechuang.commons.slots.models import Booking, Session
from kechuang.commons.slots.ports import Welcome
from kechuang.commons.slots.queries import bookings_of, sessions

pytestmark = pytest.mark.django_db
ABOUT, SECRET = Ref("x.event", "1"), Ref("x.event", "2")
GUEST = Actor.system("公众报名")
Browser = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def on_the_day(db: None) -> None:
    ClockSetting.objects.create(day=dt.date(2019, 10, 15))


@pytest.fixture
def verdicts(monkeypatch: pytest.MonkeyPatch) -> dict[Ref, Verdict]:
    """What is open to everybody, by what it answers."""
    found = {ABOUT: ALLOWED}

    def ask(about: Ref) -> Welcome | None:
        return Welcome("科技周开幕", "/directory/", found[about]) if about in found else None

    monkeypatch.setitem(ports.welcomes._filled, "test", ask)
    return found


@pytest.fixture
def purpose(db: None) -> Purpose:
    return Purpose.objects.create(code="event_sign_up", release="1", name="活动报名", text="告知内容")


@pytest.fixture
def hold(
    system: Actor, office: Callable[[str], Unit], verdicts: dict[Ref, Verdict]
) -> Callable[..., Session]:
    unit = office("甲处")

    def held(about: Ref = ABOUT, hour: int = 9, quota: int = 2, place: str = "一号厅") -> Session:
        starts = dt.datetime(2019, 10, 15, hour, tzinfo=ZoneInfo("Asia/Shanghai"))
        session: Session = open_session(
            None, system, about=about, unit=unit, title="专场", place=place, starts=starts,
            ends=starts + dt.timedelta(hours=1), quota=quota,
        )  # fmt: skip
        return session

    return held


@pytest.fixture
def take(purpose: Purpose) -> Callable[..., Booking]:
    def taken(session: Session, number: int = 1, **more: Any) -> Booking:
        given = {"sender": f"10.0.0.{number}", "by_mail": False, "email": "", "organization": ""} | more
        booking: Booking = sign_up(
            session, GUEST, name=f"张三{number}", phone=f"138 0000 {number:04}", purpose=purpose, **given
        )
        return booking

    return taken


Hold, Take = Callable[..., Session], Callable[..., Booking]


def later(monkeypatch: pytest.MonkeyPatch, by: dt.timedelta) -> None:
    now = clock.now() + by
    monkeypatch.setattr(clock, "now", lambda: now)


def test_guest_signs_up_on_the_page_and_comes_back_by_a_link_shown_once(
    hold: Hold, purpose: Purpose, client: Client
) -> None:
    session = hold()
    shown = client.get(reverse("slots:sign-up-list", args=[str(ABOUT)])).content.decode()
    page = reverse("slots:sign-up", args=[session.pk])
    assert page in shown
    assert purpose.text in client.get(page).content.decode()
    form = {"name": "张三丰", "phone": "13800001234", "organization": "某校"}
    assert client.post(page, form).status_code == 422  # without consent there is no sign-up
    assert Booking.objects.count() == 0
    told = client.post(page, {**form, "agree": "on"}, follow=True)
    booking = Booking.objects.get()
    assert (booking.seat, booking.name, booking.phone, booking.purpose) == (
        1,
        "张三丰",
        "13800001234",
        purpose,
    )
    assert (booking.phone_sealed, booking.sender) != ("13800001234", "127.0.0.1")
    text = told.content.decode()
    link = re.search(r"https?://[^<\s]+/slots/sign-up/[\w-]{43}/", text)
    assert link is not None
    assert "13800001234" not in text
    assert "张三丰" not in text
    assert link[0] not in client.get(reverse("slots:sign-up-status")).content.decode()
    again = Client()
    assert again.get(reverse("slots:sign-up-status")).status_code == 404
    address = "/" + link[0].split("/", 3)[3]
    opened = again.get(address)
    assert opened["Referrer-Policy"] == "no-referrer"
    assert reverse("slots:ticket", args=[booking.code]) in again.get(opened["Location"]).content.decode()
    assert again.get(reverse("slots:sign-up-link", args=[new_token()])).status_code == 404
    assert again.get(reverse("slots:sign-up-link", args=[booking.code])).status_code == 404


def test_what_is_not_open_to_everybody_is_not_there(
    hold: Hold, take: Take, verdicts: dict[Ref, Verdict], client: Client
) -> None:
    closed, open_one = hold(SECRET, place="二号厅"), hold()
    for address in (
        reverse("slots:sign-up-list", args=[str(SECRET)]),
        reverse("slots:sign-up-list", args=["nothing"]),
        reverse("slots:sign-up", args=[closed.pk]),
        reverse("slots:sign-up", args=[10**6]),
    ):
        assert client.get(address).status_code == 404
    with pytest.raises(Refused):
        take(closed)
    verdicts[ABOUT] = refuse("还没有开放报名。")
    assert "还没有开放报名。" in client.get(reverse("slots:sign-up", args=[open_one.pk])).content.decode()
    with pytest.raises(Refused):
        take(open_one)
    assert Booking.objects.count() == 0


def test_seats_end_with_the_quota_and_a_phone_has_one_at_a_time(hold: Hold, take: Take) -> None:
    session, other = hold(), hold(place="二号厅")
    assert [take(session, number).seat for number in (1, 2)] == [1, 2]
    with pytest.raises(Problem) as full:
        take(session, 3)
    assert "名额已满" in full.value.what
    with pytest.raises(Problem) as twice:
        take(other, 1)
    assert twice.value.field == "phone"
    assert "预约" not in str(twice.value)  # it does not say where the owner of the number is
    assert Booking.objects.count() == 2


def test_too_many_from_one_place_in_an_hour_are_held_back(
    hold: Hold, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = hold(quota=40)
    for number in range(MOST_AN_HOUR):
        take(session, number, sender="10.0.0.1")
    with pytest.raises(TooMany):
        take(session, 11, sender="10.0.0.1")
    assert take(session, 11, sender="10.0.0.2").seat == MOST_AN_HOUR + 1
    later(monkeypatch, dt.timedelta(minutes=61))
    assert take(session, 12, sender="10.0.0.1").seat == MOST_AN_HOUR + 2


def test_where_mail_goes_the_seat_waits_for_the_guests_word(
    hold: Hold, purpose: Purpose, client: Client, settings: Any, system: Actor
) -> None:
    settings.MAIL_ON = settings.WORK_AT_ONCE = True
    session = hold()
    page = reverse("slots:sign-up", args=[session.pk])
    form = {"name": "张三丰", "phone": "13800001234", "agree": "on"}
    assert client.post(page, form).status_code == 422
    assert client.post(page, {**form, "email": "zhang@example.cn"}).status_code == 200
    (sent,) = mail.outbox
    link = re.search(r"/slots/sign-up/[\w-]{43}/", str(sent.body))
    assert (sent.to, link is not None) == (["zhang@example.cn"], True)
    booking = Booking.objects.get()
    assert booking.confirm_by is not None
    with pytest.raises(Problem):
        check_in(booking, system)
    assert client.get(reverse("slots:sign-up-status")).status_code == 404  # only the mail leads there
    assert link is not None
    client.get(link[0])
    assert Booking.objects.get().confirm_by is not None  # a scanner that opens links confirms nothing
    client.post(reverse("slots:sign-up-confirm"))
    booking.refresh_from_db()
    assert booking.confirm_by is None
    assert check_in(booking, system).booking == booking


def test_seat_nobody_confirmed_goes_to_the_next_and_is_forgotten(
    hold: Hold, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = hold(quota=1)
    waiting = take(session, 1, by_mail=True, email="a@example.cn")
    assert (sessions().get().taken, bookings_of(session).count()) == (1, 1)
    with pytest.raises(Problem):
        take(session, 2)
    later(monkeypatch, HELD + dt.timedelta(seconds=1))
    assert (sessions().get().taken, bookings_of(session).count()) == (0, 0)
    with pytest.raises(Problem):
        confirm_sign_up(waiting, GUEST)
    assert take(session, 2).seat == 1
    waiting.refresh_from_db()
    assert waiting.cancelled_at is not None
    assert (waiting.name, waiting.phone, waiting.email) == ("", "", "")


def test_tick_gives_lapsed_seats_back(hold: Hold, take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    take(hold(), 1, by_mail=True, email="a@example.cn")
    later(monkeypatch, HELD + dt.timedelta(seconds=1))
    do_ticks()
    assert Booking.objects.get().cancelled_at is not None


def test_guest_withdraws_and_is_forgotten_while_the_journal_holds(
    hold: Hold, take: Take, client: Client
) -> None:
    session = hold(quota=1)
    booking = take(session)
    assert PersonalKey.objects.filter(ref_kind="slots.booking", ref_id=str(booking.pk)).exists()
    client.get(reverse("slots:sign-up-link", args=[booking.token]))
    assert client.get(reverse("slots:sign-up-withdraw")).status_code == 405
    client.post(reverse("slots:sign-up-withdraw"))
    booking.refresh_from_db()
    assert (booking.name, booking.phone, booking.organization) == ("", "", "")
    assert not PersonalKey.objects.filter(ref_kind="slots.booking", ref_id=str(booking.pk)).exists()
    with pytest.raises(Problem):
        withdraw_sign_up(booking, GUEST)
    assert take(session, 1).seat == 1
    told = str(list(Entry.objects.values_list("data", flat=True)))
    assert "张三" not in told
    assert "13800000001" not in told
    assert "10.0.0.1" not in told
    seal_journal()
    assert verify_journal().intact


def test_ticket_alone_gives_no_seat_back_and_a_person_is_not_the_guest(
    hold: Hold, take: Take, person: Callable[..., Actor], browser_of: Browser
) -> None:
    booking, stranger = take(hold()), person("路人", "slots.make_booking")
    for act in (confirm_sign_up, withdraw_sign_up):
        with pytest.raises(Refused):
            act(booking, stranger)
    ticket = reverse("slots:ticket", args=[booking.code])
    for browser in (Client(), browser_of(stranger)):
        page = browser.get(ticket).content.decode()
        assert booking.name not in page
        assert reverse("slots:booking-cancel", args=[booking.code]) not in page
        assert browser.post(reverse("slots:sign-up-withdraw")).status_code == 302
    booking.refresh_from_db()
    assert booking.cancelled_at is None


def test_bookings_of_an_account_are_emptied_with_it(hold: Hold, person: Callable[..., Actor]) -> None:
    guest = person("来宾", "slots.make_booking")
    bookings = [
        make_booking(hold(place=place), guest, name="李四", phone=phone)
        for place, phone in (("一号厅", "13900000001"), ("二号厅", "13900000002"))
    ]
    user = User.objects.get(pk=guest.id)
    assert (forget_of(user), forget_of(user)) == (2, 0)
    for booking in bookings:
        booking.refresh_from_db()
        assert (booking.name, booking.phone, booking.cancelled_at) == ("", "", None)

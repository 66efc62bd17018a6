# SPDX-License-Identifier: Apache-2.0
"""Records that are events: sessions are booked while the record is in the state that says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pydantic import ValidationError

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit
from kechuang.commons.registers.actions.records import make_record, move_record
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.slots.actions.bookings import make_booking
from kechuang.commons.slots.models import Session
from register_samples import release

pytestmark = pytest.mark.django_db
FAIR: dict[str, Any] = {
    "code": "fair",
    "name": "对接会",
    "office": "yunchuan-甲处",
    "fields": [{"code": "title", "label": "名称", "type": "text"}],
    "states": [
        {"code": "planned", "label": "筹备", "start": True},
        {"code": "open", "label": "报名", "end": True},
    ],
    "moves": [{"to": "open", "label": "开放报名", "of": ["planned"]}],
    "sessions": ["open"],
}


def test_state_of_bookings_must_be_a_state() -> None:
    with pytest.raises(ValidationError):
        RegisterPiece.model_validate({**FAIR, "sessions": ["nowhere"], "version": "1"})


def test_event_gets_sessions_on_its_page_and_takes_bookings_when_it_opens(
    person: Callable[..., Actor], office: Callable[[str], Unit], browser_of: Callable[[Actor], Client]
) -> None:
    unit = office("甲处")
    release(FAIR)
    permissions = (
        "registers.view_record",
        "registers.keep_record",
        "slots.keep_session",
        "slots.view_session",
    )
    keeper, guest = person("经办", *permissions, over=unit), person("来宾", "slots.make_booking")
    record = make_record(None, keeper, register="fair", values={"title": "春季对接会"})
    page, client = reverse("registers:record-detail", args=[record.pk]), browser_of(keeper)
    new = reverse("slots:session-open", args=[str(Ref.of(record))])
    assert new in client.get(page).content.decode()
    start = timezone.localtime() + dt.timedelta(days=1)
    form = {"title": "专场", "place": "一号厅", "quota": "40"} | {
        name: when.strftime("%Y-%m-%dT%H:%M")
        for name, when in (("starts", start), ("ends", start + dt.timedelta(hours=1)))
    }
    assert client.post(new, form).status_code == 302
    session = Session.objects.get()
    assert (session.unit, session.about) == (unit, Ref.of(record))
    assert reverse("slots:session-detail", args=[session.pk]) in client.get(page).content.decode()
    with pytest.raises(Refused):
        make_booking(session, guest, name="客", phone="13800000001")
    move_record(record, keeper, to="open")
    assert make_booking(session, guest, name="客", phone="13800000001").seat == 1


def test_sessions_of_a_thing_that_one_may_not_open_are_closed(
    person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    client = browser_of(person("承办", "slots.keep_session"))
    for about in ("registers.record:1", "nonsense", "x.y:1"):
        assert client.get(reverse("slots:session-open", args=[about])).status_code == 404


def test_everybody_signs_up_for_what_the_public_page_shows_and_no_more(
    person: Callable[..., Actor], office: Callable[[str], Unit], client: Client
) -> None:
    unit = office("甲处")
    release({**FAIR, "public": {"states": ["open"], "fields": ["title"], "sign_up": True}})
    keeper = person("经办", "registers.view_record", "registers.keep_record", "slots.keep_session", over=unit)
    shown, hidden = (
        make_record(None, keeper, register="fair", values={"title": title})
        for title in ("春季对接会", "内部会")
    )
    move_record(shown, keeper, to="open")
    page = client.get(reverse("registers:public-list", args=["fair"])).content.decode()
    ways = [reverse("slots:sign-up-list", args=[str(Ref.of(one))]) for one in (shown, hidden)]
    assert [way in page for way in ways] == [True, False]
    assert [client.get(way).status_code for way in ways] == [200, 404]
    assert "春季对接会" in client.get(ways[0]).content.decode()


def test_sign_up_needs_a_state_that_is_shown_and_booked() -> None:
    for sessions, states in (([], ["open"]), (["planned"], ["open"])):
        with pytest.raises(ValidationError, match="报名"):
            RegisterPiece.model_validate(
                {
                    **FAIR,
                    "sessions": sessions,
                    "public": {"states": states, "fields": ["title"], "sign_up": True},
                    "version": "1",
                }
            )

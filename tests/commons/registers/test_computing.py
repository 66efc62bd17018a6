# SPDX-License-Identifier: Apache-2.0
"""An event counts what came of it, leads to what is made from it, and moves with what the move asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pydantic import ValidationError

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit
from kechuang.commons.registers.actions.records import edit_record, make_record, move_record
from kechuang.commons.registers.computing import computed_lines
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import register_of
from kechuang.commons.slots.actions.bookings import check_in, make_booking, rate_session
from kechuang.commons.slots.actions.sessions import open_session
from kechuang.commons.slots.models import Session
from register_samples import release

pytestmark = pytest.mark.django_db
FAIR: dict[str, Any] = {
    "code": "fair",
    "name": "对接会",
    "office": "yunchuan-甲处",
    "fields": [{"code": "title", "label": "名称", "type": "text"}],
    "states": [{"code": "open", "label": "报名", "start": True, "end": True}],
    "sessions": ["open"],
    "computed": [
        {"code": "seats", "label": "预约", "kind": "booked", "unit": "人"},
        {"code": "people", "label": "到场", "kind": "came", "unit": "人"},
        {"code": "intents", "label": "意向", "kind": "links", "naming": "intent", "unit": "项"},
        {
            "code": "deals",
            "label": "成交",
            "kind": "links",
            "naming": "intent",
            "states": ["deal"],
            "unit": "项",
        },
        {"code": "content", "label": "满意", "kind": "satisfied", "unit": "%"},
        {"code": "else", "label": "别的", "kind": "links", "naming": "other"},
    ],
}
INTENT: dict[str, Any] = {
    "code": "intent",
    "name": "意向",
    "office": "yunchuan-甲处",
    "fields": [
        {"code": "title", "label": "内容", "type": "text", "required": True},
        {"code": "event", "label": "来自活动", "type": "link", "target": "fair", "inverse": "达成意向"},
        {"code": "second", "label": "又见于", "type": "link", "target": "fair"},
        {
            "code": "why",
            "label": "退回原因",
            "type": "choice",
            "key": True,
            "options": [{"code": "price", "label": "价格分歧"}, {"code": "need", "label": "需求变化"}],
        },
        {"code": "day", "label": "结论日期", "type": "date"},
        {"code": "reason", "label": "合作理由", "type": "text"},
    ],
    "states": [
        {"code": "talks", "label": "洽谈", "start": True},
        {"code": "deal", "label": "成交", "end": True},
        {"code": "declined", "label": "未成", "end": True},
    ],
    "moves": [
        {"to": "deal", "label": "签约", "of": ["talks"]},
        {"to": "declined", "label": "退回", "of": ["talks"], "needs": ["why", "day", "reason"]},
    ],
}


@pytest.fixture
def keeper(person: Callable[..., Actor], office: Callable[[str], Unit]) -> Actor:
    for content in (FAIR, INTENT):
        release(content)
    return person("经办", "registers.view_record", "registers.keep_record", over=office("甲处"))


@pytest.fixture
def fair(keeper: Actor) -> Record:
    record: Record = make_record(None, keeper, register="fair", values={"title": "春季对接会"})
    return record


def intent(keeper: Actor, title: str = "试制合作", **more: str) -> Record:
    record: Record = make_record(None, keeper, register="intent", values={"title": title, **more})
    return record


def shown(record: Record) -> dict[str, str]:
    return dict(computed_lines(register_of(record.register), record, clock.today()))


def test_event_counts_who_came_and_what_names_it_by_state(fair: Record, keeper: Actor, system: Actor) -> None:
    assert shown(fair) == {
        "预约": "0人",
        "到场": "0人",
        "意向": "0项",
        "成交": "0项",
        "满意": "",
        "别的": "0",
    }
    starts = timezone.make_aware(dt.datetime.combine(clock.today(), dt.time(9)))
    session = open_session(
        None, system, about=Ref.of(fair), unit=None, title="上午", place="一号厅",
        starts=starts, ends=starts + dt.timedelta(hours=1), quota=3,
    )  # fmt: skip
    seats = [make_booking(session, system, name=f"客{n}", phone=f"1380000000{n}") for n in range(3)]
    for seat in seats[:2]:
        check_in(seat, system)
    rate_session(seats[0], system, word="good")
    intent(keeper, event="春季对接会", second="春季对接会")
    move_record(intent(keeper, "检测合作", event="春季对接会"), keeper, to="deal")
    intent(keeper, "无关")
    assert shown(fair) == {
        "预约": "3人",
        "到场": "2人",
        "意向": "2项",
        "成交": "1项",
        "满意": "100.0%",
        "别的": "0",
    }


def test_page_of_a_record_leads_who_may_to_new_records_that_name_it(
    fair: Record, keeper: Actor, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    page = reverse("registers:record-detail", args=[fair.pk])
    client = browser_of(keeper)
    new = f"{reverse('registers:record-make', args=['intent'])}?event=%E6%98%A5"
    assert new in client.get(page).content.decode()
    shown = client.get(f"{reverse('registers:record-make', args=['intent'])}?event=春季对接会&nothing=x")
    assert 'value="春季对接会"' in shown.content.decode()
    looker = browser_of(person("他人", "registers.view_record"))
    assert new not in looker.get(page).content.decode()


def test_move_takes_what_it_needs_in_the_same_act(
    keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    record = intent(keeper)
    with pytest.raises(Problem) as told:
        move_record(record, keeper, to="declined", reason="对方来函", values={"why": "price"})
    assert told.value.field == "day"
    page = reverse("registers:record-move", args=[record.pk, "declined"])
    form = {"on": "2019-10-15", "why": "price", "day": "2019-10-14", "reason": "对方来函"}
    client = browser_of(keeper)
    assert [client.post(page, form | {one: ""}).status_code for one in ("why", "day", "reason")] == [422] * 3
    assert client.post(page, form).status_code == 302
    record.refresh_from_db()
    assert (record.state, record.key1, record.data["day"]) == ("declined", "price", "2019-10-14")
    assert "reason" not in record.data  # why it was moved is said of the move


def test_move_changes_no_field_that_it_does_not_need(keeper: Actor) -> None:
    record = intent(keeper)
    move_record(record, keeper, to="deal", values={"title": "别的", "why": "price"})
    record.refresh_from_db()
    assert (record.title, record.key1) == ("试制合作", "")


def test_grid_of_sessions_is_opened_from_the_page_of_an_event(
    fair: Record, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    assert fair.unit is not None
    permissions = ("registers.view_record", "registers.keep_record", "slots.keep_session")
    client = browser_of(person("承办", *permissions, over=fair.unit))
    new = reverse("slots:session-grid", args=[str(Ref.of(fair))])
    page = reverse("registers:record-detail", args=[fair.pk])
    assert new in client.get(page).content.decode()
    form = {
        "title": "洽谈",
        "places": "1号桌\r\n 2号桌 \r\n\r\n1号桌",
        "minutes": "25",
        "pause": "5",
        "quota": "1",
    }
    form |= {"starts": "2019-10-15T09:00", "ends": "2019-10-15T10:00"}
    assert client.post(new, form | {"minutes": "0"}).status_code == 422
    assert client.post(new, form)["Location"] == page
    assert [str(one) for one in Session.objects.all()] == [
        "洽谈 1号桌 09:00",
        "洽谈 2号桌 09:00",
        "洽谈 1号桌 09:30",
        "洽谈 2号桌 09:30",
    ]


def test_number_that_is_born_of_check_ins_is_typed_only_where_nobody_was_checked_in(
    keeper: Actor, system: Actor
) -> None:
    people = {"code": "people", "label": "实到", "type": "number", "key": True, "born": "came"}
    states = [
        {"code": "open", "label": "报名", "start": True},
        {"code": "held", "label": "已举办", "end": True},
    ]
    moves = [{"to": "held", "label": "办结", "of": ["open"], "needs": ["people"]}]
    release({**FAIR, "code": "day", "fields": [*FAIR["fields"], people], "states": states, "moves": moves})
    without, counted = (
        make_record(None, keeper, register="day", values={"title": title, "people": "320"})
        for title in "甲乙"
    )
    starts = timezone.make_aware(dt.datetime.combine(clock.today(), dt.time(9)))
    session = open_session(
        None, system, about=Ref.of(counted), unit=None, title="上午", place="一号厅",
        starts=starts, ends=starts + dt.timedelta(hours=1), quota=3,
    )  # fmt: skip
    check_in(make_booking(session, system, name="客", phone="13800000000"), system)
    for record in (without, counted):
        move_record(record, keeper, to="held", values={"people": "320"})
    assert [record.amount1 for record in (without, counted)] == [320, 1]
    edit_record(counted, keeper, values={"title": "乙", "people": "999"})
    assert counted.data["people"] == 1


@pytest.mark.parametrize("wrong", [{"type": "text"}, {"places": 9}])
def test_only_a_number_is_born_of_check_ins(wrong: dict[str, Any]) -> None:
    field = {"code": "people", "label": "实到", "type": "number", "born": "came"}
    with pytest.raises(ValidationError):
        RegisterPiece.model_validate({**FAIR, "fields": [*FAIR["fields"], field | wrong], "version": "1"})
    bare = {**FAIR, "fields": [*FAIR["fields"], field], "sessions": [], "version": "1"}
    with pytest.raises(ValidationError):
        RegisterPiece.model_validate(bare)


def test_sensitive_value_that_a_move_needs_is_neither_shown_nor_lost(
    keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    secret = {"code": "phone", "label": "电话", "type": "text", "access": "sensitive"}
    moves = [{"to": "deal", "label": "签约", "of": ["talks"], "needs": ["phone"]}, INTENT["moves"][1]]
    release({**INTENT, "code": "call", "fields": [*INTENT["fields"], secret], "moves": moves})
    client = browser_of(keeper)
    for known in ("13812345678", ""):
        record = make_record(None, keeper, register="call", values={"title": "合作", "phone": known})
        page = reverse("registers:record-move", args=[record.pk, "deal"])
        assert "13812345678" not in client.get(page).content.decode()
        assert client.post(page, {"on": "2019-10-15", "phone": "13812345678"}).status_code == 302
        record.refresh_from_db()
        assert (record.state, record.data["phone"]) == ("deal", "13812345678")

# SPDX-License-Identifier: Apache-2.0
"""Offices hear of what falls due in their records, once near and once past; leaders of what was not kept in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from kechuang.commons.access.models import User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.notices.models import Receipt
from kechuang.commons.parties.models import Charge, Unit
from kechuang.commons.registers.actions.records import edit_record, make_record
from kechuang.commons.registers.tasks import tell_dues, tell_slipped
from register_samples import release

pytestmark = pytest.mark.django_db
DEAL: dict[str, Any] = {
    "code": "deal",
    "name": "协议",
    "office": "yunchuan-甲处",
    "fields": [
        {"code": "title", "label": "名称", "type": "text"},
        {"code": "until", "label": "到期", "type": "date", "key": True},
    ],
    "states": [{"code": "on", "label": "履行", "start": True}, {"code": "off", "label": "终止", "end": True}],
    "moves": [{"to": "off", "label": "终止", "of": ["on"]}],
    "dues": [{"field": "until", "label": "协议续签", "warn_days": 60}],
}


def test_office_is_told_once_near_and_once_past_and_anew_when_the_day_moves(
    person: Callable[..., Actor], office: Callable[[str], Unit]
) -> None:
    mine, other = office("甲处"), office("乙处")
    release(DEAL)
    keeper = person("经办", "registers.keep_record", over=mine)
    person("他处", "registers.keep_record", over=other)
    record = make_record(None, keeper, register="deal", values={"title": "市校协议", "until": "2020-01-31"})
    told = []
    for day in ("2019-11-01", "2019-12-10", "2019-12-11", "2020-02-01", "2020-02-02"):
        with clock.pinned(dt.date.fromisoformat(day)):
            told.append(tell_dues())
    assert told == [0, 1, 0, 1, 0]
    edit_record(record, keeper, values={"title": "市校协议", "until": "2020-03-01"})
    with clock.pinned(dt.date(2020, 2, 3)):
        assert (tell_dues(), tell_dues()) == (1, 0)
    assert [str(receipt.user) for receipt in Receipt.objects.all()] == ["经办"] * 3


def test_leader_in_charge_is_told_once_of_a_promise_that_was_not_kept_in_time(
    person: Callable[..., Actor], office: Callable[[str], Unit]
) -> None:
    mine, other = office("甲处"), office("乙处")
    promises = [{"states": ["on"]}]
    release({**DEAL, "promises": promises})
    keeper = person("经办", "registers.keep_record", over=mine)
    for name, unit in (("甲局长", mine), ("乙局长", other)):
        person(name)
        Charge.objects.create(user=User.objects.get(username=name), unit=unit, since=dt.date(2019, 1, 1))
    lines = [{"what": "建成实验室", "office": "甲处", "due": "2019-10-20"}, {"what": "互派专家", "due": ""}]
    make_record(None, keeper, register="deal", values={"title": "市校协议", "promises": lines})
    told = []
    for day in ("2019-10-15", "2019-10-20", "2019-10-21", "2019-10-22"):
        with clock.pinned(dt.date.fromisoformat(day)):
            told.append(tell_slipped())
    assert told == [0, 0, 1, 0]
    assert [str(receipt.user) for receipt in Receipt.objects.all()] == ["甲局长"]

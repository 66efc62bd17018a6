# SPDX-License-Identifier: Apache-2.0
"""Records at their places on the map, and all that falls due in a month."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pydantic import ValidationError

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Unit
from kechuang.commons.registers.actions.records import edit_record, make_record
from kechuang.commons.registers.definitions import Map, RegisterPiece
from kechuang.commons.registers.maps import drawn
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import shown_fields
from register_samples import release

pytestmark = pytest.mark.django_db
PARK: dict[str, Any] = {
    "code": "park",
    "name": "园区",
    "office": "yunchuan-甲处",
    "fields": [
        {"code": "title", "label": "名称", "type": "text"},
        {"code": "spot", "label": "位置", "type": "place"},
        {"code": "until", "label": "到期", "type": "date", "key": True},
    ],
    "states": [
        {"code": "on", "label": "在册", "start": True, "tone": "good"},
        {"code": "off", "label": "撤", "end": True},
    ],
    "moves": [{"to": "off", "label": "撤", "of": ["on"]}],
    "dues": [{"field": "until", "label": "续签"}],
    "map": {"west": 120, "south": 40, "east": 124, "north": 42},
}


@pytest.fixture
def keeper(person: Callable[..., Actor], office: Callable[[str], Unit]) -> Actor:
    office("甲处")
    release(PARK)
    return person("经办", "registers.view_record", "registers.keep_record")


def make(keeper: Actor, title: str = "甲", **values: str) -> Record:
    record: Record = make_record(None, keeper, register="park", values={"title": title, **values})
    return record


@pytest.mark.parametrize(
    "wrong",
    [
        {"map": {**PARK["map"], "west": 124}},
        {"map": {**PARK["map"], "north": 91}},
        {"map": {"west": 120}},
        {"fields": [PARK["fields"][0], PARK["fields"][2]]},
    ],
)
def test_map_that_cannot_be_is_told(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RegisterPiece.model_validate({**PARK, **wrong, "version": "1"})


def test_place_stands_in_columns_and_reads_back(keeper: Actor) -> None:
    record = make(keeper, spot="123.4315，41.8")
    assert (record.longitude, record.latitude) == (123_431_500, 41_800_000)
    piece = RegisterPiece.model_validate({**PARK, "version": "1"})
    shown = {field.code: words for field, words in shown_fields(piece, record, names={})}
    assert shown["spot"] == "123.4315, 41.8"
    edit_record(record, keeper, values={"title": "甲"})
    assert (record.longitude, record.latitude) == (None, None)


@pytest.mark.parametrize(
    "text", ["41.80, 123.43", "119.9, 41", "123.43", "a, b", "nan, 41", "1e9, 41", "123, 41, 5", "inf, inf"]
)
def test_place_that_is_none_or_lies_outside_is_told(keeper: Actor, text: str) -> None:
    with pytest.raises(Problem) as told:
        make(keeper, spot=text)
    assert told.value.field == "spot"
    assert Record.objects.count() == 0


def test_corners_of_the_frame_are_corners_of_the_sheet(keeper: Actor) -> None:
    frame = Map(**PARK["map"])
    piece = RegisterPiece.model_validate({**PARK, "version": "1"})
    rows = [make(keeper, spot=f"{longitude}, {latitude}") for longitude, latitude in ((120, 42), (124, 40))]
    sheet = drawn(frame, [(row, piece.state("on")) for row in rows])
    assert [(point.x, point.y) for point in sheet.points] == [(0, 0), (sheet.width, sheet.height)]
    assert [words for _x, words in sheet.meridians] == [
        "120.5°",
        "121°",
        "121.5°",
        "122°",
        "122.5°",
        "123°",
        "123.5°",
    ]
    assert sheet.height / sheet.width == pytest.approx(2 / (4 * 0.7547), rel=0.01)


def test_map_shows_the_placed_and_counts_the_others(
    keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    make(keeper, "有位置", spot="123.4, 41.8")
    make(keeper, "没位置")
    client, address = browser_of(keeper), reverse("registers:record-map", args=["park"])
    assert address in client.get(reverse("registers:record-list", args=["park"])).content.decode()
    text = client.get(address).content.decode()
    assert (text.count("<circle"), "没位置" in text) == (1, False)
    release({**PARK, "map": None}, "2")
    assert client.get(address).status_code == 404


def test_month_holds_what_falls_due_on_its_days_of_the_chosen_office(
    keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    for title, until in (("十一月的", "2019-11-05"), ("十二月的", "2019-12-24"), ("撤了的", "2019-11-06")):
        record = make(keeper, title, until=until)
        if title == "撤了的":
            Record.objects.filter(pk=record.pk).update(state="off")
    client, address = browser_of(keeper), reverse("registers:due-month")

    def seen(query: str) -> list[str]:
        return re.findall(r"[十撤].{1,2}的(?=</a>)", client.get(f"{address}?{query}").content.decode())

    assert seen("month=2019-11") == ["十一月的"]
    assert seen("month=2019-12&office=yunchuan-甲处") == ["十二月的"]
    assert seen("month=2019-11&office=yunchuan-乙处") == []
    for nonsense in ("month=2019-13", "month=x", "month=99999-1", "month=2019-11-11", "month=１２-1"):
        assert client.get(f"{address}?{nonsense}").status_code == 200


def test_month_asks_the_same_for_one_record_and_for_three(
    keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    client, counts = browser_of(keeper), []
    address = f"{reverse('registers:due-month')}?month=2019-11"
    for titles in (("甲",), ("乙", "丙")):
        for title in titles:
            make(keeper, title, until=dt.date(2019, 11, 7).isoformat())
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 15

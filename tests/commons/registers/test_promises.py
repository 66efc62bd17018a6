# SPDX-License-Identifier: Apache-2.0
"""Clauses and resolutions bind as commitments: opened, revised, ended with their record; taken stock of by year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pydantic import ValidationError

from kechuang.commons.commitments.actions import confirm_closure, merge_parts, report_part
from kechuang.commons.commitments.desk import instruction_todos
from kechuang.commons.commitments.models import Commitment
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit
from kechuang.commons.registers.actions.records import edit_record, make_record, move_record
from kechuang.commons.registers.actions.stocktakes import take_stock
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.dues import due_lines
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.promising import lights_by_side, promise_lines, promises_of
from kechuang.commons.registers.queries import registers
from register_samples import release

pytestmark = pytest.mark.django_db
STOCKTAKE = {
    "code": "stocktake",
    "label": "年度盘点",
    "type": "table",
    "columns": [{"code": code, "label": code} for code in ("year", "done", "open")],
}
PACT: dict[str, Any] = {
    "code": "pact",
    "name": "协议",
    "office": "yunchuan-甲处",
    "fields": [{"code": "title", "label": "名称", "type": "text", "required": True}, STOCKTAKE],
    "states": [
        {"code": "drafting", "label": "起草", "start": True},
        {"code": "signed", "label": "已签署"},
        {"code": "ended", "label": "终止", "end": True},
    ],
    "moves": [
        {"to": "signed", "label": "签署", "of": ["drafting"]},
        {"to": "ended", "label": "终止", "of": ["signed"]},
    ],
    "dues": [{"field": "stocktake", "label": "年度盘点", "every": "12-31", "states": ["signed"]}],
    "promises": [{"states": ["signed"], "stocktake": "stocktake"}],
}
LINES = [
    {"what": "共建联合实验室", "office": "乙处", "due": "2019-10-20"},
    {"what": "互派专家", "office": "", "due": ""},
]


@pytest.fixture
def offices(office: Callable[[str], Unit]) -> dict[str, Unit]:
    return {name: office(name) for name in ("甲处", "乙处")}


@pytest.fixture
def keeper(person: Callable[..., Actor], offices: dict[str, Unit]) -> Actor:
    release(PACT)
    return person("经办", "registers.view_record", "registers.keep_record", over=offices["甲处"])


@pytest.fixture
def pact(keeper: Actor) -> Record:
    record: Record = make_record(
        None, keeper, register="pact", values={"title": "市校协议", "promises": LINES}
    )
    return record


def told(record: Record) -> list[tuple[str, str, dt.date | None, str]]:
    return [
        (line.commitment.title, line.offices, line.commitment.due, line.colour)
        for line in promise_lines(record, clock.today())
    ]


def edit(record: Record, keeper: Actor, *lines: dict[str, str]) -> None:
    edit_record(record, keeper, values={"title": "市校协议", "promises": list(lines)})


def test_register_that_promises_has_a_table_for_it() -> None:
    field = RegisterPiece.model_validate({**PACT, "version": "1"}).field("promises")
    assert field is not None
    assert [(column.code, column.type) for column in field.columns] == [
        ("what", "text"),
        ("office", "unit"),
        ("due", "date"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"promises": [{"states": ["nowhere"]}]},
        {"promises": [{"states": []}]},
        {"promises": [{"states": ["signed"], "table": "title"}]},
        {"promises": [{"states": ["signed"], "table": "stocktake"}]},
        {"promises": [{"states": ["signed"], "stocktake": "nothing"}]},
        {"promises": [{"states": ["signed"], "table": "stocktake", "what": "done", "due": "open"}]},
        {"promises": [{"states": ["signed"], "side": "nobody"}]},
        {"promises": [{"states": ["signed"], "side": "due"}]},
        {"dues": [{"field": "stocktake", "label": "盘点"}]},
        {"dues": [{"field": "stocktake", "label": "盘点", "every": "13-01"}]},
        {"dues": [{"field": "stocktake", "label": "盘点", "after": {"3": "m3"}}]},
        {"dues": [{"field": "title", "label": "到期"}]},
    ],
)
def test_promises_and_dues_that_cannot_be_are_told(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RegisterPiece.model_validate({**PACT, **wrong, "version": "1"})


def test_lines_bind_from_the_state_that_makes_them(pact: Record, keeper: Actor) -> None:
    assert told(pact) == []
    move_record(pact, keeper, to="signed")
    assert told(pact) == [
        ("共建联合实验室", "乙处", dt.date(2019, 10, 20), "yellow"),
        ("互派专家", "甲处", None, "grey"),
    ]
    assert {one.kind for one in promises_of(pact)} == {"clause"}
    assert [source.ref for one in promises_of(pact) for source in one.sources.all()] == [Ref.of(pact)] * 2


def test_clause_of_a_record_without_a_number_is_called_by_its_name(pact: Record, keeper: Actor) -> None:
    move_record(pact, keeper, to="signed")
    codes = promises_of(pact).order_by("order").values_list("code", flat=True)
    assert list(codes) == [f"{pact.title}-1", f"{pact.title}-2"]
    Commitment.objects.filter(code=f"{pact.title}-2").update(code=f"pact-{pact.pk}-2")
    renaming = import_module("kechuang.commons.registers.migrations.0002_name_clauses_by_their_record")
    renaming.name_by_record(apps, None)
    assert list(codes.all()) == [f"{pact.title}-1", f"{pact.title}-2"]


def test_words_changed_are_a_revision_and_a_line_gone_ends_the_promise(pact: Record, keeper: Actor) -> None:
    move_record(pact, keeper, to="signed")
    first, second = promises_of(pact)
    edit(pact, keeper, {"what": "共建两个联合实验室", "office": "甲处", "due": "2019-12-01"})
    assert told(pact) == [("共建两个联合实验室", "甲处", dt.date(2019, 12, 1), "green")]
    assert [one.pk for one in promises_of(pact)] == [first.pk]
    second.refresh_from_db()
    assert (second.state, second.closed_on) == ("dropped", clock.today())


def test_lines_keep_their_promise_when_they_change_places(pact: Record, keeper: Actor) -> None:
    move_record(pact, keeper, to="signed")
    before = {one.title: one.pk for one in promises_of(pact)}
    edit(pact, keeper, LINES[1], {"what": "新增条款"}, LINES[0])
    after = {one.title: one.pk for one in promises_of(pact)}
    assert {title: after[title] for title in before} == before
    assert [line[0] for line in told(pact)] == ["互派专家", "新增条款", "共建联合实验室"]


def test_promise_that_was_kept_stays_when_the_record_ends(
    pact: Record, keeper: Actor, person: Callable[..., Actor], offices: dict[str, Unit]
) -> None:
    move_record(pact, keeper, to="signed")
    first, second = promises_of(pact)
    keep(first, person, offices["乙处"])
    move_record(pact, keeper, to="ended")
    assert [(one.pk, one.state) for one in promises_of(pact)] == [(first.pk, "done")]
    second.refresh_from_db()
    assert second.state == "dropped"


def keep(promise: Commitment, person: Callable[..., Actor], unit: Unit) -> None:
    """An office reports and merges, a leader confirms."""
    permissions = ("commitments.report_part", "commitments.merge_parts")
    officer = person(f"{unit}人员", *permissions, over=unit)
    part = promise.responsibilities.get()
    report_part(part, officer, text="已办", done=True, files=[("佐证.txt", b"1")])
    merge_parts(promise, officer, text="已办", done=True)
    confirm_closure(promise, person(f"{unit}领导", "commitments.confirm_closure"))


def test_promise_stands_on_the_desk_of_its_office_alone(
    pact: Record, keeper: Actor, person: Callable[..., Actor], offices: dict[str, Unit]
) -> None:
    move_record(pact, keeper, to="signed")
    for name, title in (("乙处", "共建联合实验室"), ("甲处", "互派专家")):
        officer = person(f"{name}的人", "commitments.report_part", over=offices[name])
        todos = list(instruction_todos(officer, clock.today()))
        assert [title in todo.title for todo in todos] == [True]


def test_stock_is_taken_once_a_year_from_what_was_closed(
    pact: Record, keeper: Actor, person: Callable[..., Actor], offices: dict[str, Unit]
) -> None:
    move_record(pact, keeper, to="signed")
    keep(promises_of(pact)[0], person, offices["乙处"])
    piece = registers()["pact"]
    [line] = due_lines(piece, [pact], clock.today())
    assert (line.day, line.light.colour) == (dt.date(2019, 12, 31), "green")
    take_stock(pact, keeper, year=2019, remark="待来年")
    [row] = pact.data["stocktake"]
    assert (row["year"], "共建联合实验室" in row["done"], "互派专家" in row["open"]) == ("2019", True, True)
    assert row["open"].endswith("待来年")
    assert due_lines(piece, [pact], clock.today()) == []
    for year in (2018, 2019, 2020):
        with pytest.raises(Problem) as wrong:
            take_stock(pact, keeper, year=year)
        assert wrong.value.field == "year"
    with clock.pinned(dt.date(2020, 12, 30)):
        [line] = due_lines(piece, [pact], clock.today())
        assert (line.day, line.light.colour) == (dt.date(2020, 12, 31), "yellow")


def test_stock_is_taken_by_the_keeping_office_alone(
    pact: Record, person: Callable[..., Actor], offices: dict[str, Unit]
) -> None:
    other = person("乙处经办", "registers.keep_record", over=offices["乙处"])
    with pytest.raises(Refused):
        take_stock(pact, other, year=2019)


def test_follow_ups_fall_due_after_the_day_of_each_line(offices: dict[str, Unit], keeper: Actor) -> None:
    columns = [
        {"code": "day", "label": "日期", "type": "date"},
        *({"code": code, "label": code} for code in ("who", "m3", "m6")),
    ]
    leads = {"code": "leads", "label": "意向", "type": "table", "columns": columns}
    due = {"field": "leads", "label": "回访", "after": {"3": "m3", "6": "m6"}, "states": ["ended"]}
    piece = release(
        {**PACT, "code": "fair", "fields": [*PACT["fields"], leads], "dues": [due], "promises": []}
    )
    rows = [
        {"day": "2019-08-31", "who": "甲与乙"},
        {"day": "2019-05-01", "who": "丙与丁", "m3": "已签约"},
        {"day": "2019-01-01", "who": "戊与己", "m3": "无", "m6": "无"},
        {"who": "未写日期"},
    ]
    record = make_record(None, keeper, register="fair", values={"title": "展会", "leads": rows})
    assert due_lines(piece, [record], clock.today()) == []
    for to in ("signed", "ended"):
        move_record(record, keeper, to=to)
    found = [
        (line.day, line.light.colour, line.what[-3:]) for line in due_lines(piece, [record], clock.today())
    ]
    assert found == [
        (dt.date(2019, 11, 1), "yellow", "丙与丁"),
        (dt.date(2019, 11, 30), "green", "甲与乙"),
    ]


@pytest.mark.usefixtures("plain_words")
def test_follow_ups_fall_due_after_a_day_of_the_record_until_each_is_told(keeper: Actor) -> None:
    fields = [
        {"code": "met", "label": "达成日期", "type": "date", "key": True},
        *({"code": code, "label": code, "type": "text"} for code in ("m3", "m6")),
    ]
    due = {"field": "met", "label": "回访", "after": {"3": "m3", "6": "m6"}, "states": ["drafting"]}
    content = {**PACT, "code": "intent", "fields": [PACT["fields"][0], *fields], "promises": []}
    piece = release({**content, "dues": [due]})
    given = {"title": "意向", "met": "2019-08-31"}
    record = make_record(None, keeper, register="intent", values=given)
    found = []
    for told in ({}, {"m3": "已互访"}, {"m3": "已互访", "m6": "签约"}):
        edit_record(record, keeper, values={**given, **told})
        found.append([(line.what, line.day) for line in due_lines(piece, [record], clock.today())])
    assert found == [
        [("回访（3个月）", dt.date(2019, 11, 30))],
        [("回访（6个月）", dt.date(2020, 2, 29))],
        [],
    ]
    for wrong in ({"3": "nothing"}, {"3": "met"}):
        with pytest.raises(ValidationError):
            RegisterPiece.model_validate({**content, "dues": [{**due, "after": wrong}], "version": "1"})


def test_pages_show_the_promises_with_a_constant_number_of_queries(
    pact: Record, keeper: Actor, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    move_record(pact, keeper, to="signed")
    permissions = ("registers.view_record", "registers.keep_record", "commitments.view_instruction")
    client = browser_of(person("看", *permissions))
    addresses = [reverse("registers:record-detail", args=[pact.pk]), reverse("commitments:clause-list")]
    counts = []
    for lines in (LINES[:1], [*LINES, {"what": "第三条", "due": "2019-10-20"}]):
        edit(pact, keeper, *lines)
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                page = client.get(address).content.decode()
            counts.append(len(seen))
            assert all(line["what"] in page for line in lines)
    assert counts[:2] == counts[2:]
    stocktake = reverse("registers:stocktake-take", args=[pact.pk])
    assert stocktake in client.get(addresses[0]).content.decode()
    pact.refresh_from_db()
    given = {"year": "2019", "remark": "", "expected_version": pact.version}
    assert client.post(stocktake, given).status_code == 302
    assert client.post(stocktake, {**given, "expected_version": pact.version + 1}).status_code == 422


def test_each_side_shows_the_lights_of_what_it_promised(keeper: Actor) -> None:
    columns = [
        {"code": "city", "label": "承诺方"},
        {"code": "what", "label": "事项"},
        {"code": "due", "label": "时限", "type": "date"},
    ]
    table = {"code": "said", "label": "决议", "type": "table", "columns": columns}
    release(
        {
            **PACT,
            "code": "meeting",
            "fields": [*PACT["fields"], table],
            "dues": [],
            "promises": [{"table": "said", "side": "city", "states": ["signed"]}],
        }
    )
    lines = [
        {"city": "甲市", "what": "开放仪器", "due": "2019-12-31"},
        {"city": "乙市", "what": "互认资质", "due": "2019-10-01"},
        {"city": "甲市", "what": "互派专家", "due": "2019-10-18"},
        {"what": "另行商定", "due": "2019-10-01"},
    ]
    record = make_record(None, keeper, register="meeting", values={"title": "第三次会商", "said": lines})
    move_record(record, keeper, to="signed")
    found = lights_by_side(promise_lines(record, clock.today()))
    assert [(one.side, one.promised, one.kept, one.lights) for one in found] == [
        ("甲市", 2, 0, [("yellow", 1), ("green", 1)]),
        ("乙市", 1, 0, [("red", 1)]),
    ]

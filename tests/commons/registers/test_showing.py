# SPDX-License-Identifier: Apache-2.0
"""What is shown to whom: columns of every kind of field, the public with masks, Word pages without secrets."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pydantic import ValidationError

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization, Unit
from kechuang.commons.registers.actions.records import make_record
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import register_of
from register_samples import PILOT, release

pytestmark = pytest.mark.django_db
CASES: dict[str, Any] = {
    "code": "case",
    "name": "案例",
    "fields": [
        {"code": "title", "label": "名称", "type": "text"},
        {"code": "kind", "label": "内部类别", "type": "text", "key": True},
        {
            "code": "level",
            "label": "级别",
            "type": "choice",
            "key": True,
            "options": [{"code": "a", "label": "甲级"}, {"code": "b", "label": "乙级"}],
        },
        {"code": "host", "label": "依托单位", "type": "party"},
        {"code": "user", "label": "使用单位", "type": "party"},
        {"code": "proposer", "label": "提出处室", "type": "unit"},
        {"code": "who", "label": "联系人", "type": "text", "key": True, "access": "sensitive"},
        {
            "code": "people",
            "label": "人员",
            "type": "table",
            "access": "sensitive",
            "columns": [{"code": "name", "label": "姓名"}],
        },
    ],
    "states": [{"code": "on", "label": "在册", "start": True, "end": True}],
    "list": ["title", "level", "host", "user", "proposer"],
    "public": {"states": ["on"], "fields": ["level", "user", "who"], "masked": {"who": "name"}},
}
VALUES = {
    "title": "案例一",
    "kind": "秘类",
    "level": "b",
    "host": "演示大学",
    "user": "演示企业",
    "who": "张三丰",
}


@pytest.fixture
def record(person: Callable[..., Actor], office: Callable[[str], Unit]) -> Record:
    release(CASES)
    for name in ("演示大学", "演示企业"):
        Organization.objects.create(name=name)
    office("丙处")
    keeper = person("经办", "registers.view_record", "registers.keep_record")
    given = VALUES | {"proposer": "丙处", "people": [{"name": "李四光"}]}
    made: Record = make_record(None, keeper, register="case", values=given)
    return made


@pytest.fixture
def viewer(person: Callable[..., Actor]) -> Actor:
    return person("看", "registers.view_record")


@pytest.mark.parametrize(
    "wrong",
    [
        {"public": {"states": ["on"], "fields": ["who"]}},
        {"public": {"states": ["on"], "fields": ["who"], "masked": {"who": "stars"}}},
        {"public": {"states": ["on"], "fields": ["who"], "masked": {"who": "name", "nothing": "name"}}},
        {"public": {"states": ["on"], "fields": ["level"], "masked": {"title": "name"}}},
        {"figures": [{"code": "registers.x", "title": "数", "sum": "kind"}]},
    ],
)
def test_public_views_and_sums_that_cannot_be_are_told(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RegisterPiece.model_validate({**CASES, **wrong, "version": "1"})


def test_list_shows_every_party_and_office_that_a_record_names(
    record: Record, viewer: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    client, address = browser_of(viewer), reverse("registers:record-list", args=["case"])
    text = client.get(address).content.decode()
    assert all(name in text for name in ("演示大学", "演示企业", "丙处"))
    assert "张三丰" not in text
    exported = b"".join(client.get(f"{address}?export=csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "演示企业" in exported


def test_list_asks_the_same_for_one_record_and_for_three(
    record: Record, viewer: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    client, counts = browser_of(viewer), []
    address = reverse("registers:record-list", args=["case"])
    client.get(address)
    for titles in ((), ("二", "三")):
        for title in titles:
            make_record(None, Actor.system("t"), register="case", values={**VALUES, "title": title})
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 15


def test_public_sees_masked_values_and_filters_by_what_it_sees(record: Record, client: Client) -> None:
    address = reverse("registers:public-list", args=["case"])
    text = client.get(address).content.decode()
    assert "张**" in text
    assert not [
        word for word in ("张三丰", "秘类", "演示大学", "李四光", "f_kind", 'name="f_who"') if word in text
    ]
    assert "演示企业" in text
    assert "案例一" in client.get(f"{address}?f_level=b").content.decode()
    assert "案例一" not in client.get(f"{address}?f_level=a").content.decode()
    assert "案例一" in client.get(f"{address}?f_who=李").content.decode()


def test_sensitive_tables_are_hidden_from_who_may_not_see_them(
    record: Record, viewer: Actor, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    page = reverse("registers:record-detail", args=[record.pk])
    assert "李四光" not in browser_of(viewer).get(page).content.decode()
    cleared = person("全", "registers.view_record", "registers.view_sensitive")
    client = browser_of(cleared)
    assert "李四光" not in client.get(page).content.decode()
    fields = register_of(record.register).fields
    code = next(field.code for field in fields if field.access == "sensitive" and field.type == "table")
    whole = client.post(reverse("access:unmask", args=[str(Ref.of(record)), code]), {"purpose": "verify"})
    assert "李四光" in whole.content.decode()


def test_word_page_holds_the_record_and_no_secret(
    record: Record, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    cleared = person("全", "registers.view_record", "registers.view_sensitive")
    answer = browser_of(cleared).get(reverse("registers:record-page", args=[record.pk]))
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    word = docx.Document(io.BytesIO(answer.content))
    cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    assert {"级别", "乙级", "演示企业", "丙处", "在册"} <= cells
    assert not {"张三丰", "李四光"} & cells


def test_word_page_of_a_whole_register_reads_back(
    viewer: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    release()
    lines = [{"name": "一号线", "tons": "12.5"}]
    values = {"title": "甲基地", "lines": lines, "income": {"2018": "5"}}
    record = make_record(None, Actor.system("t"), register=PILOT["code"], values=values)
    answer = browser_of(viewer).get(reverse("registers:record-page", args=[record.pk]))
    word = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert {"一号线", "12.5", "中试2019-001"} <= set(cells)


def test_filter_by_a_field_that_is_gone_is_ignored(
    record: Record, viewer: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    gone = [field for field in CASES["fields"] if field["code"] not in {"level", "kind"}]
    public = {"states": ["on"], "fields": ["user"]}
    release({**CASES, "fields": gone, "list": ["title", "host"], "public": public}, "2")
    client = browser_of(viewer)
    address = (
        f"{reverse('registers:record-list', args=['case'])}?f_level=a&f_kind=x&sort=f_level&cols=f_level"
    )
    answer = client.get(address)
    assert answer.status_code == 200
    assert "案例一" in answer.content.decode()


def test_board_tells_the_share_of_every_state(
    record: Record, viewer: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    text = browser_of(viewer).get(reverse("registers:record-board", args=["case"])).content.decode()
    assert "100%" in text

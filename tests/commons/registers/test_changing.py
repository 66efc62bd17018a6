# SPDX-License-Identifier: Apache-2.0
"""What each edit changed is read back from the journal, the newest first; sensitive values say only that they changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.registers.actions.records import edit_record, make_record, move_record
from kechuang.commons.registers.changing import edits_of
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import register_of
from register_samples import PILOT, release

pytestmark = pytest.mark.django_db
FIRST = {
    "title": "新材料中试基地",
    "level": "市级",
    "price": "100",
    "lines": [{"name": "一号线", "tons": "3"}],
}
Told = list[list[tuple[str, list[tuple[str, str]]]]]


@pytest.fixture
def keeper(person: Callable[..., Actor]) -> Actor:
    release({**PILOT, "moves": [*PILOT["moves"], {"to": "building", "label": "退回", "of": ["running"]}]})
    return person("经办", "registers.view_record", "registers.keep_record", "registers.head_record")


@pytest.fixture
def base(keeper: Actor) -> Record:
    record: Record = make_record(None, keeper, register="pilot_base", values=FIRST)
    return record


def told(record: Record) -> Told:
    """Of each edit the fields it changed with their segments."""
    edits = edits_of(register_of(record.register), record)
    return [[(change.label, [*change.segments]) for change in edit.changes] for edit in edits]


def test_each_edit_shows_what_went_and_what_came(base: Record, keeper: Actor) -> None:
    assert told(base) == []
    edit_record(base, keeper, values={**FIRST, "level": "国家级", "area": "30"})
    lines = [{"name": "一号线", "tons": "5"}]
    edit_record(base, keeper, values={**FIRST, "level": "国家级", "area": "", "lines": lines})
    assert told(base) == [
        [
            ("面积", [("delete", "30.0平方米")]),
            ("中试线", [("equal", "一号线，"), ("delete", "3"), ("insert", "5")]),
        ],
        [
            ("级别", [("delete", "市"), ("insert", "国家"), ("equal", "级")]),
            ("面积", [("insert", "30.0平方米")]),
        ],
    ]


def test_move_that_fills_a_field_shows_it_and_one_that_does_not_shows_nothing(
    base: Record, keeper: Actor
) -> None:
    proof = [("佐证.txt", b"x")]
    move_record(base, keeper, to="running", files=proof, values={"area": "12.5"})
    move_record(base, keeper, to="building")
    assert told(base) == [[("面积", [("insert", "12.5平方米")])]]


def test_sensitive_value_says_only_that_it_changed(
    base: Record, keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    edit_record(base, keeper, values={**FIRST, "price": "250"})
    assert told(base) == [[("报价", [])]]
    page = browser_of(keeper).get(reverse("registers:record-changes", args=[base.pk])).content.decode()
    assert "报价" in page
    assert "250" not in page


def test_page_needs_the_same_queries_for_one_edit_and_for_three(
    base: Record, keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    page, client, counts = reverse("registers:record-changes", args=[base.pk]), browser_of(keeper), []
    for number in range(1, 4):
        edit_record(base, keeper, values={**FIRST, "area": str(number)})
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1

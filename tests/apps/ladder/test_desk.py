# SPDX-License-Identifier: Apache-2.0
"""To-dos of the ladder: who enters settles, somebody else confirms."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from house_fixtures import Person
from kechuang.apps.ladder.actions.settling import accept_suggestions
from kechuang.apps.ladder.desk import list_todos
from kechuang.commons.kernel.actors import Actor
from ladder_cases import line, number

DAY = dt.date(2019, 10, 15)
DOUBT = ["1", "甲公司", "", number(9), "2019-09-02", ""]
pytestmark = pytest.mark.django_db


def titles(actor: Actor, day: dt.date = DAY) -> list[str]:
    return [todo.title for todo in list_todos(actor.fresh(), day)]


def test_doubts_wait_for_who_enters_and_clear_lists_for_who_confirms(
    drop: Any, clerk: Actor, chief: Actor
) -> None:
    clear, doubtful = drop(line(1), title="清楚的"), drop(DOUBT, title="存疑的")
    assert (titles(clerk), titles(chief)) == (["存疑的"], ["清楚的"])
    accept_suggestions(doubtful, clerk)
    assert (titles(clerk), sorted(titles(chief))) == ([], ["存疑的", "清楚的"])
    assert titles(chief, clear.issued_on - dt.timedelta(days=1)) == []


def test_nobody_is_asked_to_confirm_his_own_list(drop: Any, person: Person, chief: Actor) -> None:
    both = person("两样都有", "ladder.import_list", "ladder.confirm_list")
    drop(line(1), by=both, title="自己的")
    assert (titles(both), titles(chief)) == ([], ["自己的"])


def test_a_stranger_is_asked_nothing_in_one_query(
    drop: Any, person: Person, django_assert_num_queries: Any
) -> None:
    drop(line(1))
    stranger = person("旁人")
    with django_assert_num_queries(1):
        assert titles(stranger) == []


def test_to_dos_take_the_same_queries_for_one_list_and_for_three(
    drop: Any, chief: Actor, django_assert_num_queries: Any
) -> None:
    drop(line(1))
    for expected in (1, 3):
        with django_assert_num_queries(2):
            assert len(titles(chief)) == expected
        if expected == 1:
            drop(line(2))
            drop(line(3))

# SPDX-License-Identifier: Apache-2.0
"""Records of the demo year are told apart, labelled, and the same each time."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.registers.actions.records import make_record
from kechuang.site.demo.plausible import Plausible
from kechuang.site.demo.words import by_state, long_text, narrowest, picked, text, titles
from register_samples import release


def dice() -> random.Random:
    return random.Random(7)  # noqa: S311 -- words, not secrets


def test_titles_differ_however_many_and_are_labelled() -> None:
    found = titles("bottleneck", 300, dice())
    assert len(set(found)) == 300
    assert all(title.endswith("（演示）") for title in found)


def test_the_same_seed_gives_the_same_words() -> None:
    assert titles("carrier", 5, dice()) == titles("carrier", 5, dice())
    assert text("country", dice()) == text("country", dice())


def test_a_register_or_field_without_words_of_its_own_still_has_some() -> None:
    assert titles("none", 2, dice()) == ["事项（演示）", "事项（2）（演示）"]
    assert text("none", dice()) == "演示内容"
    assert long_text("none", dice()).endswith("（演示数据）")


def test_narrowest_name_of_a_field_says_most() -> None:
    known = {"what": 1, "log.what": 2, "base.log.what": 3}
    assert [
        narrowest(known, *path)
        for path in (("x", "y", "what"), ("x", "log", "what"), ("base", "log", "what"))
    ] == [
        1,
        2,
        3,
    ]
    assert narrowest(known, "x", "nothing") is None


def test_title_and_state_say_what_belongs_to_them() -> None:
    assert picked("contest", "kind", "未来产业峰会（演示）") == "summit"
    assert picked("contest", "host", "未来产业峰会（演示）") is None
    with clock.pinned(dt.date(2019, 9, 3)):
        assert by_state("contest", "held") == {"opens": "2019-09-03", "ends": "2019-09-03"}
    assert by_state("contest", "planned") == {}


@pytest.mark.django_db
def test_what_only_a_move_brings_is_not_known_before_it(system: Actor) -> None:
    piece, day = release(), dt.date(2019, 10, 15)
    plausible = Plausible(day, dice())
    row = plausible.row(piece, "甲基地（演示）", day)
    assert (row["title"], "area" in row, {"level", "until", "income"} <= set(row)) == (
        "甲基地（演示）",
        False,
        True,
    )
    years = [int(value) for _year, value in sorted(row["income"].items())]
    assert years == sorted(set(years))
    record = make_record(None, system, register=piece.code, values=row)
    brought = plausible.on_move(piece, piece.moves[0], record)
    assert set(brought) == {"area"}

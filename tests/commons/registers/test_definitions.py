# SPDX-License-Identifier: Apache-2.0
"""What a register may be, and what is told of one that is not sound."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.soundness import circles_of
from register_samples import PILOT, without


def faults(**changes: Any) -> str:
    with pytest.raises(ValidationError) as told:
        RegisterPiece.model_validate({**PILOT, **changes})
    return str(told.value)


def test_sound_register_places_its_keys_in_columns():
    piece = RegisterPiece.model_validate(PILOT)
    assert piece.keys() == {"level": "key1", "area": "amount1", "until": "day1", "open": "key2"}
    assert (piece.start.code, piece.title_field.code) == ("building", "title")
    assert [move.to for move in piece.moves_from("running")] == ["closed"]


def test_state_nobody_can_reach_is_told():
    assert "孤岛" in faults(states=[*PILOT["states"], {"code": "isle", "label": "孤岛", "end": True}])


def test_state_nobody_can_leave_is_told():
    trapped = [*PILOT["states"], {"code": "trap", "label": "陷阱"}]
    moves = [*PILOT["moves"], {"to": "trap", "label": "落入", "of": ["building"]}]
    assert "陷阱" in faults(states=trapped, moves=moves)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"list": ["nothing"]}, "nothing"),
        ({"dues": [{"field": "nothing", "label": "到期"}]}, "nothing"),
        ({"dues": [{"field": "until", "label": "到期", "states": ["nowhere"]}]}, "nowhere"),
        ({"public": {"states": ["running"], "fields": ["price"]}}, "报价"),
        ({"numbering": "中试{year}"}, "seq"),
        ({"fields": [*PILOT["fields"], PILOT["fields"][0]]}, "title"),
        ({"states": [dict(state, start=False) for state in PILOT["states"]]}, "0"),
        ({"moves": [{"to": "running", "label": "开", "of": ["mars"]}, *PILOT["moves"]]}, "mars"),
        ({"fields": [*PILOT["fields"], {"code": "x", "label": "无项", "type": "choice"}]}, "无项"),
        ({"fields": [*PILOT["fields"], {"code": "x", "label": "无的", "type": "link"}]}, "无的"),
        ({"fields": [*PILOT["fields"], {"code": "x", "label": "长文", "type": "long", "key": True}]}, "长文"),
        (
            {
                "fields": [
                    *PILOT["fields"],
                    *({"code": f"k{n}", "label": f"键{n}", "type": "text", "key": True} for n in range(3)),
                ]
            },
            "5",
        ),
        ({"figures": [{"code": "registers.x", "title": "数", "sum": "nothing"}]}, "nothing"),
        ({"figures": [{"code": "registers.x", "title": "条件数", "where": {"level": "县级"}}]}, "条件数"),
        ({"computed": [{"code": "x", "label": "岁数", "kind": "age", "of": "title"}]}, "岁数"),
        ({"computed": [{"code": "x", "label": "行数", "kind": "lines", "of": "title"}]}, "行数"),
        ({"computed": [{"code": "x", "label": "合计", "kind": "sum", "of": "lines.name"}]}, "合计"),
        ({"computed": [{"code": "x", "label": "合计", "kind": "sum", "of": "lines"}]}, "合计"),
        ({"figures": [{"code": "registers.x", "title": "数", "of": {"states": ["nowhere"]}}]}, "nowhere"),
        ({"figures": [{"code": "registers.x", "title": "数", "of": {"where": {"nothing": "x"}}}]}, "nothing"),
        ({"figures": [{"code": "registers.x", "title": "率数", "of": {"states": ["closed"]}}]}, "率数"),
        ({"figures": [{"code": "registers.x", "title": "率数", "of": {"where": {"level": "city"}}}]}, "率数"),
        ({"figures": [{"code": "registers.x", "title": "率数", "unit": "家", "of": {}}]}, "率数"),
        ({"fields": without(PILOT, "fields", "area")}, "area"),
        ({"fields": without(PILOT, "fields", "level")}, "level"),
        ({"fields": without(PILOT, "fields", "until")}, "until"),
        (
            {
                "fields": [
                    *PILOT["fields"],
                    {"code": "deed", "label": "协议", "type": "file", "access": "sensitive"},
                ]
            },
            "deed",
        ),
        ({"surprise": "1"}, "surprise"),
    ],
)
def test_what_is_not_sound_is_told_by_name(changes, word):
    assert word in faults(**changes)


def test_all_faults_are_told_at_once():
    told = faults(list=["nothing"], numbering="x")
    assert "nothing" in told
    assert "seq" in told


def test_required_links_in_a_circle_are_found_once():
    def linked(code: str, to: str, *, required: bool = True) -> RegisterPiece:
        field = {
            "code": "other",
            "label": "另一",
            "type": "link",
            "target": to,
            "required": str(required).lower(),
        }
        return RegisterPiece.model_validate(
            {
                "code": code,
                "name": code,
                "fields": [{"code": "title", "label": "名", "type": "text"}, field],
                "states": [{"code": "on", "label": "在", "start": True, "end": True}],
            }
        )

    circle = {"a": linked("a", "b"), "b": linked("b", "c"), "c": linked("c", "a")}
    assert circles_of(circle) == [["a", "b", "c"]]
    assert circles_of({**circle, "c": linked("c", "a", required=False)}) == []

# SPDX-License-Identifier: Apache-2.0
"""Schemes are content: what a scheme says, what it takes from another, what no scheme may say."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from kechuang.commons.commitments.pieces import ProgressSchemePiece
from kechuang.commons.commitments.schemes import Scheme, scheme_in_force, scheme_of
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.packs.library import Held
from kechuang.commons.packs.reading import Source
from kechuang.commons.releases.actions import release_pieces
from kechuang.engines.progress.classes import class_of
from kechuang.engines.progress.ladders import Slip, climbed, points_lost
from kechuang.engines.progress.lights import Light, Thresholds
from kechuang.engines.progress.pace import Pace, pace_colour
from kechuang.engines.progress.scores import Event, score_sheet
from kechuang.site.content import library

OWN: dict[str, Any] = {
    "code": "own",
    "name": "本地办法",
    "extends": "default",
    "lights": {"yellow_days": "10"},
}
DEFAULT: dict[str, Any] = {
    "code": "default",
    "name": "通用办法",
    "lights": {"yellow_days": "7", "yellow_pace": "0.9", "red_pace": "0.75"},
    "ladder": {
        "working_days": "false",
        "rungs": [{"code": "blue", "name": "蓝单", "trigger": "overdue", "days": "1"}],
    },
}


def _pieces(*told: dict[str, Any]) -> dict[str, ProgressSchemePiece]:
    return {one["code"]: ProgressSchemePiece.model_validate(one) for one in told}


def _shipped(code: str) -> Scheme:
    pieces = {piece.code: piece for piece in library().of(ProgressSchemePiece)}
    return scheme_of(code, pieces)


def test_a_scheme_takes_what_it_is_silent_on_from_the_one_it_extends() -> None:
    scheme = scheme_of("own", _pieces(OWN, DEFAULT))
    assert scheme.thresholds == Thresholds(yellow_days=10)
    assert [rung.code for rung in scheme.ladder] == ["blue"]
    assert scheme.names["ladder", "blue"] == "蓝单"
    assert not scheme.working_days


def test_an_unknown_scheme_is_the_engines_own_limits_and_a_circle_ends() -> None:
    assert scheme_of("none", {}) == Scheme()
    circle = _pieces(OWN, {**DEFAULT, "extends": "own"})
    assert scheme_of("own", circle).thresholds.yellow_days == 10


@pytest.mark.parametrize(
    ("lights", "field"),
    [
        ({"yellow_pace": "0.7", "red_pace": "0.8"}, "lights"),
        ({"measure": "gap", "yellow_pace": "0.3", "red_pace": "0.1"}, "lights"),
        ({"measure": "gap"}, "lights"),
        ({"yellow_pace": "0.9"}, "lights"),
        ({"yellow_days": "-1"}, "yellow_days"),
        ({"about": "1.5"}, "about"),
    ],
)
def test_limits_that_contradict_are_refused(lights: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ProgressSchemePiece.model_validate({**OWN, "lights": lights})
    assert caught.value.errors()[0]["loc"][-1] == field


@pytest.mark.parametrize(
    "rungs",
    [
        [
            {"code": "a", "name": "甲", "trigger": "overdue"},
            {"code": "a", "name": "乙", "trigger": "overdue"},
        ],
        [{"code": "a", "name": "甲", "trigger": "unanswered"}],
        [
            {"code": "a", "name": "甲", "trigger": "overdue", "days": "8"},
            {"code": "b", "name": "乙", "trigger": "overdue", "days": "1"},
        ],
        [{"code": "a", "name": "甲", "trigger": "overdue", "points": "1"}],
    ],
    ids=["twice", "unanswered-first", "downward", "reward"],
)
def test_a_ladder_that_does_not_climb_is_refused(rungs: list[dict[str, str]]) -> None:
    with pytest.raises(ValidationError):
        ProgressSchemePiece.model_validate({**OWN, "ladder": {"rungs": rungs}})


def test_every_shipped_scheme_is_read_and_names_what_it_uses() -> None:
    codes = {piece.code for piece in library().of(ProgressSchemePiece)}
    assert codes == {"default", "yinchuan_2025", "jinzhai_2025", "sanming_2017", "guangyuan_2018", "jiamusi"}
    for code in codes:
        scheme = _shipped(code)
        assert (scheme.code, bool(scheme.source), scheme.verified) == (code, True, False)
        assert all(scheme.names["ladder", rung.code] for rung in scheme.ladder)
        assert all(scheme.names["class", one.code] for one in scheme.classes)
        assert all(scheme.names["rule", rule.code] for rule in scheme.rules)


def test_the_shipped_default_is_the_limits_without_content() -> None:
    limits = _shipped("default").thresholds
    assert limits == Thresholds()


def test_points_behind_the_schedule_as_published() -> None:
    limits = _shipped("yinchuan_2025").thresholds
    colours = [
        pace_colour(
            Pace(Fraction(made, 100), Fraction(80, 100), Fraction(1), "linear", dt.date(2025, 10, 15)), limits
        )
        for made in (71, 70, 50, 49)
    ]
    assert colours == ["green", "yellow", "yellow", "red"]


def test_two_yellow_lights_are_a_letter_and_a_red_one_a_talk_as_published() -> None:
    ladder = _shipped("guangyuan_2018").ladder
    lights = tuple((dt.date(2018, month, 28), "yellow") for month in (3, 4))
    day = dt.date(2018, 12, 31)
    assert [one.rung.code for one in climbed(ladder, Slip(None, lights=lights), day)] == ["letter"]
    worse = Slip(None, lights=(*lights, (dt.date(2018, 5, 28), "red")))
    assert points_lost(climbed(ladder, worse, day)) == -3


def test_classes_and_points_as_published() -> None:
    classes = _shipped("jinzhai_2025").classes
    assert [one.code for one in classes] == ["done", "behind", "ahead", "on-pace", "other"]
    assert class_of(classes, Light("yellow", "way-behind")) == "behind"
    scheme = _shipped("jiamusi")
    kinds = ["closed-on-time"] * 4 + ["closed-late"] * 2 + ["closure-returned"]
    events = [Event(dt.date(2019, 6, 1), kind, f"c:{place}") for place, kind in enumerate(kinds)]
    assert score_sheet(scheme.base, scheme.rules, events).total == 100 + 4 - 2 - 2


@pytest.mark.django_db
def test_the_newest_release_is_in_force(system: Actor) -> None:
    assert scheme_in_force() == Scheme()
    for version, days in (("1", "7"), ("2", "9")):
        told = {**DEFAULT, "version": version, "lights": {"yellow_days": days}}
        piece = ProgressSchemePiece.model_validate(told)
        release_pieces(
            None, system, held=[Held("progress_scheme", piece, "national", "x.yaml", Source(None, {}), ())]
        )
    scheme = scheme_in_force()
    assert (scheme.thresholds.yellow_days, scheme.ladder[0].code) == (9, "blue")

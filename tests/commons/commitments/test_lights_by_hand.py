# SPDX-License-Identifier: Apache-2.0
"""A light set by hand: a reason, an end, one at a time; the rule speaks again afterwards."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from commons.commitments._year import DAY, Year
from kechuang.commons.commitments.actions import lift_light, set_light
from kechuang.commons.commitments.models import Commitment, LightOverride
from kechuang.commons.commitments.wording import reason_words
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem, Refused

pytestmark = pytest.mark.django_db
LAST = dt.date(2019, 10, 31)


def _set(year: Year, colour: str = "red", last: dt.date = LAST) -> LightOverride:
    override: LightOverride = set_light(
        year.task, year.leader, colour=colour, reason="省里已预警", last_day=last
    )
    return override


def test_it_is_shown_with_what_the_rule_says_until_its_last_day(year: Year) -> None:
    rule = year.now().light
    _set(year)
    light = year.now().light
    assert (light.colour, light.reason, light.facts["by"], light.facts["until"]) == (
        "red",
        "overridden",
        "局长",
        LAST,
    )
    assert light.facts["was"] == rule
    assert reason_words(rule) in reason_words(light)
    assert year.now(LAST).light.reason == "overridden"
    assert year.now(LAST + dt.timedelta(days=1)).light.reason != "overridden"


def test_lifted_the_rule_speaks_again_at_once(year: Year) -> None:
    override = _set(year)
    with clock.pinned(dt.date(2019, 10, 20)):
        with pytest.raises(Problem, match="请填写撤销原因"):
            lift_light(override, year.leader, reason="")
        lift_light(override, year.leader, reason="预警已解除")
    assert year.now(dt.date(2019, 10, 19)).light.reason == "overridden"
    assert year.now(dt.date(2019, 10, 20)).light.reason != "overridden"
    with clock.pinned(dt.date(2019, 10, 21)), pytest.raises(Problem, match="已经到期"):
        lift_light(override, year.leader, reason="再撤")


def test_lifted_on_the_day_it_was_set_it_never_was(year: Year) -> None:
    lift_light(_set(year), year.deputy, reason="误设")
    assert year.now().light.reason != "overridden"
    _set(year, "yellow")
    assert year.now().light.colour == "yellow"


def test_a_second_one_waits_for_the_first(year: Year) -> None:
    _set(year)
    with pytest.raises(Problem, match="局长已定灯至 2019-10-31"):
        _set(year, "green")
    with clock.pinned(dt.date(2019, 11, 1)):
        _set(year, "green", dt.date(2019, 11, 10))


@pytest.mark.parametrize(
    ("colour", "reason", "last", "words", "field"),
    [
        ("grey", "理由", LAST, "只能定为正常、预警或滞后", "colour"),
        ("green", " ", LAST, "请填写定灯理由", "reason"),
        ("green", "理由", dt.date(2019, 10, 14), "最多 31 天", "last_day"),
        ("green", "理由", dt.date(2019, 11, 15), "最多 31 天", "last_day"),
    ],
)
def test_bad_input_names_the_field(
    year: Year, colour: str, reason: str, last: dt.date, words: str, field: str
) -> None:
    with pytest.raises(Problem, match=words) as caught:
        set_light(year.task, year.leader, colour=colour, reason=reason, last_day=last)
    assert caught.value.field == field
    set_light(year.task, year.leader, colour="green", reason="理由", last_day=dt.date(2019, 11, 14))


@pytest.mark.parametrize("who", ["lead_staff", "lead_head", "co_staff", "stranger"])
def test_only_a_leader_sets_and_lifts(year: Year, who: str) -> None:
    with pytest.raises(Refused):
        set_light(year.task, getattr(year, who), colour="green", reason="理由", last_day=LAST)
    override = _set(year)
    with pytest.raises(Refused):
        lift_light(override, getattr(year, who), reason="理由")


def test_a_closed_task_keeps_its_light(year: Year) -> None:
    Commitment.objects.update(state="done")
    with pytest.raises(Problem, match="已办结"):
        _set(year)


@pytest.mark.guarantee
def test_the_database_refuses_two_at_a_time_and_an_end_before_the_beginning(year: Year) -> None:
    override = _set(year)
    with pytest.raises(DatabaseError), transaction.atomic():
        LightOverride.objects.create(
            commitment=year.task, colour="green", reason="x", since=DAY, until=LAST, by="别人"
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        LightOverride.objects.filter(pk=override.pk).update(until=DAY - dt.timedelta(days=1))

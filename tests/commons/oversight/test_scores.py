# SPDX-License-Identifier: Apache-2.0
"""The sheet of a year, worked by hand: results, closings, returns, moves, letters; objections; each point opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commons.oversight.conftest import DECEMBER, JANUARY, JUNE, Stage
from kechuang.commons.commitments.actions import (
    ask_extension,
    confirm_closure,
    decide_extension,
    merge_parts,
    report_part,
    return_closure,
)
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.facts.models import Indicator, Observation, Target
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref, resolvable_kinds
from kechuang.commons.oversight.actions import decide_objection, issue_letter, raise_objection
from kechuang.commons.oversight.models import Letter, Objection
from kechuang.commons.oversight.scoring import ASKED, sheet_of
from kechuang.commons.parties.models import Unit

pytestmark = pytest.mark.django_db
ONE = dt.timedelta(days=1)
LATER = dt.date(2020, 1, 20)
FILES = [("总结.txt", b"x")]


def points(stage: Stage, day: dt.date = LATER) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for item in sheet_of(stage.unit, 2019, day).items:
        found[item.rule] = found.get(item.rule, Fraction(0)) + item.points
    return found


def promise(unit: Unit, value: int, reached: int) -> Target:
    indicator = Indicator.objects.create(
        code=f"i{value}", name=f"指标{value}", unit="项", kind="flow", owner=unit
    )
    target = Target.objects.create(
        name=indicator.name, year=2019, comparator=">=", scaled=value, unit="项", indicator=indicator
    )
    Commitment.objects.create(
        kind="target", code=indicator.code, title=indicator.name, target=target, start=JANUARY, due=DECEMBER
    )
    Observation.objects.create(
        indicator=indicator, scaled=reached, period_start=JANUARY, period_end=DECEMBER,
        published_on=dt.date(2019, 12, 31), source="测试",
    )  # fmt: skip
    return target


def a_year(stage: Stage) -> Letter:
    """Of 甲处: two numbers, one reached and one to three quarters; a letter; a late move; a return; a closing in time."""
    promise(stage.unit, 100, 120)
    promise(stage.unit, 200, 150)
    with clock.pinned(JUNE + ONE):
        letter: Letter = issue_letter(stage.deliverable, stage.leader, rung="blue")
        asked = ask_extension(stage.deliverable, stage.staff, new_due=dt.date(2019, 9, 30), reason="等设备")
        decide_extension(asked, stage.leader, approved=True)
    with clock.pinned(dt.date(2019, 9, 10)):
        report_part(stage.lead, stage.staff, text="完成", done=True, files=FILES)
        report_part(stage.co, stage.co_staff, text="完成", done=True, files=FILES)
        merge_parts(stage.task, stage.staff, text="完成", done=True, delivered=[stage.deliverable.pk])
        return_closure(stage.task, stage.leader, reason="缺总结")
        merge_parts(stage.task, stage.staff, text="已补", done=True)
        confirm_closure(stage.task, stage.leader)
    return letter


def test_a_year_comes_to_what_it_comes_to_by_hand(stage: Stage) -> None:
    a_year(stage)
    assert points(stage) == {
        "base": 20,
        "results": 40 * (Fraction(1) + Fraction(3, 4)) / 2,  # 35
        "closed": Fraction(40, 2),  # the task in time, the deliverable slipped before it moved
        "returned": -2,
        "extended": -2,
        "letters": -1,
        "asked": 0,
    }
    assert sheet_of(stage.unit, 2019, LATER).total == 70
    assert sheet_of(stage.unit, 2019, LATER).counts[ASKED] == 1


def test_an_office_with_nothing_due_loses_nothing(stage: Stage) -> None:
    sheet = sheet_of(stage.co.unit, 2019, LATER)
    assert (sheet.total, sheet.counts) == (100, {})


def test_what_is_open_after_its_date_counts_as_not_in_time(stage: Stage) -> None:
    assert points(stage, JUNE)["closed"] == 0  # due today and open
    assert points(stage, JUNE - ONE)["closed"] == 40  # nothing was due yet
    assert points(stage, LATER)["closed"] == 0


def test_letters_cost_no_more_than_their_limit(stage: Stage) -> None:
    for rung, day in (("blue", 1), ("orange", 8), ("red", 14)):
        with clock.pinned(JUNE + day * ONE):
            issue_letter(stage.deliverable, stage.leader, rung=rung)
    found = [item for item in sheet_of(stage.unit, 2019, LATER).items if item.rule == "letters"]
    assert [(item.points, item.limited) for item in found] == [(-1, False), (-2, False), (-1, True)]


def test_an_objection_upheld_takes_its_event_out_and_says_why(stage: Stage) -> None:
    letter = a_year(stage)
    with clock.pinned(LATER):
        objection = raise_objection(
            stage.unit,
            stage.head,
            year=2019,
            event="letter",
            cause=Ref.of(letter),
            reason="设备由上级统一采购",
        )
        assert sheet_of(stage.unit, 2019, LATER).total == 70
        decide_objection(objection, stage.leader, upheld=True, words="属实，不计")
    assert sheet_of(stage.unit, 2019, LATER).total == 71
    (line,) = (item for item in sheet_of(stage.unit, 2019, LATER).items if item.rule == "letters")
    assert line.event is not None
    assert (line.points, line.event.waived) == (0, "属实，不计")
    assert sheet_of(stage.unit, 2019, LATER - ONE).total == 70  # before it was decided


def test_an_objection_not_upheld_changes_nothing(stage: Stage) -> None:
    letter = a_year(stage)
    objection = raise_objection(
        stage.unit, stage.head, year=2019, event="letter", cause=Ref.of(letter), reason="不服"
    )
    decide_objection(objection, stage.leader, upheld=False, words="督办单发出正确")
    assert sheet_of(stage.unit, 2019, LATER).total == 70
    with pytest.raises(Problem):
        decide_objection(objection, stage.leader, upheld=True, words="改")


def test_an_objection_is_to_a_line_of_the_own_sheet_once_with_a_reason(stage: Stage) -> None:
    cause = Ref.of(a_year(stage))
    with pytest.raises(Problem) as silent:
        raise_objection(stage.unit, stage.head, year=2019, event="letter", cause=cause, reason=" ")
    assert silent.value.field == "reason"
    with pytest.raises(Problem):
        raise_objection(stage.unit, stage.head, year=2018, event="letter", cause=cause, reason="不服")
    raise_objection(stage.unit, stage.head, year=2019, event="letter", cause=cause, reason="不服")
    with pytest.raises(Problem):
        raise_objection(stage.unit, stage.head, year=2019, event="letter", cause=cause, reason="再次")


def test_who_may_not_neither_objects_nor_decides(stage: Stage, person: Callable[..., Actor]) -> None:
    cause = Ref.of(a_year(stage))
    for nobody in (stage.staff, person("乙处长", "oversight.raise_objection", over=stage.co.unit)):
        with pytest.raises(Refused):
            raise_objection(stage.unit, nobody, year=2019, event="letter", cause=cause, reason="不服")
    both = person("又申诉又审定", "oversight.raise_objection", "oversight.decide_objection")
    objection = raise_objection(stage.unit, both, year=2019, event="letter", cause=cause, reason="不服")
    for nobody in (stage.head, both):
        with pytest.raises(Refused):
            decide_objection(objection, nobody, upheld=True, words="同意")


def test_every_line_opens_to_the_record_behind_it(
    stage: Stage, browser_of: Callable[[Actor], Client]
) -> None:
    ClockSetting.objects.create(day=LATER)
    a_year(stage)
    for item in sheet_of(stage.unit, 2019, LATER).items:
        if item.event is not None and not item.event.cause.startswith("kernel.entry"):
            ref = Ref.parse(item.event.cause)
            assert ref.kind in resolvable_kinds()
            ref.fetch()
    client = browser_of(stage.head)
    address = f"{reverse('oversight:score-detail', args=[stage.unit.pk])}?year=2019"
    page = client.get(address)
    assert page.context["total"] == "70"
    letter = Letter.objects.get()
    content = page.content.decode()
    assert reverse("oversight:letter-detail", args=[letter.pk]) in content
    link = next(
        part.split('"')[0].replace("&amp;", "&")
        for part in content.split('href="')
        if "/object/" in part and "event=letter" in part
    )
    assert client.post(link, {"reason": "设备由上级采购"}).status_code == 302
    objection = Objection.objects.get()
    decide = reverse("oversight:objection-decide", args=[objection.pk])
    answer = browser_of(stage.leader).post(decide, {"upheld": "yes", "words": "属实"})
    assert answer.status_code == 302
    assert browser_of(stage.head).get(address).context["total"] == "71"


def test_the_list_shows_the_highest_first_and_counts_what_was_asked(
    stage: Stage, browser_of: Callable[[Actor], Client]
) -> None:
    ClockSetting.objects.create(day=LATER)
    a_year(stage)
    listing = (
        browser_of(stage.leader).get(reverse("oversight:score-list"), {"year": "2019"}).context["listing"]
    )
    assert [(str(row.unit), row.total, row.asked) for row in listing.rows] == [
        ("乙处", 100, 0),
        ("甲处", 70, 1),
    ]


def test_three_offices_need_the_queries_of_one(
    stage: Stage, office: Callable[[str], Unit], browser_of: Callable[[Actor], Client]
) -> None:
    ClockSetting.objects.create(day=LATER)
    client, counts = browser_of(stage.leader), []
    client.get(reverse("oversight:score-list"), {"year": "2019"})
    for names in ((), ("丙处", "丁处")):
        for name in names:
            task = Commitment.objects.create(kind="task", code=name, title=name, start=JANUARY, due=JUNE)
            Responsibility.objects.create(commitment=task, unit=office(name), role="lead", since=JANUARY)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("oversight:score-list"), {"year": "2019"})
        counts.append(len(queries))
    assert counts[0] == counts[1]

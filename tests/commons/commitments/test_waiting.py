# SPDX-License-Identifier: Apache-2.0
"""What waits for a decision, and what waited on a day that has passed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commons.commitments._year import DAY, FILES, Year
from kechuang.commons.commitments.actions import (
    ask_extension,
    confirm_closure,
    decide_disagreement,
    decide_extension,
    merge_parts,
    raise_disagreement,
    report_part,
    return_closure,
)
from kechuang.commons.commitments.waiting import waiting_on
from kechuang.commons.kernel import clock

pytestmark = [pytest.mark.django_db, pytest.mark.guarantee]  # one query for both engines
LATER = DAY + dt.timedelta(days=3)
BEFORE = DAY - dt.timedelta(days=1)


def kinds(day: dt.date) -> list[str]:
    return [one.kind for one in waiting_on(day)]


def ask_to_close(year: Year) -> None:
    for part, staff in ((year.lead, year.lead_staff), (year.co, year.co_staff)):
        report_part(part, staff, text="完成", done=True, files=FILES)
    merge_parts(year.task, year.lead_staff, text="完成", done=True)


def test_each_waits_from_the_day_it_was_asked_to_the_day_it_is_decided(year: Year) -> None:
    extension = ask_extension(year.task, year.lead_staff, new_due=dt.date(2020, 2, 28), reason="等数据")
    disagreement = raise_disagreement(
        year.co, year.co_staff, other=year.lead.unit, text="口径", decider=year.user(year.leader), due=LATER
    )
    with clock.pinned(LATER):
        decide_extension(extension, year.leader, approved=False, words="按期完成")
        decide_disagreement(disagreement, year.leader, decision="由甲处核定")
    assert kinds(BEFORE) == []
    assert kinds(DAY) == kinds(LATER - dt.timedelta(days=1)) == ["disagreement", "extension"]
    assert kinds(LATER) == []


def test_a_closing_waits_until_it_is_confirmed(year: Year) -> None:
    ask_to_close(year)
    with clock.pinned(LATER):
        confirm_closure(year.task, year.leader)
    assert (kinds(BEFORE), kinds(DAY), kinds(LATER)) == ([], ["closure"], [])


def test_a_closing_that_came_back_waits_no_longer_and_asked_for_again_waits_anew(year: Year) -> None:
    ask_to_close(year)
    return_closure(year.task, year.leader, reason="缺总结")
    assert kinds(DAY) == []
    with clock.pinned(LATER):
        merge_parts(year.task, year.lead_staff, text="已补", done=True)
    assert (kinds(DAY), kinds(LATER)) == ([], ["closure"])


def test_it_says_what_about_whom_and_until_when(year: Year) -> None:
    raise_disagreement(
        year.co, year.co_staff, other=year.lead.unit, text="口径", decider=year.user(year.leader), due=LATER
    )
    (one,) = waiting_on(DAY)
    assert (one.commitment, one.title, one.since, one.due, one.asked_by) == (
        year.task.pk, "任务一", DAY, LATER, "乙员",
    )  # fmt: skip


def test_it_waits_for_who_may_decide_it_and_not_for_who_asked(year: Year) -> None:
    ask_to_close(year)
    raise_disagreement(
        year.co, year.co_staff, other=year.lead.unit, text="口径", decider=year.user(year.leader), due=LATER
    )
    closing, disagreement = sorted(waiting_on(DAY), key=lambda one: one.kind)
    people = (year.leader, year.deputy, year.lead_staff, year.stranger)
    assert [closing.waits_for(one) for one in people] == [True, True, False, False]
    assert [disagreement.waits_for(one) for one in people] == [True, False, False, False]


def test_one_query_tells_it_all(year: Year) -> None:
    ask_to_close(year)
    with CaptureQueriesContext(connection) as queries:
        assert kinds(DAY) == ["closure"]
    assert len(queries) == 1

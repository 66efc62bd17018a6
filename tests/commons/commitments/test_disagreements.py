# SPDX-License-Identifier: Apache-2.0
"""Two offices that cannot agree: a named person decides by a day, or they settle it themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from commons.commitments._year import DAY, STAFF, Year
from kechuang.commons.access.models import User
from kechuang.commons.commitments.actions import (
    decide_disagreement,
    raise_disagreement,
    report_part,
    withdraw_disagreement,
)
from kechuang.commons.commitments.models import Disagreement, Responsibility
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.parties.models import Unit

pytestmark = pytest.mark.django_db
BY = dt.date(2019, 10, 25)


def _raised(year: Year) -> Disagreement:
    disagreement: Disagreement = raise_disagreement(
        year.co,
        year.co_staff,
        other=year.lead.unit,
        text="数据口径由谁核定",
        decider=year.user(year.leader),
        due=BY,
    )
    return disagreement


def test_it_names_both_offices_the_question_the_decider_and_the_day(year: Year) -> None:
    one = _raised(year)
    assert (str(one.unit), str(one.other), one.decider, one.due) == (
        "乙处",
        "甲处",
        year.user(year.leader),
        BY,
    )
    assert (one.raised_by, one.raised_on, one.decided_on) == ("乙员", DAY, None)


def test_the_decider_decides_once(year: Year) -> None:
    one = _raised(year)
    with pytest.raises(Problem, match="请填写裁定意见"):
        decide_disagreement(one, year.leader, decision=" ")
    decide_disagreement(one, year.leader, decision="由甲处核定，乙处十日内提供")
    stored = Disagreement.objects.get()
    assert (stored.decided_on, stored.decision, stored.withdrawn) == (
        DAY,
        "由甲处核定，乙处十日内提供",
        False,
    )
    with pytest.raises(Problem, match="已于 2019-10-15 了结"):
        decide_disagreement(one, year.leader, decision="改")


def test_nobody_else_decides_but_who_acts_for_him(year: Year) -> None:
    one = _raised(year)
    with pytest.raises(Refused, match="由局长裁定"):
        decide_disagreement(one, year.deputy, decision="由甲处")
    with pytest.raises(Refused):
        decide_disagreement(one, year.lead_staff, decision="由乙处")
    decide_disagreement(one, year.acting_for(year.deputy, year.leader), decision="由甲处")


def test_the_office_that_raised_it_may_settle_it(year: Year) -> None:
    one = _raised(year)
    with pytest.raises(Refused, match="只有提出分歧的乙处可以撤回"):
        withdraw_disagreement(one, year.lead_staff, outcome="已商定")
    withdraw_disagreement(one, year.co_staff, outcome="双方商定由甲处核定")
    assert Disagreement.objects.get().withdrawn is True


def test_an_undecided_one_warns_after_its_day_and_no_longer(year: Year) -> None:
    for part, staff in ((year.lead, year.lead_staff), (year.co, year.co_staff)):
        report_part(part, staff, text="在做")
    one = _raised(year)
    assert year.now(BY).light.reason != "undecided"
    late = year.now(BY + dt.timedelta(days=3)).light
    assert (late.colour, late.reason, late.facts) == (
        "yellow",
        "undecided",
        {"decider": "局长", "days": 3, "due": BY},
    )
    decide_disagreement(one, year.leader, decision="由甲处")
    assert year.now(BY + dt.timedelta(days=3)).light.reason != "undecided"


@pytest.mark.parametrize("who", ["lead_staff", "leader", "stranger"])
def test_an_office_speaks_only_for_itself(year: Year, who: str) -> None:
    with pytest.raises(Refused):
        raise_disagreement(
            year.co,
            getattr(year, who),
            other=year.lead.unit,
            text="越权",
            decider=year.user(year.deputy),
            due=BY,
        )


def test_bad_input_names_the_field(year: Year, office: Callable[[str], Unit]) -> None:
    outside, good = (
        office("丙处"),
        {"other": year.lead.unit, "text": "口径", "decider": year.user(year.leader), "due": BY},
    )
    cases = [
        ({"other": outside}, "不是这项任务的两个责任处室", "other"),
        ({"other": year.co.unit}, "不是这项任务的两个责任处室", "other"),
        ({"text": " "}, "请填写分歧事项", "text"),
        ({"due": dt.date(2019, 10, 14)}, "已经过去", "due"),
        ({"decider": year.user(year.lead_head)}, "没有裁定分歧的权限", "decider"),
        ({"decider": year.user(year.co_staff)}, "不能自己裁定", "decider"),
    ]
    for given, words, field in cases:
        with pytest.raises(Problem, match=words) as caught:
            raise_disagreement(year.co, year.co_staff, **{**good, **given})
        assert caught.value.field == field
    User.objects.filter(pk=year.leader.id).update(is_active=False)
    with pytest.raises(Problem, match="没有裁定分歧的权限"):
        raise_disagreement(year.co, year.co_staff, **{**good, "decider": year.user(year.leader)})
    assert Disagreement.objects.count() == 0


def test_two_helping_offices_first_ask_the_lead(
    year: Year, office: Callable[[str], Unit], person: Callable[..., Actor]
) -> None:
    third = office("丙处")
    part = Responsibility.objects.create(commitment=year.task, unit=third, role="co", since=DAY)
    staff = person("丙员", *STAFF, over=third)
    given = {"text": "口径", "decider": year.user(year.leader), "due": BY}
    with pytest.raises(Problem, match="牵头处室与配合处室之间"):
        raise_disagreement(part, staff, other=year.co.unit, **given)
    raise_disagreement(part, staff, other=year.lead.unit, **given)


@pytest.mark.guarantee
def test_the_database_wants_two_offices_and_a_decision_in_words(year: Year) -> None:
    one = _raised(year)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disagreement.objects.filter(pk=one.pk).update(other=year.co.unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disagreement.objects.filter(pk=one.pk).update(decided_on=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disagreement.objects.filter(pk=one.pk).update(decision="口头")

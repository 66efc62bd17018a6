# SPDX-License-Identifier: Apache-2.0
"""The facts of a content pack as a plan in force."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from kechuang.apps.workplan.actions import install_plan_facts
from kechuang.apps.workplan.models import Plan
from kechuang.apps.workplan.pieces import PlanPiece
from kechuang.apps.workplan.queries.editions import lines_of
from kechuang.apps.workplan.queries.openings import open_points
from kechuang.apps.workplan.queries.tasks import targets_of
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.parties.models import Unit

pytestmark = pytest.mark.django_db


def piece(**more: object) -> PlanPiece:
    return PlanPiece.model_validate({
        "code": "y-2020", "title": "云川市2020年工作要点", "issuer": "云川市科学技术局", "year": "2020",
        "targets": [{"name": "高新技术企业", "word": "突破", "comparator": ">", "value": "1500.5", "unit": "家"}],
        "areas": [{"number": "一", "title": "体系", "tasks": [
            {"number": "1", "title": "编制规划", "responsible": ["yunchuan-甲处", "yunchuan-乙处"],
             "deliverables": ["形成初稿", "提交审议"]},
            {"number": "2", "title": "推进平台", "lead": ["yunchuan-乙处"], "co": ["yunchuan-甲处"], "due": "2020-06-30",
             "targets": [{"name": "实验室", "comparator": ">=", "value": "5", "value_max": "6.5", "unit": "家"}]},
        ]}],
        **more,
    })  # fmt: skip


def test_facts_become_a_plan_in_force(system: Actor, units: dict[str, Unit]) -> None:
    version = install_plan_facts(piece(), system)
    assert (version.state, version.plan.title, version.no) == ("issued", "云川市2020年工作要点", 1)
    tasks = Commitment.objects.filter(kind="task")
    assert [(one.code, one.title, one.due) for one in tasks] == [
        ("2020/1", "编制规划", dt.date(2020, 12, 31)), ("2020/2", "推进平台", dt.date(2020, 6, 30)),
    ]  # fmt: skip
    roles = Responsibility.objects.order_by("commitment", "order").values_list("unit__short_name", "role")
    assert list(roles) == [("甲处", "responsible"), ("乙处", "responsible"), ("乙处", "lead"), ("甲处", "co")]
    assert [
        office.name for item in lines_of(version) for office in item.offices.all() if office.suggested
    ] == ["甲处"]
    assert [(one.name, one.value, one.value_max, one.headline) for one in targets_of(version)] == [
        ("高新技术企业", Decimal("1500.5"), None, True), ("实验室", Decimal("5.0"), Decimal("6.5"), False),
    ]  # fmt: skip
    assert Commitment.objects.filter(kind="deliverable", parent=tasks[0]).count() == 2
    assert open_points(version, lines_of(version)) == []


def test_facts_are_brought_in_once(system: Actor, units: dict[str, Unit]) -> None:
    first = install_plan_facts(piece(), system)
    count = Commitment.objects.count()
    assert install_plan_facts(piece(), system) == first
    assert (Plan.objects.count(), Commitment.objects.count()) == (1, count)


def test_an_office_that_does_not_exist_is_named_and_nothing_is_stored(system: Actor) -> None:
    with pytest.raises(Problem, match=r"编制规划.*yunchuan-甲处、yunchuan-乙处"):
        install_plan_facts(piece(), system)
    assert Plan.objects.count() == 0


def test_only_the_program_itself_brings_in_facts(leader: Actor, units: dict[str, Unit]) -> None:
    with pytest.raises(Refused, match="内容包"):
        install_plan_facts(piece(), leader)

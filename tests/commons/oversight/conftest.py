# SPDX-License-Identifier: Apache-2.0
"""A scheme with three rungs and hand-made points, a task with a deliverable and a milestone, and who takes part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from kechuang.commons.commitments.actions import (
    Part,
    approve_milestone,
    draft_milestone,
    open_commitment,
)
from kechuang.commons.commitments.models import Commitment, Milestone, Responsibility
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit
from kechuang.commons.releases.canonical import digest
from kechuang.commons.releases.models import Release

JANUARY, JUNE, DECEMBER = dt.date(2019, 1, 1), dt.date(2019, 6, 28), dt.date(2019, 12, 31)
SOURCE = Ref("workplan.item", "1")
SCHEME: dict[str, Any] = {
    "code": "default", "version": "1", "name": "测试办法", "source": "测试",
    "ladder": {
        "working_days": "false",
        "rungs": [
            {"code": "blue", "name": "蓝色督办单", "trigger": "overdue", "days": "1", "reply_days": "5", "points": "-1"},
            {"code": "orange", "name": "橙色督办单", "trigger": "overdue", "days": "8", "reply_days": "5", "points": "-2"},
            {"code": "red", "name": "红色督办单", "trigger": "unanswered", "reply_days": "3", "points": "-3"},
        ],
    },
    "score": {
        "base": "20",
        "rules": [
            {"code": "results", "name": "目标完成", "event": "target-result", "points": "40", "mode": "mean", "idle": "40"},
            {"code": "closed", "name": "按期办结", "event": "closed", "points": "40", "mode": "mean", "idle": "40"},
            {"code": "returned", "name": "被退回", "event": "closure-returned", "points": "-2", "most": "10"},
            {"code": "extended", "name": "逾期延期", "event": "extended-late", "points": "-2"},
            {"code": "letters", "name": "督办单", "event": "letter", "points": "1", "most": "4"},
            {"code": "asked", "name": "要求报送", "event": "report-asked", "points": "0"},
        ],
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def scheme(db: None) -> None:
    Release.objects.create(
        kind="progress_scheme", code="default", number="1", pack="test", sha256=digest(SCHEME), released_at=clock.now(),
        content=SCHEME,
    )  # fmt: skip


@dataclass
class Stage:
    """甲处 leads, 乙处 helps; the task is due at the end of the year, its deliverable at the end of June."""

    task: Commitment
    deliverable: Commitment
    lead: Responsibility
    co: Responsibility
    staff: Actor
    head: Actor
    co_staff: Actor
    leader: Actor
    deputy: Actor

    @property
    def unit(self) -> Unit:
        return self.lead.unit

    def milestone(self) -> Milestone:
        """One of the helping office, due at the end of July."""
        made = draft_milestone(
            self.co, self.co_staff, title="形成方案", grain="month", month=dt.date(2019, 7, 1)
        )
        approved: Milestone = approve_milestone(made, self.leader)
        return approved


@pytest.fixture
def stage(person: Callable[..., Actor], office: Callable[[str], Unit], system: Actor) -> Stage:
    first, second = office("甲处"), office("乙处")
    common = {"start": JANUARY, "source": SOURCE}
    task = open_commitment(
        None, system, kind="task", code="2019/1", title="任务一", due=DECEMBER,
        parts=[Part(first, "lead"), Part(second, "co")], **common,
    )  # fmt: skip
    deliverable = open_commitment(
        None, system, kind="deliverable", code="2019/1.1", title="举措一", due=JUNE, parent=task, **common
    )
    lead, co = task.responsibilities.order_by("order")
    staff = ("commitments.report_part", "commitments.merge_parts", "commitments.draft_milestone",
             "commitments.ask_extension", "oversight.view_letter")  # fmt: skip
    leads = ("commitments.confirm_closure", "commitments.approve_milestone", "commitments.decide_extension",
             "oversight.issue_letter", "oversight.view_letter", "oversight.decide_objection")  # fmt: skip
    return Stage(
        task,
        deliverable,
        lead,
        co,
        person("甲员", *staff, over=first),
        person("甲处长", "oversight.raise_objection", "oversight.view_letter", over=first),
        person("乙员", *staff, over=second),
        person("局长", *leads),
        person("副局长", *leads),
    )

# SPDX-License-Identifier: Apache-2.0
"""What the offices of the demo year do beside reporting: take note, set themselves steps, ask for time, disagree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from kechuang.apps.workplan.queries.tasks import TaskLine
from kechuang.commons.access.models import User
from kechuang.commons.comments.actions import give_instruction
from kechuang.commons.comments.models import Comment
from kechuang.commons.commitments.actions import (
    approve_milestone,
    ask_extension,
    decide_extension,
    draft_milestone,
    raise_disagreement,
    receive_part,
    report_part,
    set_light,
)
from kechuang.commons.commitments.models import Milestone, Responsibility
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref

INSTRUCTED = (
    (0, 36, 5, "请牵头处室梳理未完成事项，提出加快推进的办法。"),
    (10, 12, -15, "请会同区县科技局核实进展，专题报告一次。"),
)
EVERY, UNRECEIVED = 3, 40
STEPS = (("工作方案印发", 4), ("阶段成果形成", 9), ("全年总结报送", 12))
MOVED, ASKED, BY_HAND = 0, 4, 2


class Steps:
    """Steps of every third task, one moved in time, one asked for too late; a light by hand, a dispute."""

    def __init__(self, people: Mapping[str, Actor], day: dt.date) -> None:
        self.people, self.day = people, day
        self.leader = people["demo-leader"]

    def play(self, lines: Sequence[TaskLine]) -> None:
        """All of it, through the actions that people use."""
        parts = [part for line in lines for part in line.parts]
        with clock.pinned(dt.date(self.day.year, 3, 4)):
            for number, part in enumerate(parts):
                if number % UNRECEIVED:
                    receive_part(part, self._staff(part))
        led = [(line, self._lead(line)) for line in lines[::EVERY]]
        for number, (line, lead) in enumerate(led):
            if lead is not None and line.task.state == "open":
                self._steps(lead, number)
        self._dispute(lines, parts[0])
        self._instruct(lines)
        with clock.pinned(self.day - dt.timedelta(days=6)):
            last = self.day + dt.timedelta(days=14)
            words = "上级文件待发，已与主管部门协调。（演示数据）"
            set_light(led[BY_HAND][0].task, self.leader, colour="yellow", reason=words, last_day=last)

    @staticmethod
    def _lead(line: TaskLine) -> Responsibility | None:
        return next((part for part in line.parts if part.role == Responsibility.Role.LEAD), None)

    def _staff(self, part: Responsibility, role: str = "staff") -> Actor:
        return self.people[f"demo-{part.unit.code}-{role}"]

    def _steps(self, part: Responsibility, number: int) -> None:
        for title, month in STEPS:
            first = dt.date(self.day.year, month, 1)
            with clock.pinned(dt.date(self.day.year, 3, 11)):
                step = draft_milestone(part, self._staff(part), title=title, grain="month", month=first)
            if number == 0 and month == STEPS[-1][1]:
                continue  # waits for approval
            with clock.pinned(dt.date(self.day.year, 3, 15)):
                step = approve_milestone(step, self._staff(part, "head"))
            middle = month == STEPS[1][1]
            if number == MOVED and middle:
                self._move(part, step)
            elif number == ASKED and middle:
                with clock.pinned(self.day - dt.timedelta(days=2)):
                    new = dt.date(self.day.year, 11, 30)
                    ask_extension(step, self._staff(part), new_due=new, reason="外部数据未到。（演示数据）")
            elif step.due <= self.day:
                self._reach(part, step)

    def _move(self, part: Responsibility, step: Milestone) -> None:
        """Asked for before the day, and granted."""
        with clock.pinned(step.due - dt.timedelta(days=10)):
            new = dt.date(self.day.year, 11, 30)
            asked = ask_extension(step, self._staff(part), new_due=new, reason="等待上级文件。（演示数据）")
        with clock.pinned(step.due - dt.timedelta(days=6)):
            decide_extension(asked, self.leader, approved=True, words="同意，抓紧推进。（演示数据）")

    def _reach(self, part: Responsibility, step: Milestone) -> None:
        with clock.pinned(step.due - dt.timedelta(days=4)):
            file = (
                f"{step.title}（演示）.txt",
                f"{part.commitment.title}：{step.title}，演示数据。".encode(),
            )
            words = f"节点“{step.title}”已完成。（演示数据）"
            report_part(part, self._staff(part), text=words, files=[file], reached=[step])

    def _instruct(self, lines: Sequence[TaskLine]) -> None:
        """The leader asks two things of offices on the pages of tasks; one of them is overdue."""
        for place, given, overdue, words in INSTRUCTED:
            line = lines[place]
            offices = [Ref.of(part.unit) for part in line.parts[:2]]
            with clock.pinned(self.day - dt.timedelta(days=given)):
                give_instruction(
                    Comment.on(Ref.of(line.task)),
                    self.leader,
                    text=f"{words}（演示数据）",
                    due=self.day - dt.timedelta(days=overdue),
                    offices=offices,
                )

    def _dispute(self, lines: Sequence[TaskLine], one: Responsibility) -> None:
        """An office brings its disagreement with the lead of another task before the leader."""
        for line in lines:
            lead = self._lead(line)
            mine = next((part for part in line.parts if part.unit_id == one.unit_id), None)
            if lead is None or mine is None or mine.pk == lead.pk or line.task.state != "open":
                continue
            with clock.pinned(self.day - dt.timedelta(days=3)):
                raise_disagreement(
                    mine,
                    self._staff(mine),
                    other=lead.unit,
                    text="双方对统计口径和数据报送责任意见不一致，请裁定由哪个处室汇总。（演示数据）",
                    decider=User.objects.get(username="demo-leader"),
                    due=self.day + dt.timedelta(days=4),
                )
            return

# SPDX-License-Identifier: Apache-2.0
"""Reports through the demo year: seeded, plausible, and made by the same actions that people use."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable

from django.db import transaction

from kechuang.apps.workplan.actions import settle_lead
from kechuang.apps.workplan.models import ItemOffice, PlanVersion
from kechuang.apps.workplan.queries.tasks import TaskLine, current_version, task_lines
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import User
from kechuang.commons.commitments.actions import confirm_closure, merge_parts, report_part, revise_commitment
from kechuang.commons.commitments.models import Commitment, Report, Responsibility
from kechuang.commons.commitments.tasks import turn_rounds
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import Unit
from kechuang.site.demo.next_year import draft_next_year
from kechuang.site.demo.steps import Steps

SEED = 2019
STEPS = (
    "已制定方案并征求意见",
    "已召开推进会，明确分工",
    "已完成调研，形成清单",
    "正在组织实施，进度正常",
    "已完成阶段任务，准备验收",
)
REST = ("下一步抓紧落实。", "下一步对接相关单位。", "存在的困难：数据收集较慢。", "下一步形成总结。")
QUIET_SHARE, CLOSED_TASKS = 0.12, (4, 9)
SILENT_MONTH, SILENT_ROUND, LATE_REPORT = 0.7, 0.06, 0.05
LATE_SHARE, UNDELIVERED_SHARE = 0.12, 0.16
FIRST_MONTH, QUIET_FROM, LAST_MONTH = 3, 6, 12
DRAFTED_BEFORE = 5


class Year:
    """The demo year of the plan in force on a day."""

    def __init__(self, day: dt.date) -> None:
        self.day, self.random = day, random.Random(SEED)  # noqa: S311 -- a reproducible demo, not a secret
        users = {user.username: user for user in User.objects.filter(demo=True)}
        self.people = {name: actor_of(user) for name, user in users.items()}
        self.system = Actor.system("demo")

    def play(self) -> int:
        """All of the year or nothing of it; returns the number of reports, 0 where the year has been played."""
        version = current_version(self.day)
        if version is None or Report.objects.exists():
            return 0
        with transaction.atomic():
            count = self._play(version)
            with clock.pinned(self.day - dt.timedelta(days=DRAFTED_BEFORE)):
                draft_next_year(version, self.people[f"demo-{self._first_office(version).code}-head"])
        return count

    def _play(self, version: PlanVersion) -> int:
        """Settle leads, set due dates, let the offices report month by month, close what is closed."""
        with clock.pinned(dt.date(self.day.year, FIRST_MONTH, 1)):
            self._settle_leads(version)
            lines = task_lines(version, self.day)
            self._set_dues(lines)
        count = 0
        quiet = {part.pk for line in lines for part in line.parts if self.random.random() < QUIET_SHARE}
        for month in range(FIRST_MONTH, self.day.month + 1):
            count += self._month(lines, month, quiet)
        self._deliver(lines)
        self._close(lines)
        Steps(self.people, self.day).play(lines)
        return count

    @staticmethod
    def _first_office(version: PlanVersion) -> Unit:
        """The office that the plan names first; it prepares the next one."""
        return Unit.objects.filter(responsibilities__commitment__items__plan_version=version).order_by(
            "order"
        )[0]

    def _staff(self, part: Responsibility, role: str = "staff") -> Actor:
        return self.people[f"demo-{part.unit.code}-{role}"]

    def _settle_leads(self, version: PlanVersion) -> None:
        """The document names no leads; the leader of the demo takes the office named first, on record."""
        suggested = ItemOffice.objects.filter(item__plan_version=version, suggested=True).select_related(
            "item"
        )
        for office in suggested.order_by("item__order"):
            settle_lead(office.item, self.people["demo-leader"], office=office)

    def _set_dues(self, lines: Iterable[TaskLine]) -> None:
        for line in lines:
            for number, part in enumerate(line.task.deliverables):
                month = 4 + (number * 3 + self.random.randrange(4)) % 9
                due = dt.date(self.day.year, month, 20 if month == LAST_MONTH else 28)
                source = part.sources.get()
                revise_commitment(
                    part,
                    self.system,
                    title=part.title,
                    text=part.text,
                    due=due,
                    source=source.ref,
                    order=part.order,
                )
                part.due = due

    def _month(self, lines: Iterable[TaskLine], month: int, quiet: set[int]) -> int:
        """Rounds open on the first; most offices report in them, a few late, some not at all."""
        with clock.pinned(dt.date(self.day.year, month, 1)):
            turn_rounds()
        asked, count = month % 3 == 0, 0
        silent = SILENT_ROUND if asked else SILENT_MONTH
        for line in lines:
            for part in line.parts:
                if (part.pk in quiet and month >= QUIET_FROM) or self.random.random() < silent:
                    continue
                late = asked and self.random.random() < LATE_REPORT
                day = dt.date(self.day.year, month, 28 if late else self.random.randrange(3, 26))
                if day > self.day:
                    continue
                with clock.pinned(day):
                    words = f"{self.random.choice(STEPS)}。{self.random.choice(REST)}（演示数据）"
                    report_part(part, self._staff(part), text=words)
                count += 1
        with clock.pinned(min(self.day, dt.date(self.day.year, month, 28))):
            turn_rounds()
        return count

    def _deliver(self, lines: Iterable[TaskLine]) -> None:
        for line in lines:
            lead = next((part for part in line.parts if part.role == Responsibility.Role.LEAD), None)
            if lead is None:
                continue
            for part in line.task.deliverables:
                if part.due is None or part.due > self.day or self.random.random() < UNDELIVERED_SHARE:
                    continue
                late = self.random.random() < LATE_SHARE
                day = min(
                    self.day, part.due + dt.timedelta(days=9 if late else -self.random.randrange(1, 15))
                )
                with clock.pinned(day):
                    words = f"举措“{part.title}”已完成。（演示数据）"
                    merge_parts(line.task, self._staff(lead, "head"), text=words, delivered=[part.pk])

    def _close(self, lines: list[TaskLine]) -> None:
        """One task is closed, one waits for the leader."""
        for number, line in enumerate(lines):
            lead = next((part for part in line.parts if part.role == Responsibility.Role.LEAD), None)
            if lead is None or number not in CLOSED_TASKS:
                continue
            with clock.pinned(self.day - dt.timedelta(days=4)):
                for part in line.parts:
                    file = (
                        "工作总结（演示）.txt",
                        f"{line.task.title}：{part.unit}工作总结，演示数据。".encode(),
                    )
                    report_part(
                        part,
                        self._staff(part),
                        text="本处室任务已完成。（演示数据）",
                        done=True,
                        files=[file],
                    )
                left = [
                    part.pk for part in line.task.parts.filter(kind=Commitment.Kind.DELIVERABLE, state="open")
                ]
                merge_parts(
                    line.task,
                    self._staff(lead, "head"),
                    text="各处室均已完成，申请办结。（演示数据）",
                    done=True,
                    delivered=left,
                )
                if number == CLOSED_TASKS[0]:
                    confirm_closure(line.task, self.people["demo-leader"])

# SPDX-License-Identifier: Apache-2.0
"""Our data: a hundred plan years as a bureau would leave them, written in bulk.

Guarantees are lifted while the rows go in and are in force again before anything is measured.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.db import connection, transaction
from django.urls import reverse

from kechuang.apps.workplan.models import Area, Item, Plan, PlanVersion
from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.commitments.models import Commitment, Evidence, Merge, Report, Responsibility, Source
from kechuang.commons.facts.models import Indicator, Observation, Target
from kechuang.commons.kernel.guarantees import lifted
from kechuang.commons.kernel.models import ClockSetting, Entry
from kechuang.commons.parties.models import Organization, Unit

SEED, LAST_YEAR, DAY = 2019, 2019, dt.date(2019, 10, 15)
OFFICES, DELIVERABLES, AREAS, HEADLINE = 14, 5, 8, 9
PERMISSIONS = (
    "workplan.view_plan",
    "commitments.report_part",
    "commitments.merge_parts",
    "commitments.confirm_closure",
    "kernel.view_journal",
    "site.start_at_cockpit",
)
PIECES = (
    "推进",
    "完善",
    "建设",
    "科技",
    "成果",
    "转化",
    "平台",
    "企业",
    "高新",
    "创新",
    "体系",
    "改革",
    "园区",
    "服务",
    "人才",
    "计划",
    "项目",
    "资金",
    "重点",
    "试点",
)
VERBS = (
    "commitments.part.reported",
    "commitments.commitment.merged",
    "commitments.commitment.revised",
    "commitments.closure.confirmed",
)


def fill(years: int, tasks: int, parts: int, targets: int, entries: int) -> tuple[User, dict[str, Any]]:
    """Plan years and their journal; a person who may read, report, merge and confirm everywhere."""
    with lifted(connection), transaction.atomic():
        made = Years(tasks, parts, targets)
        made.fill(years)
        made.keep_journal(entries)
        person = viewer(DAY)
    pages = {
        "list": reverse("workplan:task-list"),
        "detail": reverse("workplan:task-detail", args=[made.task_of_last_year]),
        "cockpit": reverse("cockpit"),
    }
    return person, {"pages": pages, "sizes": sizes(), "version": product_version()}


def viewer(day: dt.date) -> User:
    """A person who sees everything, on a day."""
    ClockSetting.objects.create(day=day)
    role = Role.objects.create(code="bench", name="演示角色", permissions=list(PERMISSIONS))
    person = User(username="bench", display_name="演示处长")
    person.set_unusable_password()
    person.save()
    Grant.objects.create(user=person, role=role)
    return person


def sizes() -> dict[str, int]:
    """What is in the tables."""
    counted: dict[str, Any] = {
        "plan years": Plan.objects,
        "tasks": Commitment.objects.filter(kind="task"),
        "deliverables": Commitment.objects.filter(kind="deliverable"),
        "targets": Target.objects,
        "responsibilities": Responsibility.objects,
        "reports": Report.objects,
        "journal entries": Entry.objects,
    }
    return {words: rows.count() for words, rows in counted.items()}


def product_version() -> str:
    """The product's version where it is installed."""
    try:
        return version("kechuang")
    except PackageNotFoundError:
        return ""


class Years:
    """Plan years of one city, the later numbered after the earlier; ``rounds`` are the months of reports."""

    day, rounds = DAY, (3, 5, 7, 9)

    def __init__(self, tasks: int, parts: int, targets: int) -> None:

        self.tasks, self.parts, self.targets = tasks, parts, targets
        self.dice = random.Random(SEED)
        self.task_of_last_year = 0

    def fill(self, count: int) -> None:
        """So many years, the last being LAST_YEAR."""
        self._city("演示市", "bench")
        for year in range(LAST_YEAR - count + 1, LAST_YEAR + 1):
            self._year(year)

    def _city(self, name: str, code: str) -> None:
        """A city's bureau with its offices, and what it measures."""
        self.bureau = Organization.objects.create(name=f"{name}科学技术局", demo=True)
        self.units = Unit.objects.bulk_create(
            Unit(
                organization=self.bureau,
                code=f"{code}-{n:02}",
                name=f"第{n:02}处室",
                short_name=f"{n:02}处",
                order=n,
            )
            for n in range(1, OFFICES + 1)
        )
        self.indicators = Indicator.objects.bulk_create(
            Indicator(code=f"{code}.{n}", name=f"演示指标{n}", unit="项", kind="flow")
            for n in range(self.targets)
        )

    def _year(self, year: int) -> None:

        bureau = self.bureau.name
        plan = Plan.objects.create(title=f"{bureau}{year}年工作要点", issuer=bureau, year=year)
        version = PlanVersion.objects.create(plan=plan, no=1, state=PlanVersion.State.ISSUED)
        areas = Area.objects.bulk_create(
            Area(plan_version=version, title=f"{n}、{self._words(6)}", order=n) for n in range(1, AREAS + 1)
        )
        tasks = self._commitments(year, "task", self.tasks, [None] * self.tasks)
        Item.objects.bulk_create(
            Item(
                plan_version=version,
                kind=Item.Kind.TASK,
                area=areas[number * AREAS // self.tasks],
                number=str(number + 1),
                title=task.title,
                text=task.text,
                order=number,
                commitment=task,
            )
            for number, task in enumerate(tasks)
        )
        self._commitments(
            year, "deliverable", self.tasks * DELIVERABLES, [t for t in tasks for _n in range(DELIVERABLES)]
        )
        self._targets(year, version, tasks)
        self._responsibilities(year, tasks)
        self.task_of_last_year = tasks[self.tasks // 2].pk

    def _commitments(self, year: int, kind: str, count: int, parents: Sequence[Any]) -> list[Any]:

        rows = []
        for number in range(count):
            due = dt.date(year, self.dice.randrange(4, 13), 25)
            closed = due - dt.timedelta(days=3) if due < self.day and self.dice.random() < 0.85 else None
            rows.append(
                Commitment(
                    kind=kind,
                    code=f"{year}-{kind[0]}{number + 1}",
                    title=self._words(14),
                    text=self._words(60),
                    parent=parents[number],
                    start=dt.date(year, 1, 1),
                    due=due,
                    state="done" if closed else "open",
                    closed_on=closed,
                    order=number,
                )
            )
        made = Commitment.objects.bulk_create(rows)
        Source.objects.bulk_create(
            Source(commitment=row, ref_kind="workplan.plan", ref_id=str(year)) for row in made
        )
        return made

    def _targets(self, year: int, version: Any, tasks: Sequence[Any]) -> None:

        goals = Target.objects.bulk_create(
            Target(
                name=indicator.name,
                indicator=indicator,
                year=year,
                word="达到",
                comparator="=",
                scaled=1000 + number,
                unit="项",
                headline=number < HEADLINE,
            )
            for number, indicator in enumerate(self.indicators)
        )
        promised = Commitment.objects.bulk_create(
            Commitment(
                kind="target",
                code=f"{year}-z{number + 1}",
                title=goal.name,
                target=goal,
                parent=None if goal.headline else tasks[len(tasks) // 2],
                start=dt.date(year, 1, 1),
                due=dt.date(year, 12, 31),
                order=number,
            )
            for number, goal in enumerate(goals)
        )
        Item.objects.bulk_create(
            Item(
                plan_version=version,
                kind=Item.Kind.TARGET,
                title=row.title,
                order=1000 + row.order,
                commitment=row,
            )
            for row in promised
        )
        Observation.objects.bulk_create(
            Observation(
                indicator=indicator,
                scaled=100 * month,
                period_start=dt.date(year, 1, 1),
                period_end=dt.date(year, month, 28),
                published_on=dt.date(year, month + 1, 15),
                source="演示数据",
            )
            for indicator in self.indicators
            for month in range(1, self.day.month)
        )

    def _responsibilities(self, year: int, tasks: Sequence[Any]) -> None:

        turns = itertools.islice(itertools.cycle(range(len(tasks))), self.parts)
        parts = Responsibility.objects.bulk_create(
            Responsibility(
                commitment=tasks[task],
                unit=self.units[(task + place * 3) % OFFICES],
                role="co" if place else "lead",
                state="done" if tasks[task].closed_on else "open",
                since=dt.date(year, 1, 1),
                order=place,
            )
            for task, place in ((task, count // len(tasks)) for count, task in enumerate(turns))
        )
        days = [dt.date(year, month, 12) for month in self.rounds]
        reports = Report.objects.bulk_create(
            Report(responsibility=part, day=day, at=moment(day), by="演示人员", text=self._words(40))
            for part in parts
            for day in (days if self.dice.random() < 0.8 else days[:2])
        )
        Evidence.objects.bulk_create(
            Evidence(
                report=report, ref_kind="commitments.responsibility", ref_id=str(report.responsibility_id)
            )
            for report in reports[::5]
        )
        Merge.objects.bulk_create(
            Merge(
                commitment=task,
                day=days[-1],
                at=moment(days[-1]),
                by="演示处长",
                by_id="0",
                text=self._words(50),
            )
            for task in tasks
        )

    def keep_journal(self, count: int) -> None:
        """So many entries, spread over all tasks, ending on the day."""
        refs = list(Commitment.objects.filter(kind="task").order_by("id").values_list("id", "start"))
        entries = (
            Entry(
                at=moment(day),
                business_day=day,
                verb=VERBS[number % len(VERBS)],
                actor_kind="person",
                actor_id=str(number % 40),
                actor_name=f"演示人员{number % 40}",
                ref_kind="commitments.commitment",
                ref_id=str(ref),
                data={"text": "演示数据", "done": False},
            )
            for number, (ref, day) in enumerate(self._turns(refs, count))
        )
        Entry.objects.bulk_create(entries, batch_size=2000)

    def _turns(self, refs: Sequence[tuple[int, dt.date]], count: int) -> Iterator[tuple[int, dt.date]]:
        """Years one after the other, days inside a year in order."""
        for number in range(count):
            place = number * len(refs) // count
            year = refs[place][1].year
            within = number * len(refs) / count % self.tasks / self.tasks
            first = place - place % self.tasks
            yield (
                refs[first + number % self.tasks][0],
                dt.date(year, 1, 1) + dt.timedelta(days=int(within * 288)),
            )

    def _words(self, count: int) -> str:
        return "".join(self.dice.choices(PIECES, k=count))


def moment(day: dt.date) -> dt.datetime:
    """Nine o'clock of a day."""
    return dt.datetime.combine(day, dt.time(9), dt.UTC)

# SPDX-License-Identifier: Apache-2.0
"""The plan on a day for a paper (月报、通报、台账): counts, classes, numbers, tasks, offices, what came and comes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.apps.workplan.models import PlanVersion
from kechuang.apps.workplan.queries.days import PlanDay, seen_on, versions_on
from kechuang.apps.workplan.queries.tasks import TaskLine
from kechuang.commons.access.grants import holds
from kechuang.commons.commitments.models import (
    Commitment,
    Evidence,
    Merge,
    Milestone,
    Report,
    Responsibility,
)
from kechuang.commons.commitments.schemes import scheme_in_force
from kechuang.commons.commitments.waiting import waiting_on
from kechuang.commons.commitments.wording import percent, reason_words
from kechuang.commons.figures.standings import TargetLine
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.oversight.scoring import ASKED, events_of
from kechuang.commons.papers.markup import Value, flat
from kechuang.commons.papers.sources import paper_source
from kechuang.commons.parties.models import Unit
from kechuang.commons.ui.marks import light_words
from kechuang.commons.ui.numbers import cn_date
from kechuang.engines.progress.classes import class_of, counted
from kechuang.engines.progress.lights import URGENCY
from kechuang.site.changes import changes_of

NOTHING, AHEAD, LATE = "—", 31, ("red", "yellow")
Values = dict[str, Value]
Row = Mapping[str, Value]
Step = Commitment | Milestone


@paper_source("plan")
def plan_values(about: Ref | None, day: dt.date, viewer: Actor) -> Mapping[str, Value]:
    """The plan in force on the day, as it was known then; a version where the paper is about one."""
    verdict = holds(viewer, "workplan.view_plan")
    if not verdict:
        raise Refused(verdict)
    versions = versions_on(day)
    chosen = [one for one in versions if about is None or str(one.plan_id) == about.id]
    if len(chosen) != 1:
        raise Problem(
            _("%(day)s 没有唯一的在用计划。") % {"day": day.isoformat()},
            remedy=_("有多份计划时，请从计划页进入再拟稿。") if versions else _("请先签发年度计划。"),
        )
    [plan] = seen_on(day, chosen).plans
    return _Paper(plan, day).values()


class _Paper:
    """Collects the values of one plan on one day; each opens to the page behind it, as of that day."""

    def __init__(self, plan: PlanDay, day: dt.date) -> None:
        self.plan, self.day, self.month = plan, day, day.replace(day=1)
        self.lines: Sequence[TaskLine] = plan.lines
        self.scheme = scheme_in_force()
        self.tasks = f"{reverse('cockpit-tasks')}?{urlencode({'day': day.isoformat()})}"

    def values(self) -> Values:
        """Everything that a template may name."""
        headline = [line for line in self.plan.targets if line.target.headline]
        others = [line for line in self.plan.targets if not line.target.headline]
        late = sorted(
            (line for line in self.lines if line.standing.light.colour in LATE),
            key=lambda line: URGENCY[line.standing.light.colour],
        )
        behind = [line for line in self.lines if self._class(line) == "behind"]
        return {
            **self._heads(self.plan.version),
            **self._counts(late, behind),
            **flat("headline", [self._number(line) for line in headline]),
            **flat("numbers", [self._number(line) for line in others]),
            **flat("attention", [self._task(line) for line in late]),
            **flat("behind", [self._task(line) for line in behind]),
            **flat("classes", self._classes()),
            **flat("changes", self._changes()),
            **flat("upcoming", self._upcoming()),
            **flat("offices", self._offices()),
            **flat("ledger", self._ledger()),
        }

    def _heads(self, version: PlanVersion) -> Values:
        page = reverse("workplan:version-detail", args=[version.pk])
        return {
            "plan": Value(str(version.plan), _("计划"), page),
            "number": Value(version.number or NOTHING, _("文号"), page),
            "year": Value(str(self.day.year), _("年度")),
            "month": Value(str(self.day.month), _("月份")),
            "day": Value(cn_date(self.day), _("数据截至")),
        }

    def _counts(self, late: Sequence[TaskLine], behind: Sequence[TaskLine]) -> Values:
        colours = Counter(line.standing.light.colour for line in self.lines)
        closed = [line for line in self.lines if _is_closed(line.task, self.day)]
        owing = {part.unit_id for line in self.lines for part in line.standing.owing}
        counts = {
            "task_count": (len(self.lines), _("任务总数"), self.tasks),
            "closed_count": (len(closed), _("已办结任务"), self.tasks),
            "late_count": (len(late), _("需要关注的任务"), self.tasks),
            "behind_count": (len(behind), _("滞后事项"), self.tasks),
            "delivered_count": (sum(line.standing.delivered for line in self.lines), _("已完成举措"), ""),
            "deliverable_count": (sum(line.standing.deliverables for line in self.lines), _("举措总数"), ""),
            "owing_count": (len(owing), _("欠报处室"), self.tasks),
            "report_count": (self._reports(), _("本月进展报告"), ""),
        }
        values = {code: Value(str(count), label, url) for code, (count, label, url) in counts.items()}
        return values | {
            colour: Value(str(colours[colour]), str(light_words(colour)), f"{self.tasks}&light={colour}")
            for colour in ("red", "yellow", "green", "grey")
        }

    def _reports(self) -> int:
        tasks = [line.task.pk for line in self.lines]
        reports = Report.objects.filter(responsibility__commitment__in=tasks)
        return reports.filter(day__gte=self.month, day__lte=self.day).count()

    def _number(self, line: TargetLine) -> Row:
        indicator = line.target.indicator
        card = ""
        if indicator is not None:
            card = f"{reverse('figures:indicator-detail', args=[indicator.code])}?day={self.day.isoformat()}"
        unit = "" if line.read is None else line.target.unit
        done = percent(line.completion) if line.completion is not None else NOTHING
        where = _("%(value)s，完成%(percent)s") % {"value": line.value + unit, "percent": done}
        told = {
            "name": (line.target.name, _("指标")),
            "promised": (line.target.written, _("目标")),
            "value": (line.value + unit, _("现值")),
            "percent": (done, _("完成")),
            "standing": (where if line.read is not None else _("尚无数据"), _("完成情况")),
            "pace": (line.pace.words, _("时序进度")),
            "forecast": (line.forecast.words, _("年末预测")),
            "light": (str(light_words(line.light.colour)), _("亮灯")),
            "reason": (line.reason, _("亮灯原因")),
            "vintage": (line.reading.brief or _("尚无数据"), _("数据版本")),
        }
        return {
            code: Value(words, f"{line.target.name} {label}", card) for code, (words, label) in told.items()
        }

    def _task(self, line: TaskLine) -> Row:
        page = reverse("workplan:task-detail", args=[line.task.pk])
        light = line.standing.light
        return {
            "number": Value(line.number, _("序号"), page),
            "title": Value(line.task.title, _("任务"), page),
            "light": Value(str(light_words(light.colour)), _("亮灯"), page),
            "reason": Value(reason_words(light), _("亮灯原因"), page),
            "lead": Value(line.lead or _offices_of(line) or NOTHING, _("牵头处室"), page),
            "owing": Value(
                "、".join(str(part.unit) for part in line.standing.owing) or _("无"), _("欠报处室"), page
            ),
        }

    def _class(self, line: TaskLine) -> str | None:
        return class_of(self.scheme.classes, line.standing.light)

    def _classes(self) -> list[Row]:
        items = [(line.standing.light, None) for line in self.lines]
        return [
            {
                "name": Value(self.scheme.names.get(("class", one.code), one.code), _("类别")),
                "count": Value(str(one.count), _("项数"), self.tasks),
                "share": Value(percent(one.share), _("占比")),
            }
            for one in counted(self.scheme.classes, items)
        ]

    def _changes(self) -> list[Row]:
        """Of the month so far."""
        days = (self.day - self.month).days + 1
        return [
            {
                "day": Value(cn_date(one.day), _("日期")),
                "title": Value(one.title, _("事项"), one.url),
                "words": Value(one.words, _("变化"), one.url),
            }
            for one in reversed(changes_of(self.day, [self.plan], (), days=days))
        ]

    def _upcoming(self) -> list[Row]:
        last = self.day + dt.timedelta(days=AHEAD)
        rows: list[tuple[dt.date, str, str, str]] = []
        for line in self.lines:
            page = reverse("workplan:task-detail", args=[line.task.pk])
            label = f"{line.number}. {line.task.title}"
            for step, unit in _steps(line, self.day):
                due = step.schedule_on(self.day).due
                if due is not None and self.day < due <= last and not _is_closed(step, self.day):
                    title = label if step is line.task else f"{label}：{step.title}"
                    rows.append((due, title, unit, page))
        return [
            {
                "due": Value(cn_date(due), _("时限"), page),
                "title": Value(title, _("事项"), page),
                "unit": Value(unit or NOTHING, _("责任处室"), page),
            }
            for due, title, unit, page in sorted(rows)
        ]

    def _offices(self) -> list[Row]:
        units: dict[int, Unit] = {}
        colours: dict[int, Counter[str]] = {}
        owed: Counter[int] = Counter()
        leads: Counter[int] = Counter()
        for line in self.lines:
            for part in line.parts:
                units[part.unit_id] = part.unit
                colours.setdefault(part.unit_id, Counter())[line.standing.light.colour] += 1
                leads[part.unit_id] += part.role == Responsibility.Role.LEAD
            owed.update(part.unit_id for part in line.standing.owing)
        asked = {
            pk: sum(event.kind == ASKED for event in events)
            for pk, events in events_of(self.day.year, self.day).items()
        }
        return [
            self._office(unit, colours[unit.pk], leads[unit.pk], owed[unit.pk], asked.get(unit.pk, 0))
            for unit in sorted(units.values(), key=lambda unit: (unit.order, unit.pk))
        ]

    def _office(self, unit: Unit, colours: Counter[str], leads: int, owed: int, asked: int) -> Row:
        tasks = f"{self.tasks}&office={unit.pk}"
        sheet = f"{reverse('oversight:score-detail', args=[unit.pk])}?year={self.day.year}"
        return {
            "name": Value(unit.short_name, _("处室"), reverse("workplan:office-detail", args=[unit.pk])),
            "tasks": Value(str(colours.total()), _("任务"), tasks),
            "leads": Value(str(leads), _("牵头"), tasks),
            **{
                colour: Value(str(colours[colour]), str(light_words(colour)), f"{tasks}&light={colour}")
                for colour in ("red", "yellow", "green", "grey")
            },
            "owed": Value(str(owed), _("欠报"), f"{self.tasks}&owing={unit.pk}"),
            "asked": Value(str(asked), _("要求报送次数"), sheet),
        }

    def _ledger(self) -> list[Row]:
        tasks = [line.task.pk for line in self.lines]
        newest = _newest(tasks, self.day)
        proofs = dict(
            Evidence.objects.filter(report__responsibility__commitment__in=tasks, report__day__lte=self.day)
            .values_list("report__responsibility__commitment")
            .annotate(count=Count("pk"))
        )
        awaiting = {one.commitment for one in waiting_on(self.day) if one.kind == "closure"}
        return [self._entry(line, newest, proofs, awaiting) for line in self.lines]

    def _entry(
        self, line: TaskLine, newest: Mapping[int, str], proofs: Mapping[int, int], awaiting: set[int]
    ) -> Row:
        task, page = line.task, reverse("workplan:task-detail", args=[line.task.pk])
        due = task.schedule_on(self.day).due
        deliverables = task.deliverables
        done = f"{line.standing.delivered}/{line.standing.deliverables}" if deliverables else NOTHING
        told = {
            "area": (line.area or NOTHING, _("重点领域")),
            "lead": (line.lead or NOTHING, _("牵头处室")),
            "offices": (_offices_of(line) or NOTHING, _("责任处室")),
            "measures": ("；".join(part.title for part in deliverables) or NOTHING, _("举措")),
            "delivered": (done, _("举措完成")),
            "due": (cn_date(due) if due else _("未设"), _("完成时限")),
            "state": (_state(task, self.day, awaiting), _("状态")),
            "evidence": (str(proofs.get(task.pk, 0)), _("佐证")),
            "progress": (newest.get(task.pk, NOTHING), _("最新进展")),
        }
        label = f"{line.number}. "
        return {
            **self._task(line),
            **{code: Value(words, label + name, page) for code, (words, name) in told.items()},
        }


def _offices_of(line: TaskLine) -> str:
    return "、".join(str(part.unit) for part in line.parts)


def _is_closed(step: Step, day: dt.date) -> bool:
    return step.closed_on is not None and step.closed_on <= day


def _steps(line: TaskLine, day: dt.date) -> Iterable[tuple[Step, str]]:
    """The task, its deliverables and milestones with who answers for each."""
    unit = line.lead or _offices_of(line)
    yield line.task, unit
    for part in line.task.deliverables:
        yield part, unit
    for milestone in line.task.steps:  # type: ignore[attr-defined]
        if milestone.counts_on(day):
            yield milestone, unit


def _state(task: Commitment, day: dt.date, awaiting: set[int]) -> str:
    state = Commitment.State.DONE if _is_closed(task, day) else Commitment.State.OPEN
    return str((Commitment.State.AWAITING if task.pk in awaiting else state).label)


def _newest(tasks: Sequence[int], day: dt.date) -> dict[int, str]:
    """By task what was said last by the day: by the lead of the whole, else by an office of its part."""
    found: dict[int, str] = {}
    reports = Report.objects.filter(responsibility__commitment__in=tasks, day__lte=day).order_by("day", "id")
    for task, unit, text in reports.values_list(
        "responsibility__commitment", "responsibility__unit__short_name", "text"
    ):
        found[task] = f"{unit}：{text}"
    merges = Merge.objects.filter(commitment__in=tasks, day__lte=day).order_by("day", "id")
    return found | dict(merges.values_list("commitment", "text"))

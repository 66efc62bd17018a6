# SPDX-License-Identifier: Apache-2.0
"""The lists of the plan's pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kechuang.apps.workplan.models import Item, Plan, PlanVersion
from kechuang.apps.workplan.queries.plans import plans_listed
from kechuang.apps.workplan.queries.tasks import TaskLine, lines_of, task_items
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.commitments.wording import reason_words
from kechuang.commons.kernel import clock
from kechuang.commons.parties.models import Unit
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, Filter, ListPage

TONES = {"open": "active", "awaiting": "warn", "done": "done", "dropped": "neutral"}


def line_of(item: Item) -> TaskLine:
    """The task line of a row, computed once for all its cells."""
    known: TaskLine = item.__dict__["_line"]
    return known


def office_links(parts: Sequence[Responsibility]) -> SafeString:
    """Offices as links, the lead in front."""
    order = sorted(parts, key=lambda part: part.role != Responsibility.Role.LEAD)
    return format_html_join(
        "、",
        '<a href="{}">{}{}</a>',
        (
            (
                reverse("workplan:office-detail", args=[part.unit_id]),
                part.unit.short_name,
                f"（{part.get_role_display()}）" if part.role == Responsibility.Role.LEAD else "",
            )
            for part in order
        ),
    )


def _owing(item: Item) -> str:
    return "、".join(str(part.unit) for part in line_of(item).standing.owing)


def _delivered(item: Item) -> str:
    standing = line_of(item).standing
    return f"{standing.delivered}/{standing.deliverables}" if standing.deliverables else ""


def _state(item: Item) -> SafeString:
    task = line_of(item).task
    return marks.chip(task.get_state_display(), TONES[task.state])


def _light(item: Item) -> SafeString:
    light = line_of(item).standing.light
    return marks.light(light.colour, reason_words(light))


def _offices(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return [(str(unit.pk), unit.short_name) for unit in Unit.objects.all()]


def _of_office(rows: QuerySet[Item], office: str) -> QuerySet[Item]:
    mine = Responsibility.objects.filter(until__isnull=True, unit_id=int(office))
    return rows.filter(commitment__in=mine.values("commitment"))


class TaskList(ListPage):
    """Tasks with light and reason, lead, co-offices, who owes a report."""

    title = _("任务清单")
    columns = (
        Column("number", _("序号"), sort=("plan_version__plan__year", "order")),
        Column(
            "title",
            _("任务"),
            link=lambda item: reverse("workplan:task-detail", args=[item.commitment_id]),
            sort="title",
            css="kc-main-col",
        ),
        Column(
            "light",
            _("亮灯与原因"),
            value=lambda item: reason_words(line_of(item).standing.light),
            cell=_light,
        ),
        Column(
            "offices",
            _("责任处室"),
            value=lambda item: "、".join(str(part.unit) for part in line_of(item).parts),
            cell=lambda item: office_links(line_of(item).parts),
        ),
        Column("owing", _("欠报处室"), value=_owing),
        Column("delivered", _("举措完成"), value=_delivered),
        Column("due", _("完成时限"), value="commitment.due", kind="date", sort="commitment__due"),
        Column(
            "state",
            _("状态"),
            value=lambda item: line_of(item).task.get_state_display(),
            cell=_state,
            sort="commitment__state",
        ),
        Column("area", _("重点领域"), value="area.title", optional=True),
        Column("plan", _("计划"), value="plan_version.plan", optional=True),
    )
    filters: tuple[Filter, ...] = (
        ChoiceFilter("office", _("处室"), choices=_offices, narrow=_of_office),
        ChoiceFilter(
            "state", _("状态"), choices=lambda _request: Commitment.State.choices, field="commitment__state"
        ),
    )
    search = ("title", "number", "commitment__code")
    empty = _("还没有任务：请先导入并签发年度计划。")

    def __init__(self, versions: Sequence[PlanVersion]) -> None:
        self.versions = versions
        self.subtitle = str(versions[0].plan) if len(versions) == 1 else ""
        plans = [(version.pk, str(version.plan)) for version in versions]
        self.filters = (ChoiceFilter("plan", _("计划"), choices=plans, field="plan_version"), *self.filters)

    def rows(self, request: HttpRequest) -> QuerySet[Item]:
        """The task lines of the plans in force."""
        del request
        return task_items(self.versions).select_related("area", "commitment", "plan_version__plan")

    def prepare(self, rows: list[Item], request: HttpRequest) -> None:
        """Where each task stands."""
        del request
        for item, line in zip(rows, lines_of(rows, clock.today()), strict=True):
            item.__dict__["_line"] = line


def _plan_words(plan: Plan) -> str:
    return "、".join(words for words, _tone in _plan_marks(plan))


def _plan_chips(plan: Plan) -> SafeString:
    return format_html_join(" ", "{}", ((marks.chip(words, tone),) for words, tone in _plan_marks(plan)))


def _plan_marks(plan: Plan) -> list[tuple[str, str]]:
    found = [(str(PlanVersion.State.ISSUED.label), "good")] if plan.issued_count else []  # type: ignore[attr-defined]
    found += [(gettext("有草稿待签发"), "warn")] if plan.draft_count else []  # type: ignore[attr-defined]
    found += [(gettext("演示数据"), "neutral")] if plan.demo else []
    return found or [(gettext("没有在用的版本"), "neutral")]


class PlanList(ListPage):
    """Plans with their versions and drafts."""

    title = _("计划")
    template = "workplan/plan_list.html"
    columns = (
        Column("year", _("年度"), sort="year", css="kc-fit"),
        Column(
            "title",
            _("计划"),
            link=lambda plan: reverse("workplan:plan-detail", args=[plan.pk]),
            sort="title",
            css="kc-main-col",
        ),
        Column("issuer", _("发文机关"), sort="issuer"),
        Column("tasks", _("现行任务"), value="task_count", kind="number"),
        Column("versions", _("版本"), value="version_count", kind="number"),
        Column(
            "state",
            _("状态"),
            value=_plan_words,
            cell=_plan_chips,
        ),
    )
    search = ("title", "issuer")
    order = ("-year", "id")
    empty = _("还没有计划：请导入一份工作要点，或用自带样例试一试。")

    def rows(self, request: HttpRequest) -> QuerySet[Plan]:
        """All plans."""
        del request
        return plans_listed()

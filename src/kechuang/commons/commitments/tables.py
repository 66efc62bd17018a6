# SPDX-License-Identifier: Apache-2.0
"""The lists of what was promised outside plans (instructions, clauses, resolutions), and of milestones."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kechuang.commons.commitments.instructions import clauses, instructions, named_by
from kechuang.commons.commitments.models import Commitment, Milestone
from kechuang.commons.commitments.queries import Standing, standings, with_parts
from kechuang.commons.commitments.wording import STEP_TONES, reason_words
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.refs import Resolved
from kechuang.commons.parties.models import Unit
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, DateFilter, ListPage, YesNoFilter

LIVING = (Commitment.State.OPEN, Commitment.State.AWAITING)
TONES = {"open": "active", "awaiting": "warn", "done": "done", "dropped": "neutral"}


def _standing(task: Commitment) -> Standing:
    known: Standing = task.__dict__["_standing"]
    return known


def _light(task: Commitment) -> SafeString:
    light = _standing(task).light
    return marks.light(light.colour, reason_words(light))


def _source(task: Commitment) -> Resolved | None:
    known: Resolved | None = task.__dict__["_source"]
    return known


def _offices(task: Commitment) -> str:
    return "、".join(str(part.unit) for part in task.responsibilities.all())


def _units(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return [(str(unit.pk), unit.short_name) for unit in Unit.objects.all()]


def _of_unit(rows: QuerySet[Commitment], unit: str) -> QuerySet[Commitment]:
    return rows.filter(responsibilities__unit=int(unit), responsibilities__until__isnull=True)


def _past_due(rows: QuerySet[Commitment], late: bool) -> QuerySet[Commitment]:  # noqa: FBT001 -- a filter's answer
    overdue = {"due__lt": clock.today(), "state__in": LIVING}
    return rows.filter(**overdue) if late else rows.exclude(**overdue)


class InstructionList(ListPage):
    """Leaders' instructions as commitments: who carries them out, where they stand."""

    title = _("批示督办")
    columns: tuple[Column, ...] = (
        Column("code", _("编号"), sort="code", css="kc-fit"),
        Column(
            "title",
            _("事项"),
            link=lambda task: reverse("commitments:commitment-open", args=[task.pk]),
            sort="title",
            css="kc-main-col",
        ),
        Column(
            "source",
            _("来源"),
            value=lambda task: source.title if (source := _source(task)) else "",
            link=lambda task: source.url if (source := _source(task)) else "",
        ),
        Column(
            "light",
            _("亮灯与原因"),
            value=lambda task: reason_words(_standing(task).light),
            cell=_light,
        ),
        Column("offices", _("承办处室"), value=_offices),
        Column("start", _("批示日期"), kind="date", sort="start"),
        Column("due", _("完成时限"), kind="date", sort="due"),
        Column(
            "state",
            _("状态"),
            value="get_state_display",
            cell=lambda task: marks.chip(task.get_state_display(), TONES[task.state]),
            sort="state",
        ),
    )
    filters = (
        ChoiceFilter("state", _("状态"), choices=lambda _request: Commitment.State.choices, field="state"),
        ChoiceFilter("office", _("承办处室"), choices=_units, narrow=_of_unit),
        YesNoFilter("late", _("已逾期"), narrow=_past_due),
        DateFilter("due", _("完成时限")),
    )
    search = ("title", "code")
    order = ("-start", "-id")
    empty = _("还没有批示：领导在任务、企业等页面的“批注”处可以作批示。")

    def rows(self, request: HttpRequest) -> QuerySet[Commitment]:
        """All of them, with their parts."""
        del request
        return with_parts(instructions())

    def prepare(self, rows: list[Commitment], request: HttpRequest) -> None:
        """Where each stands, and what names it."""
        stand = standings(rows, clock.today())
        sources = named_by(rows, request.actor)  # type: ignore[attr-defined]
        for task in rows:
            task.__dict__ |= {"_standing": stand[task.pk], "_source": sources.get(task.pk)}


class ClauseList(InstructionList):
    """Clauses of agreements and resolutions of meetings as commitments."""

    title = _("约定事项")
    columns = tuple(
        Column("start", _("生效日期"), kind="date", sort="start") if column.name == "start" else column
        for column in InstructionList.columns
    )
    empty = _("还没有约定事项：协议签署、会商达成一致后，台账记录中的条款会列在这里。")

    def rows(self, request: HttpRequest) -> QuerySet[Commitment]:
        """All that bind or were kept, with their parts."""
        del request
        return with_parts(clauses())


class MilestoneList(ListPage):
    """The steps the offices set themselves, the next due first."""

    title = _("节点清单")
    columns = (
        Column(
            "title",
            _("节点"),
            link=lambda one: reverse("commitments:milestone-detail", args=[one.pk]),
            sort="title",
            css="kc-main-col",
        ),
        Column("task", _("任务"), value="commitment.title"),
        Column("office", _("处室"), value="unit.short_name", sort="unit__order", css="kc-fit"),
        Column("due", _("完成时限"), kind="date", sort="due"),
        Column(
            "state",
            _("状态"),
            value="get_state_display",
            cell=lambda one: marks.chip(one.get_state_display(), STEP_TONES[one.state]),
            sort="state",
        ),
        Column("closed", _("完成日期"), value="closed_on", kind="date", sort="closed_on", optional=True),
    )
    filters = (
        ChoiceFilter("state", _("状态"), choices=lambda _request: Milestone.State.choices, field="state"),
        ChoiceFilter("office", _("处室"), choices=_units, field="unit"),
        DateFilter("due", _("完成时限")),
    )
    search = ("title", "commitment__title")
    order = ("due", "id")
    empty = _("还没有节点：牵头和配合处室可在任务页“更多办理”中拟定节点。")

    def rows(self, request: HttpRequest) -> QuerySet[Milestone]:
        """All of them (count and page)."""
        del request
        return Milestone.objects.select_related("commitment", "unit")

# SPDX-License-Identifier: Apache-2.0
"""The lists of the joined pages: the journal, the tasks of a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kechuang.apps.workplan.queries.tasks import TaskLine
from kechuang.commons.commitments.wording import reason_words
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.refs import Resolved, resolve_many
from kechuang.commons.kernel.verbs import named_verbs, verb_words
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, DateFilter, ListPage
from kechuang.site.overview import Overview


def _verbs(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return sorted((verb, verb_words(verb)) for verb in named_verbs())


def _verb(entry: Entry) -> SafeString:
    return format_html("{}<br><code>{}</code>", verb_words(entry.verb), entry.verb)


def _thing(entry: Entry) -> SafeString | str:
    thing: Resolved | None = entry.__dict__.get("thing")
    if thing is None:
        return ""
    shown = thing.url and thing.visible
    return format_html('<a href="{}">{}</a>', thing.url, thing.title) if shown else thing.title


def _outcome(entry: Entry) -> SafeString:
    tone = "bad" if entry.outcome == Entry.Outcome.REFUSED else "done"
    return format_html("{} {}", marks.chip(entry.get_outcome_display(), tone), entry.reason)


def _seal(entry: Entry) -> str:
    seal = getattr(entry, "seal", None)
    return seal.hash[:8] if seal else ""


class JournalList(ListPage):
    """Who did what to which thing, the newest first."""

    title = _("日志")
    subtitle = _("谁、何时、对什么、做了什么；只增不改，由哈希链封存")
    columns = (
        Column("at", _("时间"), kind="moment", sort="id"),
        Column("day", _("业务日期"), value="business_day", kind="date", sort="business_day"),
        Column("actor", _("操作人"), value="actor_name", sort="actor_name", css="kc-fit"),
        Column("verb", _("动作"), value=lambda entry: verb_words(entry.verb), cell=_verb),
        Column("thing", _("对象"), value="ref", cell=_thing, css="kc-main-col"),
        Column("outcome", _("结果"), value="get_outcome_display", cell=_outcome, sort="outcome"),
        Column("reason", _("原因"), optional=True),
        Column("seal", _("封存"), value=_seal),
    )
    filters = (
        ChoiceFilter("verb", _("动作"), choices=_verbs),
        ChoiceFilter("outcome", _("结果"), choices=lambda _request: Entry.Outcome.choices),
        DateFilter("day", _("业务日期"), field="business_day"),
    )
    search = ("actor_name", "verb", "ref_kind", "ref_id")
    order = ("-id",)

    def rows(self, request: HttpRequest) -> QuerySet[Entry]:
        """Every entry with its seal."""
        del request
        return Entry.objects.select_related("seal")

    def prepare(self, rows: list[Any], request: HttpRequest) -> None:
        """The titles of what was acted on."""
        things = resolve_many([entry.ref for entry in rows if entry.ref], request.actor)  # type: ignore[attr-defined]
        for entry in rows:
            entry.thing = things.get(entry.ref)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFilter(ChoiceFilter):
    """Tasks in which an office has a part."""

    def keeps(self, row: object, value: str) -> bool:
        """Whether the office is one of them."""
        assert isinstance(row, TaskLine)
        return any(str(part.unit_id) == value for part in row.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwingFilter(ChoiceFilter):
    """Tasks on which an office owes a report."""

    def keeps(self, row: object, value: str) -> bool:
        """Whether it is one of those who owe."""
        assert isinstance(row, TaskLine)
        return any(str(part.unit_id) == value for part in row.standing.owing)


class DayTasks(ListPage):
    """Tasks as they stood on a day: light and reason, offices, who owed, what was due."""

    title = _("当日任务")
    keep = ("day", "plan")
    template = "site/day_tasks.html"
    empty = _("这一天没有在办的任务。")

    def __init__(self, found: Overview, day: dt.date) -> None:
        self.found = found
        self.subtitle = _("截至 %(day)s") % {"day": day.isoformat()}
        self.columns = (
            Column("number", _("序号"), css="kc-fit"),
            Column("title", _("任务"), value="task.title", link=_task_page, css="kc-main-col"),
            Column("light", _("亮灯与原因"), value=_reason, cell=_line_light),
            Column("lead", _("牵头")),
            Column(
                "offices", _("责任处室"), value=lambda line: "、".join(str(part.unit) for part in line.parts)
            ),
            Column(
                "owing",
                _("欠报处室"),
                value=lambda line: "、".join(str(part.unit) for part in line.standing.owing),
            ),
            Column("due", _("当日时限"), value=lambda line: line.task.schedule_on(day).due, kind="date"),
            Column("area", _("重点领域"), optional=True),
        )
        self.known = {column.name: column for column in self.columns}  # type: ignore[misc]
        offices = [(row.pk, row.name) for row in found.offices]
        colours = [(colour, marks.light_words(colour)) for colour, _count in found.colours]
        self.filters = (
            ChoiceFilter("light", _("亮灯"), choices=colours, field="standing.light.colour"),
            OfficeFilter("office", _("处室"), choices=offices),
            OwingFilter("owing", _("欠报处室"), choices=offices),
        )

    def rows(self, request: HttpRequest) -> list[TaskLine]:
        """The tasks of the plans shown."""
        del request
        return list(self.found.lines)


def _task_page(line: TaskLine) -> str:
    return reverse("workplan:task-detail", args=[line.task.pk])


def _reason(line: TaskLine) -> str:
    return reason_words(line.standing.light)


def _line_light(line: TaskLine) -> SafeString:
    return marks.light(line.standing.light.colour, _reason(line))

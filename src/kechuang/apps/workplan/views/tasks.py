# SPDX-License-Identifier: Apache-2.0
"""The plan as it lives: tasks, one task, an office's part, the load of all offices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from kechuang.apps.workplan.models import Item
from kechuang.apps.workplan.permissions import can_accept_lead
from kechuang.apps.workplan.queries.load import load_table
from kechuang.apps.workplan.queries.tasks import (
    TaskLine,
    current_version,
    issued_versions,
    item_of,
    task_line,
    task_lines,
)
from kechuang.apps.workplan.tables import TONES, TaskList
from kechuang.commons.access.guards import guarded
from kechuang.commons.commitments.course import course_of
from kechuang.commons.commitments.models import Commitment, Report
from kechuang.commons.commitments.permissions import (
    can_confirm_closure,
    can_merge_parts,
    can_report_part,
    can_set_light,
)
from kechuang.commons.commitments.queries import standing, with_parts
from kechuang.commons.commitments.reuse import used_elsewhere
from kechuang.commons.commitments.rounds import late_reports
from kechuang.commons.commitments.wording import reason_words
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.journal import history_of
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.papers.permissions import can_draft_paper
from kechuang.commons.parties.models import Unit
from kechuang.commons.ui.forms import ActionForm
from kechuang.commons.ui.lists import list_response

ITEM = Item._meta.label_lower


@guarded("workplan.view_plan")
def task_list(request: HttpRequest) -> HttpResponseBase:
    """The tasks of the plans in force, with light, lead, who owes (任务清单)."""
    return list_response(request, TaskList(list(issued_versions())))


@guarded("workplan.view_plan")
def task_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: what the plan says, each office's part, deliverables, targets, reports, history (任务页)."""
    task = get_object_or_404(
        with_parts(Commitment.objects.select_related("target__indicator", "parent")).prefetch_related(
            "merges"
        ),
        pk=pk,
    )
    item = item_of(task)
    day, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    line = task_line(item, task, day) if item else TaskLine("", "", task, standing(task, day))
    reports = list(
        Report.objects.filter(responsibility__commitment=task)
        .select_related("responsibility__unit")
        .prefetch_related("evidence")[:50]
    )
    named = [source.ref for source in task.sources.all() if not item or source.ref_kind != ITEM]
    sources = list(resolve_many(named, actor).values())
    pieces = [piece.ref for report in reports for piece in report.evidence.all()]
    elsewhere = used_elsewhere(pieces, task)
    shown = resolve_many(pieces, actor)
    late = late_reports(task, day)
    course = course_of(task, line.parts, actor, day)
    context = {
        "task": task,
        "item": item,
        "sources": sources,
        "line": line,
        "reason": reason_words(line.standing.light),
        "tone": TONES[task.state],
        "parts": [
            (part, can_report_part(part, actor), course.receipts.get(part.pk), part.pk in course.to_receive)
            for part in line.parts
        ],
        "deliverables": task.deliverables,
        "targets": task.numbers,
        "reports": [
            (
                report,
                [(shown[piece.ref], elsewhere.get(piece.ref)) for piece in report.evidence.all()],
                late.get(report.pk),
            )
            for report in reports
        ],
        "merges": task.merges.all()[:20],
        "history": [(entry, verb_words(entry.verb)) for entry in history_of(Ref.of(task))[:20]],
        "may_merge": can_merge_parts(task, actor),
        "may_draft": can_draft_paper(None, actor),
        "may_confirm": can_confirm_closure(task, actor),
        "may_settle": item is not None and item.kind == Item.Kind.TASK and can_accept_lead(item, actor),
        "may_lift": can_set_light(task, actor),
        "course": course,
        "action": ActionForm(version=task.version),
        "receive": ActionForm(),
        "ref": Ref.of(task),
    }
    return render(request, "workplan/task_detail.html", context)


@guarded("workplan.view_plan")
def office_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What one office is responsible for in the plan in force, and what it owes (处室页)."""
    unit = get_object_or_404(Unit, pk=pk)
    day, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    version = current_version(day)
    lines = task_lines(version, day) if version else []
    mine = [(line, part) for line in lines for part in line.parts if part.unit_id == unit.pk]
    owing = {part.pk for line, _part in mine for part in line.standing.owing}
    rows = [
        (line, reason_words(line.standing.light), part, part.pk in owing, can_report_part(part, actor))
        for line, part in mine
    ]
    context = {
        "unit": unit,
        "rows": rows,
        "version": version,
        "owed": len(owing & {part.pk for _line, part in mine}),
    }
    return render(request, "workplan/office_detail.html", context)


@guarded("workplan.view_plan")
def load_view(request: HttpRequest) -> HttpResponse:
    """Offices across, tasks down: who is responsible for what, and how much it is (负荷)."""
    day = clock.today()
    version = current_version(day)
    table = load_table(task_lines(version, day)) if version else None
    return render(request, "workplan/load.html", {"table": table, "version": version})

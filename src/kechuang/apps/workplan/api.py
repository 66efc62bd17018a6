# SPDX-License-Identifier: Apache-2.0
"""Plans and their tasks with lights, for programs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from kechuang.apps.workplan.models import Plan
from kechuang.apps.workplan.queries.tasks import TaskLine, current_version, task_lines
from kechuang.commons.api.answers import Key, Number, Page, Size, answers, caller, page_of
from kechuang.commons.commitments.wording import reason_words
from kechuang.commons.kernel import clock

router = Router(tags=["plans"])
VIEW = "workplan.view_plan"


class PlanOut(Schema):
    """A plan."""

    id: int
    title: str
    issuer: str
    year: int
    demo: bool


class PartOut(Schema):
    """An office's part of a task."""

    office: str
    role: str
    state: str


class TaskOut(Schema):
    """A task of the plan in force: its light with the reason in words, the offices, who owes a report."""

    id: int
    number: str
    area: str
    title: str
    state: str
    due: dt.date | None
    light: str
    reason: str
    parts: list[PartOut]
    owing: list[str]


def _plan(row: Plan) -> dict[str, Any]:
    return {"id": row.pk, "title": row.title, "issuer": row.issuer, "year": row.year, "demo": row.demo}


def _task(line: TaskLine) -> dict[str, Any]:
    task, light = line.task, line.standing.light
    return {
        "id": task.pk,
        "number": line.number,
        "area": line.area,
        "title": task.title,
        "state": task.state,
        "due": task.due,
        "light": light.colour,
        "reason": reason_words(light),
        "parts": [
            {"office": part.unit.short_name, "role": part.role, "state": part.state} for part in line.parts
        ],
        "owing": [part.unit.short_name for part in line.standing.owing],
    }


@router.get("/plans", response=answers(Page[PlanOut]))
def plan_list(request: HttpRequest, page: Number = 1, size: Size = 50) -> dict[str, Any]:
    """Every plan, the newest year first."""
    caller(request, VIEW)
    return page_of(Plan.objects.order_by("-year", "pk"), _plan, page, size)


@router.get("/tasks", response=answers(list[TaskOut]))
def task_list(request: HttpRequest) -> list[dict[str, Any]]:
    """The tasks of the plan in force on the business date."""
    caller(request, VIEW)
    day = clock.today()
    version = current_version(day)
    return [_task(line) for line in task_lines(version, day)] if version else []


@router.get("/tasks/{pk}", response=answers(TaskOut))
def task(request: HttpRequest, pk: Key) -> dict[str, Any]:
    """One task of the plan in force."""
    caller(request, VIEW)
    day = clock.today()
    version = current_version(day)
    found = next((line for line in (task_lines(version, day) if version else ()) if line.task.pk == pk), None)
    if found is None:
        raise Http404
    return _task(found)

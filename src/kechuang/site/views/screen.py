# SPDX-License-Identifier: Apache-2.0
"""The cockpit on the wall of the meeting room (会议室大屏): large, without controls, one slide after another."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.site.overview import Overview, overview

TARGETS, TASKS, OFFICES = 9, 6, 14
Slide = tuple[str, str, tuple[object, ...]]


@guarded("workplan.view_plan")
def screen(request: HttpRequest) -> HttpResponse:
    """Headline numbers, red tasks and who owes, leaders with their offices; of the plan in force today."""
    found = overview(clock.today(), request.actor)  # type: ignore[attr-defined]
    return render(request, "site/screen.html", {"overview": found, "slides": list(_slides(found))})


def _slides(found: Overview) -> Iterator[Slide]:
    """(kind, title, rows): as many of a kind as its rows need; what has no rows says so once."""
    red = [row for row in found.attention if row.line.standing.light.colour == "red"]
    offices = [(leader.name, office) for leader in found.leaders for office in leader.offices]
    kinds = (
        ("targets", _("主要指标"), found.headline, TARGETS),
        ("tasks", _("红灯任务"), red, TASKS),
        ("leaders", _("分管领导与处室"), offices, OFFICES),
    )
    for kind, title, rows, most in kinds:
        parts = [tuple(rows[start : start + most]) for start in range(0, len(rows), most)] or [()]
        for number, part in enumerate(parts, 1):
            yield kind, f"{title} {number}/{len(parts)}" if len(parts) > 1 else title, part

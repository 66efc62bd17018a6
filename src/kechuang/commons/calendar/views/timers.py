# SPDX-License-Identifier: Apache-2.0
"""Limits: the list, one with its pauses; started on a record, paused, resumed, stopped."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.commons.access.guards import guarded
from kechuang.commons.calendar.actions.timers import pause_timer, resume_timer, start_timer, stop_timer
from kechuang.commons.calendar.forms import PauseForm, TimerForm
from kechuang.commons.calendar.models import Timer
from kechuang.commons.calendar.permissions import can_keep_timer
from kechuang.commons.calendar.queries import readings
from kechuang.commons.calendar.tables import TimerLine, TimerList
from kechuang.commons.calendar.wording import limit_words
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref, visible_to
from kechuang.commons.ui.forms import ActionForm
from kechuang.commons.ui.lists import list_response


def _line(request: HttpRequest, pk: int) -> TimerLine:
    """The limit as this viewer may see it; none where its matter is closed to them."""
    timer = get_object_or_404(Timer.objects.prefetch_related("pauses"), pk=pk)
    seen = visible_to(request.actor, [timer.ref])  # type: ignore[attr-defined]
    if timer.ref not in seen:
        raise Http404
    ((_timer, reading),) = readings([timer], clock.today())
    return TimerLine(timer, seen[timer.ref], reading)


@guarded("calendar.view_timer")
def timer_list(request: HttpRequest) -> HttpResponseBase:
    """Every limit in sight (办理时限)."""
    return list_response(request, TimerList())


@guarded("calendar.view_timer")
def timer_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One limit: from when, how long, which stretches did not count, when it is due."""
    line = _line(request, pk)
    context = {
        "line": line,
        "limit": limit_words(line.timer),
        "pauses": list(line.timer.pauses.all()),
        "may_keep": can_keep_timer(line.timer, request.actor),  # type: ignore[attr-defined]
        "action": ActionForm(version=line.timer.version),
    }
    return render(request, "calendar/timer_detail.html", context)


@guarded("calendar.keep_timer")
def timer_start(request: HttpRequest, about: str) -> HttpResponse:
    """Start a limit on a record that the viewer may open (登记时限)."""
    try:
        ref = Ref.parse(about)
    except ValueError:
        raise Http404 from None
    seen = visible_to(request.actor, [ref])  # type: ignore[attr-defined]
    if ref not in seen:
        raise Http404
    form = TimerForm(request.POST or None, initial={"on": clock.today(), "unit": Timer.Unit.WORKING})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = {name: data[name] for name in ("name", "days", "unit", "on", "basis")}
        try:
            timer = start_timer(
                None,
                request.actor,  # type: ignore[attr-defined]
                ref=ref,
                code=data["name"],
                **given,
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已开始计时：%(name)s") % {"name": timer.name})
            return redirect("calendar:timer-detail", timer.pk)
    context = {"form": form, "about": seen[ref]}
    return render(request, "calendar/timer_start.html", context, status=422 if form.errors else 200)


@guarded("calendar.keep_timer")
@require_POST
def timer_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """What the limit was for is done."""
    line = _line(request, pk)
    form = ActionForm(request.POST)
    form.is_valid()
    stop_timer(line.timer, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    messages.success(request, _("已结束计时：%(name)s") % {"name": line.timer.name})
    return redirect("calendar:timer-detail", pk)


@guarded("calendar.keep_timer")
def timer_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop counting, with the reason."""
    line = _line(request, pk)
    form = PauseForm(request.POST or None, version=line.timer.version)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            pause_timer(line.timer, request.actor, reason=reason, **form.action_arguments())  # type: ignore[attr-defined]
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已暂停：%(name)s") % {"name": line.timer.name})
            return redirect("calendar:timer-detail", pk)
    context = {"form": form, "line": line}
    return render(request, "calendar/timer_pause.html", context, status=422 if form.errors else 200)


@guarded("calendar.keep_timer")
@require_POST
def timer_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on counting."""
    line = _line(request, pk)
    form = ActionForm(request.POST)
    form.is_valid()
    resume_timer(line.timer, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    messages.success(request, _("已恢复计时：%(name)s") % {"name": line.timer.name})
    return redirect("calendar:timer-detail", pk)

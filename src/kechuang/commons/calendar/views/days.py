# SPDX-License-Identifier: Apache-2.0
"""A month, a year, and the editing of a day."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.commons.access.guards import guarded, signed_in
from kechuang.commons.calendar.actions.days import clear_day, confirm_year, set_day
from kechuang.commons.calendar.forms import CountForm, DayForm, YearForm
from kechuang.commons.calendar.models import CalendarDay, CalendarYear
from kechuang.commons.calendar.permissions import can_edit_day
from kechuang.commons.calendar.queries import (
    days_of,
    is_kept,
    month_weeks,
    work_calendar,
    working_days_by_month,
    year_state,
)
from kechuang.commons.calendar.tables import YearDays
from kechuang.commons.calendar.wording import name_of, weekday_name, weekday_names
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.ui.forms import ActionForm
from kechuang.commons.ui.lists import list_response

MONTHS = 12


@signed_in
def month_now(request: HttpRequest) -> HttpResponseBase:
    """The month of the business date."""
    day = clock.today()
    return month_detail(request, day.year, day.month)


@signed_in
def month_detail(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """A month as a sheet: what is worked, what is off, and why (工作日历)."""
    if not (is_kept(year) and 1 <= month <= MONTHS):
        raise Http404
    weeks = month_weeks(year, month)
    first = dt.date(year, month, 1)
    count = CountForm(
        request.GET if "start" in request.GET else None, initial={"start": clock.today(), "count": 5}
    )
    counted = _counted(count) if count.is_bound and count.is_valid() else None
    context = {
        "first": first,
        "before": _beside(year, month - 1),
        "after": _beside(year, month + 1),
        "weekdays": weekday_names(),
        "weeks": [[(named, name_of(named), named.day.month == month) for named in week] for week in weeks],
        "worked": sum(named.working for week in weeks for named in week if named.day.month == month),
        "state": year_state(year),
        "may_edit": can_edit_day(None, request.actor),  # type: ignore[attr-defined]
        "count": count,
        "counted": counted,
    }
    return render(request, "calendar/month.html", context)


def _beside(year: int, month: int) -> dt.date | None:
    year, month = (year - 1, MONTHS) if month == 0 else (year + 1, 1) if month > MONTHS else (year, month)
    return dt.date(year, month, 1) if is_kept(year) else None


def _counted(form: CountForm) -> tuple[dt.date, str]:
    end = work_calendar().add_working_days(form.cleaned_data["start"], form.cleaned_data["count"])
    return end, weekday_name(end)


@signed_in
def year_detail(request: HttpRequest, year: int) -> HttpResponseBase:
    """The days of a year that are not plain, and how many days of each month are worked."""
    if not is_kept(year):
        raise Http404
    months = working_days_by_month(year)
    context = {
        "year": year,
        "before": year - 1 if is_kept(year - 1) else None,
        "after": year + 1 if is_kept(year + 1) else None,
        "months": list(enumerate(months, 1)),
        "worked": sum(months),
        "state": year_state(year),
        "may_edit": can_edit_day(None, request.actor),  # type: ignore[attr-defined]
    }
    return list_response(request, YearDays(year), context=context)


@guarded("calendar.edit_day")
def year_confirm(request: HttpRequest, year: int) -> HttpResponse:
    """Say that the year's official arrangement is out."""
    if not is_kept(year):
        raise Http404
    known = CalendarYear.objects.filter(year=year).first()
    initial = {"source": known.source if known else ""}
    form = YearForm(request.POST or None, version=known.version if known else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            confirm_year(
                known,
                request.actor,  # type: ignore[attr-defined]
                year=year,
                source=form.cleaned_data["source"],
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("%(year)s 年的安排已确认。") % {"year": year})
            return redirect("calendar:year-detail", year)
    context = {"form": form, "year": year, "known": known}
    return render(request, "calendar/year_confirm.html", context, status=422 if form.errors else 200)


@guarded("calendar.edit_day")
def day_edit(request: HttpRequest, day: str) -> HttpResponse:
    """Say whether a day is worked, and on what ground."""
    wanted = _day(day)
    known = CalendarDay.objects.filter(day=wanted).first()
    (shown,) = days_of(wanted, wanted)
    initial = {
        "working": "1" if (shown.working if known else not shown.working) else "0",
        "name": known.name if known else "",
        "source": known.source if known else "",
        "provisional": known.provisional if known else shown.provisional,
    }
    form = DayForm(request.POST or None, version=known.version if known else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            set_day(
                known,
                request.actor,  # type: ignore[attr-defined]
                day=wanted,
                working=data["working"],
                name=data["name"],
                source=data["source"],
                provisional=data["provisional"],
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("%(day)s 的安排已保存。") % {"day": day})
            return redirect("calendar:month-detail", wanted.year, wanted.month)
    context = {
        "form": form,
        "day": wanted,
        "weekday": weekday_name(wanted),
        "known": known,
        "shown": shown,
        "clear": ActionForm(version=known.version if known else None),
    }
    return render(request, "calendar/day_edit.html", context, status=422 if form.errors else 200)


@guarded("calendar.edit_day")
@require_POST
def day_clear(request: HttpRequest, day: str) -> HttpResponse:
    """Forget what was set for a day."""
    wanted = _day(day)
    known = get_object_or_404(CalendarDay, day=wanted)
    form = ActionForm(request.POST)
    form.is_valid()
    clear_day(known, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    messages.success(request, _("已取消 %(day)s 的安排。") % {"day": day})
    return redirect("calendar:month-detail", wanted.year, wanted.month)


def _day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if not is_kept(day.year):
        raise Http404
    return day

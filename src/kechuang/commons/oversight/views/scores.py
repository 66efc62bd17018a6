# SPDX-License-Identifier: Apache-2.0
"""Scores of a year: all offices, one sheet line by line, objections to a line."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded, offer
from kechuang.commons.commitments.schemes import scheme_in_force
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref, Resolved, resolve_many
from kechuang.commons.oversight.actions import decide_objection, raise_objection
from kechuang.commons.oversight.forms import DecisionForm, ReasonForm
from kechuang.commons.oversight.models import Objection
from kechuang.commons.oversight.permissions import can_decide_objection, can_raise_objection
from kechuang.commons.oversight.scoring import ASKED, sheet_of, sheets_of
from kechuang.commons.oversight.tables import ScoreList
from kechuang.commons.oversight.wording import event_words, item_words, points_words
from kechuang.commons.parties.models import Unit
from kechuang.commons.ui.lists import list_response
from kechuang.engines.progress.scores import Sheet


@guarded("oversight.view_letter")
def score_list(request: HttpRequest) -> HttpResponseBase:
    """Every office with its points (年终评分)."""
    day, year = clock.today(), _year(request)
    units = list(Unit.objects.order_by("order", "code"))
    page = ScoreList(units, sheets_of(units, year, day), scheme_in_force(), year, day)
    return list_response(request, page, context={"year": year, "this_year": day.year})


@guarded("oversight.view_letter")
def score_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet: every line opens to what caused it, and may be objected to (评分表)."""
    unit, year = get_object_or_404(Unit, pk=pk), _year(request)
    actor = request.actor  # type: ignore[attr-defined]
    sheet = sheet_of(unit, year, clock.today())
    objections = {
        (one.event, str(one.cause)): (one, can_decide_objection(one, actor))
        for one in Objection.objects.filter(unit=unit, year=year)
    }
    context = {
        "unit": unit,
        "year": year,
        "total": points_words(sheet.total),
        "rows": _rows(sheet, actor, objections),
        "asked": sheet.counts.get(ASKED, 0),
        "counts": [(event_words(kind), count) for kind, count in sorted(sheet.counts.items())],
        "scheme": scheme_in_force(),
        "may_object": can_raise_objection(unit, actor),
        "day": clock.today(),
    }
    return render(request, "oversight/score_detail.html", context)


def _rows(sheet: Sheet, actor: Any, objections: dict[tuple[str, str], Any]) -> list[dict[str, Any]]:
    """The lines of a sheet as the page draws them."""
    names = {code: name for (part, code), name in scheme_in_force().names.items() if part == "rule"}
    refs = {item.event.cause: Ref.parse(item.event.cause) for item in sheet.items if item.event}
    pages = resolve_many(refs.values(), actor)
    rows = []
    for item in sheet.items:
        event = item.event
        page: Resolved | None = pages[refs[event.cause]] if event else None
        found, may_decide = objections.get((event.kind, event.cause) if event else ("", ""), (None, None))
        rows.append(
            {
                "rule": item_words(item, names),
                "item": item,
                "points": points_words(item.points),
                "page": page,
                "kind": event_words(event.kind) if event else "",
                "objection": found,
                "may_decide": may_decide,
            }
        )
    return rows


@guarded("oversight.raise_objection")
def objection_raise(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to a line (申诉)."""
    unit, year = get_object_or_404(Unit, pk=pk), _year(request)
    verdict = can_raise_objection(unit, request.actor)  # type: ignore[attr-defined]
    if not verdict:
        raise Refused(verdict)
    event = request.GET.get("event", "")
    try:
        cause = Ref.parse(request.GET.get("cause", ""))
    except ValueError:
        raise Problem(_("没有指明是哪一项。"), remedy=_("请从评分表进入。")) from None
    form = ReasonForm(request.POST or None, version=unit.version)
    if request.method == "POST" and form.is_valid():
        key = form.action_arguments()["idempotency_key"]
        try:
            raise_objection(
                unit,
                request.actor,  # type: ignore[attr-defined]
                year=year,
                event=event,
                cause=cause,
                reason=form.cleaned_data["reason"],
                idempotency_key=key,
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已提出申诉，等待审定。"))
            return _back(unit.pk, year)
    thing = resolve_many([cause], request.actor)[cause]  # type: ignore[attr-defined]
    context = {"form": form, "unit": unit, "year": year, "thing": thing, "event": event_words(event)}
    return render(request, "oversight/objection_raise.html", context, status=422 if form.errors else 200)


@guarded("oversight.decide_objection")
def objection_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Another person decides (审定申诉)."""
    objection = get_object_or_404(Objection.objects.select_related("unit"), pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    offer(request, decide_objection, objection)
    form = DecisionForm(request.POST or None, version=objection.version)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            decide_objection(
                objection, actor, upheld=data["upheld"], words=data["words"], **form.action_arguments()
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已审定。"))
            return _back(objection.unit_id, objection.year)
    context = {
        "form": form,
        "objection": objection,
        "thing": resolve_many([objection.cause], actor)[objection.cause],
        "event": event_words(objection.event),
    }
    return render(request, "oversight/objection_decide.html", context, status=422 if form.errors else 200)


def _back(unit: int, year: int) -> HttpResponse:
    return redirect(f"{reverse('oversight:score-detail', args=[unit])}?year={year}")


def _year(request: HttpRequest) -> int:
    """The year of the address, else that of the business date."""
    words = request.GET.get("year", "")
    return int(words) if words.isascii() and words.isdigit() and len(words) == 4 else clock.today().year  # noqa: PLR2004

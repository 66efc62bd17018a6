# SPDX-License-Identifier: Apache-2.0
"""Sessions: all of them, one with who has a seat, a new one, a changed one, one called off."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref, Resolved, resolve_many, visible_to
from kechuang.commons.parties.models import Unit
from kechuang.commons.slots.actions.sessions import cancel_session, open_grid, open_session, revise_session
from kechuang.commons.slots.forms import CancelForm, GridForm, SessionForm
from kechuang.commons.slots.models import Session
from kechuang.commons.slots.permissions import can_keep_session, can_make_booking
from kechuang.commons.slots.ports import keeper_of
from kechuang.commons.slots.queries import sessions
from kechuang.commons.slots.tables import BookingList, SessionList, state_of
from kechuang.commons.ui.lists import list_response


@guarded("slots.view_session")
def session_list(request: HttpRequest) -> HttpResponseBase:
    """All sessions (场次与预约)."""
    return list_response(request, SessionList())


@guarded("slots.view_session")
def session_detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One session and, for the office that holds it, who has a seat (场次)."""
    session = get_object_or_404(sessions(), pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    keeps = can_keep_session(session, actor)
    about = resolve_many([session.about], actor)[session.about]
    context = {
        "session": session,
        "about": about,
        "state": state_of(session),
        "may_keep": keeps,
        "may_book": can_make_booking(session, actor),
    }
    if not keeps:
        return render(request, "slots/session_detail.html", context)
    page = BookingList(session)
    page.template = "slots/booking_list.html"
    return list_response(request, page, context=context)


@guarded("slots.keep_session")
def session_open(request: HttpRequest, about: str) -> HttpResponse:
    """A new session of a thing that its keeper may open (增设场次)."""
    actor = request.actor  # type: ignore[attr-defined]
    ref, shown, unit = _about(about, actor)
    form = SessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("title", "place", "starts", "ends", "quota")}
        key = form.action_arguments()["idempotency_key"]
        try:
            session = open_session(None, actor, about=ref, unit=unit, **data, idempotency_key=key)
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已设场次：%(title)s") % {"title": session})
            return redirect("slots:session-detail", session.pk)
    context = {"form": form, "about": shown}
    return render(request, "slots/session_form.html", context, status=422 if form.errors else 200)


@guarded("slots.keep_session")
def session_grid(request: HttpRequest, about: str) -> HttpResponse:
    """Many sessions alike of a thing, one after another at several places (成批增设)."""
    actor = request.actor  # type: ignore[attr-defined]
    ref, shown, unit = _about(about, actor)
    form = GridForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        names = ("title", "places", "starts", "ends", "minutes", "pause", "quota")
        data = {name: form.cleaned_data[name] for name in names}
        key = form.action_arguments()["idempotency_key"]
        try:
            open_grid(None, actor, about=ref, unit=unit, **data, idempotency_key=key)
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已成批设场次：%(title)s") % {"title": data["title"]})
            return redirect(shown.url)
    context = {"form": form, "about": shown}
    return render(request, "slots/session_form.html", context, status=422 if form.errors else 200)


def _about(about: str, actor: Actor) -> tuple[Ref, Resolved, Unit | None]:
    """What sessions are opened of, by who may open them, and the office that holds them."""
    try:
        ref = Ref.parse(about)
    except ValueError:
        raise Http404 from None
    seen = visible_to(actor, [ref])
    if ref not in seen:
        raise Http404
    unit = keeper_of(ref)
    verdict = can_keep_session(Session(unit=unit), actor)
    if not verdict:
        raise Refused(verdict)
    return ref, seen[ref], unit


@guarded("slots.keep_session")
def session_revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time, place or quota (调整场次)."""
    session, actor = _kept(request, pk), request.actor  # type: ignore[attr-defined]
    form = SessionForm(request.POST or None, version=session.version, initial=SessionForm.of(session))
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("title", "place", "starts", "ends", "quota")}
        try:
            revise_session(session, actor, **data, **form.action_arguments())
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已调整场次：%(title)s") % {"title": session})
            return redirect("slots:session-detail", session.pk)
    context = {"form": form, "session": session}
    return render(request, "slots/session_form.html", context, status=422 if form.errors else 200)


@guarded("slots.keep_session")
def session_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off (取消场次)."""
    session, actor = _kept(request, pk), request.actor  # type: ignore[attr-defined]
    form = CancelForm(request.POST or None, version=session.version)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_session(session, actor, reason=form.cleaned_data["reason"], **form.action_arguments())
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已取消场次：%(title)s") % {"title": session})
            return redirect("slots:session-detail", session.pk)
    context = {"form": form, "session": session}
    return render(request, "slots/session_cancel.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, pk: int) -> Session:
    session = get_object_or_404(Session.objects.select_related("unit"), pk=pk)
    verdict = can_keep_session(session, request.actor)  # type: ignore[attr-defined]
    if not verdict:
        raise Refused(verdict)
    return session

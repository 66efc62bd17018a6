# SPDX-License-Identifier: Apache-2.0
"""Bookings: a seat taken, the ticket with its QR, a seat given back, a person checked in."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kechuang.commons.access.fieldclasses import masked
from kechuang.commons.access.guards import guarded, public, signed_in
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.slots.actions.bookings import cancel_booking, check_in, make_booking, rate_session
from kechuang.commons.slots.forms import BookingForm
from kechuang.commons.slots.models import Booking, Rating
from kechuang.commons.slots.permissions import (
    can_cancel_booking,
    can_check_in,
    can_make_booking,
    can_rate_session,
    can_unmask_booking,
)
from kechuang.commons.slots.queries import bookings_by, sessions
from kechuang.commons.slots.tables import came_at
from kechuang.commons.ui.forms import ActionForm


@guarded("slots.make_booking")
def booking_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Book a seat, for oneself or for a guest (报名)."""
    session, actor = get_object_or_404(sessions(), pk=pk), request.actor  # type: ignore[attr-defined]
    verdict = can_make_booking(session, actor)
    if not verdict:
        raise Refused(verdict)
    form = BookingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("name", "phone", "organization")}
        key = form.action_arguments()["idempotency_key"]
        try:
            booking = make_booking(session, actor, **data, idempotency_key=key)
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已预约 %(seat)s 号座次。") % {"seat": booking.seat})
            return redirect("slots:ticket", booking.code)
    context = {"form": form, "session": session}
    return render(request, "slots/booking_form.html", context, status=422 if form.errors else 200)


@public
@never_cache
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """The ticket, for who has its address: session, seat, QR; the name is masked (预约凭证)."""
    booking = _booking(code)
    actor = request.actor  # type: ignore[attr-defined]
    address = request.build_absolute_uri(reverse("slots:check-in", args=[code]))
    drawn = segno.make(address, error="m").svg_inline(border=3, omitsize=True, title=_("签到二维码"))
    context = {
        "booking": booking,
        "name": masked(booking.name, "name"),
        "came": came_at(booking),
        "qr": mark_safe(drawn),  # noqa: S308 -- drawn here from our own address
        "may_cancel": bool(actor.id) and can_cancel_booking(booking, actor),
        "may_unmask": bool(actor.id) and can_unmask_booking(booking, actor),
        "may_check_in": bool(actor.id) and can_check_in(booking, actor),
        "action": ActionForm(version=booking.version),
        "said": getattr(booking, "rating", None),
        "words": Rating.Word.choices if can_rate_session(booking, _speaker(request)) else (),
    }
    return render(request, "slots/ticket.html", context)


@signed_in
def booking_list(request: HttpRequest) -> HttpResponse:
    """What I have booked (我的预约)."""
    rows = bookings_by(request.actor)[:200]  # type: ignore[attr-defined]
    return render(request, "slots/my_bookings.html", {"bookings": [(row, came_at(row)) for row in rows]})


@public
@require_POST
def booking_rate(request: HttpRequest, code: str) -> HttpResponse:
    """Who came says what he thought of it, from his ticket (现场评价)."""
    booking, form = _booking(code), ActionForm(request.POST)
    form.is_valid()
    key = form.action_arguments()["idempotency_key"]
    rate_session(booking, _speaker(request), word=request.POST.get("word", ""), idempotency_key=key)
    messages.success(request, _("谢谢您的评价。"))
    return redirect("slots:ticket", code)


@signed_in
@require_POST
def booking_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Give the seat back (退出预约)."""
    booking = _booking(code)
    form = ActionForm(request.POST)
    form.is_valid()
    cancel_booking(booking, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    messages.success(request, _("已退出预约。"))
    return redirect("slots:booking-list")


@guarded("slots.keep_session")
@never_cache
def check_in_page(request: HttpRequest, code: str) -> HttpResponse:
    """Where the QR leads: who it is, and the button that checks him in once (签到)."""
    booking, actor = _booking(code), request.actor  # type: ignore[attr-defined]
    verdict = can_check_in(booking, actor)
    if not verdict:
        raise Refused(verdict)
    form = ActionForm(request.POST or None, version=booking.version)
    if request.method == "POST" and form.is_valid():
        try:
            check_in(booking, actor, **form.action_arguments())
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已签到：%(name)s") % {"name": booking.name})
            return redirect("slots:check-in", code)
    booking = _booking(code)
    context = {"booking": booking, "came": came_at(booking), "form": form}
    return render(request, "slots/check_in.html", context, status=422 if form.errors else 200)


def _speaker(request: HttpRequest) -> Actor:
    """Who holds the ticket: somebody with an account, or a guest."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor if actor.id else Actor.system(_("来宾"))


def _booking(code: str) -> Booking:
    return get_object_or_404(Booking.objects.select_related("session__unit", "check_in", "rating"), code=code)

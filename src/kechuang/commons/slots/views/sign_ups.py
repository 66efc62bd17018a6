# SPDX-License-Identifier: Apache-2.0
"""Signing up without an account (公众报名): the sessions, the form, the way back by a link."""

from __future__ import annotations

import functools

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kechuang.commons.access.background import after_answer
from kechuang.commons.access.fieldclasses import masked
from kechuang.commons.access.guards import public
from kechuang.commons.access.secret_links import SecretLink
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.slots.actions.sign_ups import confirm_sign_up, sign_up, withdraw_sign_up
from kechuang.commons.slots.forms import SignUpForm, sign_up_purpose
from kechuang.commons.slots.mailing import address_of, mail_sign_up
from kechuang.commons.slots.models import Booking, Session
from kechuang.commons.slots.ports import welcome_of
from kechuang.commons.slots.queries import sessions, sessions_of, sign_up_by
from kechuang.commons.slots.tables import came_at, state_of
from kechuang.commons.ui.forms import ActionForm

LINK: SecretLink[Booking] = SecretLink(
    key="kc_sign_up",
    by_token=sign_up_by,
    rows=lambda: Booking.objects.select_related("session", "check_in").exclude(digest=""),
    page="slots:sign-up-status",
    gone_template="slots/sign_up_gone.html",
)


def _guest() -> Actor:
    return Actor.system(_("公众报名"))


@public
def sign_up_list(request: HttpRequest, about: str) -> HttpResponse:
    """The sessions of a thing that is open to everybody, with the seats left."""
    try:
        ref = Ref.parse(about)
    except ValueError:
        raise Http404 from None
    welcome = welcome_of(ref)
    if welcome is None:
        raise Http404
    ahead = sessions_of(ref).filter(ends__date__gte=clock.today())
    rows = [(row, row.quota - row.taken, state_of(row)) for row in ahead]
    return render(request, "slots/sign_up_list.html", {"welcome": welcome, "rows": rows})


@public
@never_cache
def sign_up_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a seat (公众报名)."""
    session: Session = get_object_or_404(sessions(), pk=pk)
    welcome, purpose = welcome_of(session.about), sign_up_purpose()
    if welcome is None:
        raise Http404
    if purpose is None or not welcome.verdict or session.cancelled_at is not None:
        context = {"welcome": welcome, "session": session, "reason": welcome.verdict.reason}
        return render(request, "slots/sign_up_closed.html", context, status=200)
    form, status = SignUpForm(request.POST or None, mail_on=settings.MAIL_ON), 422
    if request.method == "POST" and form.is_valid():
        try:
            booking = sign_up(
                session,
                _guest(),
                **form.guest(),
                purpose=purpose,
                sender=request.META.get("REMOTE_ADDR", ""),
                by_mail=settings.MAIL_ON,
                idempotency_key=form.action_arguments()["idempotency_key"],
            )
        except Problem as problem:
            form.blame(problem)
            status = problem.status
        else:
            return _taken(request, booking)
    context = {
        "form": form,
        "welcome": welcome,
        "session": session,
        "left": session.quota - session.taken,  # type: ignore[attr-defined]
        "purpose": purpose,
        "mail_on": settings.MAIL_ON,
    }
    return render(request, "slots/sign_up_form.html", context, status=status if form.errors else 200)


def _taken(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Where the link goes: by mail, or to this page once; a form sent twice has no link to show any more."""
    if settings.MAIL_ON:
        if booking.token:
            after_answer(functools.partial(mail_sign_up, booking.email, booking.session.title, booking.token))
        return render(request, "slots/sign_up_mailed.html", {"booking": booking})
    if booking.token:
        return LINK.show_once(request, booking, address_of(booking.token))
    return redirect(LINK.page)


@public
@never_cache
def sign_up_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opened from a mail or a bookmark."""
    return LINK.open(request, token)


@public
@never_cache
def sign_up_status(request: HttpRequest) -> HttpResponse:
    """How the sign-up stands; confirmed and withdrawn from here, on to the ticket."""
    booking = LINK.opened(request)
    if booking is None:
        return LINK.gone(request)
    late = booking.confirm_by is not None and booking.confirm_by < clock.now()
    context = {
        "booking": booking,
        "name": masked(booking.name, "name"),
        "phone": masked(booking.phone, "phone"),
        "came": came_at(booking),
        "gone": booking.cancelled_at is not None or late,
        "link": LINK.to_show(request),
        "action": ActionForm(version=booking.version),
    }
    return render(request, "slots/sign_up_status.html", context)


@public
@require_POST
def sign_up_confirm(request: HttpRequest) -> HttpResponse:
    """The guest confirms: a press of a button, so that a mail scanner that opens links does not."""
    booking = LINK.opened(request)
    if booking is not None:
        confirm_sign_up(booking, _guest())
        messages.success(request, _("已确认，到场请出示凭证。"))
    return redirect(LINK.page)


@public
@require_POST
def sign_up_withdraw(request: HttpRequest) -> HttpResponse:
    """The guest gives the seat back, and what he said of himself is forgotten (退出报名)."""
    booking = LINK.opened(request)
    if booking is not None:
        withdraw_sign_up(booking, _guest())
        messages.success(request, _("已退出报名，个人信息已删除。"))
    return redirect(LINK.page)

# SPDX-License-Identifier: Apache-2.0
"""Registering oneself (自助注册): the public form, the way back by a link, mending, taking up the account."""

from __future__ import annotations

import functools

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kechuang.commons.access.background import after_answer
from kechuang.commons.access.guards import public
from kechuang.commons.access.secret_links import SecretLink
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.actions.registrations import (
    amend_registration,
    claim_account,
    confirm_registration,
    file_registration,
)
from kechuang.commons.parties.forms.registrations import AmendForm, FileForm, current_purpose, initial_of
from kechuang.commons.parties.mailing import address_of, mail_application
from kechuang.commons.parties.models import Registration
from kechuang.commons.parties.permissions import can_claim_account
from kechuang.commons.parties.queries.registrations import registration_of
from kechuang.commons.ui.forms import ActionForm

State = Registration.State
LINK: SecretLink[Registration] = SecretLink(
    key="kc_registration",
    by_token=registration_of,
    rows=lambda: Registration.objects.select_related("kind", "region", "organization", "user"),
    page="parties:registration-status",
    gone_template="parties/registration_gone.html",
)


def _applicant() -> Actor:
    return Actor.system(_("自助注册"))


@public
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """Apply (提交注册申请); what is answered is the same whether or not the organisation is known."""
    purpose, status = current_purpose(), 422
    if purpose is None:
        return render(request, "parties/register_closed.html", status=503)
    form = FileForm(request.POST or None, request.FILES or None, mail_on=settings.MAIL_ON)
    if request.method == "POST" and form.is_valid():
        try:
            registration = file_registration(
                None,
                _applicant(),
                application=form.application(),
                proof=form.proof_given(),
                purpose=purpose,
                sender=request.META.get("REMOTE_ADDR", ""),
                by_mail=settings.MAIL_ON,
            )
        except Problem as problem:
            form.blame(problem)
            status = problem.status
        else:
            return _filed(request, registration)
    context = {"form": form, "purpose": purpose, "mail_on": settings.MAIL_ON}
    return render(request, "parties/register.html", context, status=status if form.errors else 200)


def _filed(request: HttpRequest, registration: Registration) -> HttpResponse:
    if settings.MAIL_ON:
        after_answer(functools.partial(mail_application, registration.email, registration.token))
        return render(request, "parties/register_mailed.html")
    return LINK.show_once(request, registration, address_of(registration.token))


@public
@never_cache
def registration_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opened from a mail or a bookmark."""
    return LINK.open(request, token)


@public
@never_cache
def registration_status(request: HttpRequest) -> HttpResponse:
    """How the application stands; confirmed, mended or taken up from here."""
    registration = LINK.opened(request)
    if registration is None:
        return LINK.gone(request)
    form = None
    if registration.state == State.RETURNED:
        form = AmendForm(
            request.POST or None,
            request.FILES or None,
            mail_on=settings.MAIL_ON,
            version=registration.version,
            initial=initial_of(registration),
        )
        if request.method == "POST" and form.is_valid():
            try:
                amend_registration(
                    registration,
                    _applicant(),
                    application=form.application(),
                    proof=form.proof_given(),
                    **form.action_arguments(),
                )
            except Problem as problem:
                form.blame(problem)
            else:
                messages.success(request, _("已重新提交。"))
                return redirect(LINK.page)
    context = {
        "registration": registration,
        "form": form,
        "link": LINK.to_show(request),
        "may_claim": can_claim_account(registration, _applicant()),
        "action": ActionForm(version=registration.version),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "parties/registration_status.html", context, status=status)


@public
@require_POST
def registration_confirm(request: HttpRequest) -> HttpResponse:
    """The applicant confirms (本人确认): a press of a button, so that a mail scanner that opens links does not."""
    registration = LINK.opened(request)
    if registration is not None:
        confirm_registration(registration, _applicant())
        messages.success(request, _("已确认，等待核对。"))
    return redirect(LINK.page)


@public
@require_POST
def registration_claim(request: HttpRequest) -> HttpResponse:
    """Take up the account: on to the page where the first password is set (领取账号)."""
    registration = LINK.opened(request)
    if registration is None:
        return LINK.gone(request)
    link = claim_account(registration, _applicant())
    return redirect("access:link", link.token)

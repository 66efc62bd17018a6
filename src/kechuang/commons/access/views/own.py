# SPDX-License-Identifier: Apache-2.0
"""The own account (我的账号): addresses, password, second factor, sessions, consents, who looked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kechuang.commons.access import signing
from kechuang.commons.access.actions import (
    change_password,
    correct_own_account,
    end_sessions,
    give_consent,
    withdraw_consent,
)
from kechuang.commons.access.agents import agent_words
from kechuang.commons.access.forms.own import ContactForm
from kechuang.commons.access.forms.sign_in import ChangePasswordForm
from kechuang.commons.access.guards import signed_in
from kechuang.commons.access.mailing import tell_person
from kechuang.commons.access.models import Purpose, SecondFactor, Session, User
from kechuang.commons.access.queries.personal import consents_of, views_of
from kechuang.commons.access.views.persons import account_of
from kechuang.commons.access.views.sign_in import locked_out
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.ui.forms import ActionForm


@signed_in
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """All of it on one page."""
    user = account_of(request)
    factor = SecondFactor.objects.filter(user=user).first()
    context = {
        "me": user,
        "factor": factor,
        "sessions": [_shown(session, request) for session in _sessions(user)],
        "consents": consents_of(Ref.of(user)),
        "looks": views_of(Ref.of(user))[:20],
        "oidc": settings.OIDC,
        "form": ActionForm(),
    }
    return render(request, "access/own.html", context)


def _sessions(user: User) -> list[Session]:
    return list(user.sessions.filter(expire_date__gt=timezone.now()).order_by("-started_at"))


def _mark(session: Session) -> str:
    """Names a session on the page without giving its key away."""
    return salted_hmac("kechuang.access.session", session.session_key).hexdigest()[:20]


def _shown(session: Session, request: HttpRequest) -> dict[str, Any]:
    idle = dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return {
        "mark": _mark(session),
        "session": session,
        "agent": agent_words(session.agent),
        "seen": session.expire_date - idle,
        "current": session.session_key == request.session.session_key,
    }


@signed_in
@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End one session, or all but this one."""
    user, wanted = account_of(request), request.POST.get("mark", "")
    others = [one for one in _sessions(user) if one.session_key != request.session.session_key]
    keys = [
        one.session_key for one in others if wanted == "others" or constant_time_compare(_mark(one), wanted)
    ]
    end_sessions(user, request.actor, keys=keys)  # type: ignore[attr-defined]
    messages.success(request, _("已结束 %(count)s 个会话。") % {"count": len(keys)})
    return redirect("access:own")


@signed_in
@never_cache
@sensitive_post_parameters("current")
def contact(request: HttpRequest) -> HttpResponse:
    """Put the own addresses right."""
    user = account_of(request)
    initial = {"email": user.email, "phone": user.phone}
    has_password, before = user.has_usable_password(), user.email
    form = ContactForm(request.POST or None, initial=initial, version=user.version, has_password=has_password)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if not signing.may_try(request, user):
            return locked_out(request)
        try:
            correct_own_account(
                user,
                request.actor,  # type: ignore[attr-defined]
                email=data["email"],
                phone=data["phone"],
                current=data.get("current", ""),
                **form.action_arguments(),
            )
        except Problem as problem:
            if problem.field == "current" and not signing.failed(request, user):
                return locked_out(request)
            form.blame(problem)
        else:
            if before != user.email:
                tell_person(before, user, _("登记的电子邮箱已更改"))
            messages.success(request, _("联系方式已更新。"))
            return redirect("access:own")
    return render(request, "access/own_contact.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@never_cache
@sensitive_post_parameters("current", "password", "again")
def password_change(request: HttpRequest) -> HttpResponse:
    """Change the own password; a wrong current one counts like a failed sign-in."""
    user = account_of(request)
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if not signing.may_try(request, user):
            return locked_out(request)
        try:
            change_password(
                user,
                request.actor,  # type: ignore[attr-defined]
                current=data["current"],
                password=data["password"],
                keep=request.session.session_key or "",
            )
        except Problem as problem:
            if problem.field == "current" and not signing.failed(request, user):
                return locked_out(request)
            form.blame(problem)
        else:
            update_session_auth_hash(request, user)
            tell_person(user.email, user, _("密码已修改"))
            messages.success(request, _("密码已修改，其他会话已结束。"))
            return redirect("access:own")
    return render(request, "access/password_change.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_POST
def consent_give(request: HttpRequest, code: str) -> HttpResponse:
    """Agree to a use under its current text."""
    purpose = get_object_or_404(Purpose, code=code, current=True)
    give_consent(account_of(request), request.actor, purpose=purpose)  # type: ignore[attr-defined]
    messages.success(request, _("已同意：%(name)s") % {"name": purpose.name})
    return redirect("access:own")


@signed_in
@require_POST
def consent_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Withdraw a consent."""
    withdraw_consent(account_of(request), request.actor, code=code)  # type: ignore[attr-defined]
    messages.success(request, _("已撤回同意。"))
    return redirect("access:own")

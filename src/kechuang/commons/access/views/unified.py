# SPDX-License-Identifier: Apache-2.0
"""Signing in, or tying the account, by the unified sign-in (统一认证)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kechuang.commons.access import oidc, signing
from kechuang.commons.access.actions import link_subject
from kechuang.commons.access.guards import public, signed_in
from kechuang.commons.access.models import User
from kechuang.commons.access.views.persons import account_of
from kechuang.commons.access.views.sign_in import go_on
from kechuang.commons.kernel.problems import Problem

SUBJECT = "kc_subject"


@public
@never_cache
def oidc_start(request: HttpRequest) -> HttpResponse:
    """Off to the provider; where one was going waits in the session."""
    request.session[signing.NEXT] = signing.safe_next(request)
    return oidc.start(request)


@public
@never_cache
def oidc_return(request: HttpRequest) -> HttpResponse:
    """Back from the provider: a stranger signs in, one who is in decides whether to tie the account."""
    subject = oidc.subject_of(request)
    if request.user.is_authenticated:
        request.session[SUBJECT] = subject
        return render(request, "access/unified_link.html", {"subject": subject})
    user = User.objects.filter(oidc_subject=subject).first()
    if user is None or not user.works_on(timezone.localdate()):
        raise Problem(
            _("这个统一认证账号没有对应的在用账号。"),
            remedy=_("请先用账号和密码登录，在“我的账号”中绑定；没有账号请联系系统管理员。"),
        )
    return go_on(request, user, by="oidc", target=request.session.get(signing.NEXT))


@signed_in
@require_POST
def subject_link(request: HttpRequest) -> HttpResponse:
    """Tie the account to the subject that came back a moment ago."""
    subject = request.session.pop(SUBJECT, "")
    if not subject:
        raise Problem(_("没有等待绑定的统一认证账号。"), remedy=_("请从“我的账号”重新开始。"))
    link_subject(account_of(request), request.actor, subject=subject)  # type: ignore[attr-defined]
    messages.success(request, _("已绑定统一认证账号。"))
    return redirect("access:own")


@signed_in
@require_POST
def subject_unlink(request: HttpRequest) -> HttpResponse:
    """Untie the account from the unified sign-in."""
    link_subject(account_of(request), request.actor, subject=None)  # type: ignore[attr-defined]
    messages.success(request, _("已解除统一认证绑定。"))
    return redirect("access:own")

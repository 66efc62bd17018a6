# SPDX-License-Identifier: Apache-2.0
"""Signing in, or tying the account, by the unified sign-in (统一认证)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kechuang.commons.access import oidc, signing
from kechuang.commons.access.actions import link_subject
from kechuang.commons.access.forms.own import LinkSubjectForm
from kechuang.commons.access.guards import public, signed_in
from kechuang.commons.access.mailing import tell_person
from kechuang.commons.access.models import User
from kechuang.commons.access.views.persons import account_of
from kechuang.commons.access.views.sign_in import go_on, locked_out
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
        return redirect("access:subject-link")
    user = User.objects.filter(oidc_subject=subject).first()
    if user is None or not user.works_on(timezone.localdate()):
        raise Problem(
            _("这个统一认证账号没有对应的在用账号。"),
            remedy=_("请先用账号和密码登录，在“我的账号”中绑定；没有账号请联系系统管理员。"),
        )
    return go_on(request, user, by="oidc", target=request.session.get(signing.NEXT))


@signed_in
@never_cache
@sensitive_post_parameters("current")
def subject_link(request: HttpRequest) -> HttpResponse:
    """Tie the account to the subject that came back a moment ago, by a second click and the current password."""
    subject, user = request.session.get(SUBJECT, ""), account_of(request)
    if not subject:
        raise Problem(_("没有等待绑定的统一认证账号。"), remedy=_("请从“我的账号”重新开始。"))
    form = LinkSubjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not signing.may_try(request, user):
            return locked_out(request)
        try:
            link_subject(user, request.actor, subject=subject, current=form.cleaned_data["current"])  # type: ignore[attr-defined]
        except Problem as problem:
            if problem.field == "current" and not signing.failed(request, user):
                return locked_out(request)
            form.blame(problem)
        else:
            del request.session[SUBJECT]
            tell_person(user.email, user, _("已绑定统一认证"))
            messages.success(request, _("已绑定统一认证账号。"))
            return redirect("access:own")
    context = {"subject": subject, "form": form}
    return render(request, "access/unified_link.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def subject_unlink(request: HttpRequest) -> HttpResponse:
    """Untie the account from the unified sign-in."""
    link_subject(account_of(request), request.actor, subject=None)  # type: ignore[attr-defined]
    messages.success(request, _("已解除统一认证绑定。"))
    return redirect("access:own")

# SPDX-License-Identifier: Apache-2.0
"""Signing in and out, the second factor, lost passwords, one-time links."""

from __future__ import annotations

import functools
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kechuang.commons.access import signing
from kechuang.commons.access.actions import redeem_link, spend_code
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.background import after_answer
from kechuang.commons.access.forms.sign_in import CodeForm, LostPasswordForm, NewPasswordForm, SignInForm
from kechuang.commons.access.guards import public
from kechuang.commons.access.mailing import mail_reset, tell_person
from kechuang.commons.access.models import OneTimeLink, User
from kechuang.commons.access.permissions import can_use_link
from kechuang.commons.access.queries.accounts import link_of
from kechuang.commons.access.secret_links import SecretLink
from kechuang.commons.kernel.problems import Problem


def _usable(token: str) -> OneTimeLink | None:
    found = link_of(token)
    return found if found is not None and can_use_link(found, actor_of(found.user)) else None


LINK: SecretLink[OneTimeLink] = SecretLink(
    key="kc_link",
    by_token=_usable,
    rows=lambda: OneTimeLink.objects.select_related("user"),
    page="access:link-password",
    gone_template="access/link_spent.html",
    gone_status=410,
)


def _beside() -> dict[str, Any]:
    """What stands on the page beside the form."""
    register = reverse(settings.REGISTER_URL_NAME) if settings.REGISTER_URL_NAME else ""
    directory = reverse(settings.DIRECTORY_URL_NAME) if settings.DIRECTORY_URL_NAME else ""
    return {"oidc": settings.OIDC, "register_url": register, "directory_url": directory}


class SignIn(LoginView):
    """Account and password; whoever has a second factor goes on to it."""

    template_name = "access/sign_in.html"
    authentication_form = SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What else one may do here."""
        return super().get_context_data(**kwargs, **_beside())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nobody tries more than a person would, from one place or with one account."""
        if signing.too_many(request, request.POST.get("username", "")):
            return locked_out(request)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """The first proof holds."""
        user = form.get_user()
        assert isinstance(user, User)
        return go_on(self.request, user, by="password")


sign_in = public(SignIn.as_view())


def go_on(request: HttpRequest, user: User, *, by: str, target: str | None = None) -> HttpResponse:
    """Where a person goes whose first proof holds: on his way, or to the second factor."""
    target = target or signing.safe_next(request)
    if signing.begin(request, user, by=by):
        return HttpResponseRedirect(target)
    request.session[signing.NEXT] = target
    return redirect("access:second-step")


@public
@never_cache
@sensitive_post_parameters("code")
def second_step(request: HttpRequest) -> HttpResponse:
    """The second factor (第二因素), as long as the first proof is fresh."""
    waiting = signing.pending(request)
    if waiting is None:
        messages.info(request, _("等待时间过长，请重新登录。"))
        return redirect("access:sign-in")
    user, by = waiting
    if not signing.may_try(request, user):
        return locked_out(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            spend_code(user.factor, actor_of(user), code=form.cleaned_data["code"])
        except Problem as problem:
            if not signing.failed(request, user):
                return locked_out(request)
            form.blame(problem)
        else:
            target = request.session.pop(signing.NEXT, None) or "home"
            signing.enter(request, user, by=by, factor=True)
            return redirect(target)
    return render(request, "access/second_step.html", {"form": form}, status=422 if form.errors else 200)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out (退出登录)."""
    signing.leave(request)
    return redirect("access:sign-in")


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many failures: say for how long, and what to do (called by axes)."""
    del args, kwargs
    form = SignInForm(request)
    words = _("登录失败次数过多，账号已临时锁定 15 分钟。请稍后再试，或联系系统管理员。")
    context = {"form": form, "locked": words, **_beside()}
    return render(request, "access/sign_in.html", context, status=429)


@public
@never_cache
def lost_password(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail (找回密码): the answer is the same whether or not anybody has the address."""
    form = LostPasswordForm(request.POST or None)
    sent = False
    if settings.MAIL_ON and request.method == "POST" and form.is_valid():
        after_answer(functools.partial(mail_reset, form.cleaned_data["address"]))
        sent = True
    context = {"form": form, "sent": sent, "mail_on": settings.MAIL_ON}
    return render(request, "access/lost_password.html", context, status=422 if form.errors else 200)


@public
@never_cache
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Opened from a mail or a sheet."""
    return LINK.open(request, token)


@public
@never_cache
@sensitive_post_parameters("password", "again")
def link_password(request: HttpRequest) -> HttpResponse:
    """Set a password by the link just opened."""
    found = LINK.opened(request)
    if found is None or not can_use_link(found, actor_of(found.user)):
        return LINK.gone(request)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            redeem_link(found, actor_of(found.user), password=data["password"], **form.action_arguments())
        except Problem as problem:
            form.blame(problem)
        else:
            LINK.forget(request)
            tell_person(found.user.email, found.user, _("密码已通过一次性链接设置"))
            messages.success(request, _("密码已设置，请用新密码登录。"))
            return redirect("access:sign-in")
    context = {"form": form, "account": found.user}
    return render(request, "access/link_password.html", context, status=422 if form.errors else 200)

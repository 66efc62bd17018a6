# SPDX-License-Identifier: Apache-2.0
"""Accounts, one by one: listed, opened, shown, corrected, stopped, reset, erased."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kechuang.commons.access.actions import (
    correct_account,
    disable_account,
    enable_account,
    erase_account,
    issue_link,
    open_account,
    unlock_account,
)
from kechuang.commons.access.background import after_answer
from kechuang.commons.access.forms.accounts import (
    CorrectAccountForm,
    LinkForm,
    OpenAccountForm,
    ReasonForm,
    next_day,
)
from kechuang.commons.access.guards import guarded, offer
from kechuang.commons.access.mailing import address_of, mail_link
from kechuang.commons.access.models import OneTimeLink, SecondFactor, User
from kechuang.commons.access.permissions import (
    can_correct_account,
    can_create_account,
    can_disable_account,
    can_erase_account,
    can_grant_role,
    can_hand_over,
    can_remove_factor,
    can_reset_account,
)
from kechuang.commons.access.queries.accounts import account_history, failures_of
from kechuang.commons.access.queries.grants import delegations_about
from kechuang.commons.access.tables.accounts import AccountList, state_chip
from kechuang.commons.access.tables.grants import name_reaches, term_chip
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.ui.lists import list_response


@guarded("access.view_account")
def account_list(request: HttpRequest) -> HttpResponseBase:
    """Every account."""
    may_create = bool(can_create_account(None, request.actor))  # type: ignore[attr-defined]
    return list_response(request, AccountList(), context={"may_create": may_create})


@guarded("access.view_account")
def account_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: who it is, what it may do, how it signs in, what was done to it."""
    user = get_object_or_404(User, pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    grants = list(user.grants.select_related("role").order_by("-until", "role__code"))
    name_reaches(grants, request)
    requests = list(user.requests.filter(state="open").select_related("role"))
    name_reaches(requests, request)
    context = {
        "account": user,
        "ref": Ref.of(user),
        "state": state_chip(user),
        "grants": [(grant, term_chip(grant)) for grant in grants],
        "requests": requests,
        "delegations": delegations_about(user),
        "factor": SecondFactor.objects.filter(user=user).first(),
        "failures": failures_of(user),
        "history": [(entry, verb_words(entry.verb)) for entry in account_history(user)[:20]],
        "may": {}
        if user.is_erased
        else {
            "correct": can_correct_account(user, actor),
            "disable": can_disable_account(user, actor),
            "reset": can_reset_account(user, actor),
            "erase": can_erase_account(user, actor),
            "grant": can_grant_role(user, actor),
            "ask": can_create_account(user, actor),
            "hand_over": can_hand_over(user, actor),
            "remove_factor": can_remove_factor(user, actor),
        },
    }
    return render(request, "access/account_detail.html", context)


@guarded("access.create_account")
@never_cache
def account_new(request: HttpRequest) -> HttpResponse:
    """Open an account, ask for its role, hand over its link."""
    form = OpenAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            link = open_account(
                None,
                request.actor,  # type: ignore[attr-defined]
                account=form.account(),
                by_mail=form.by_mail,
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            return hand_out(request, link, by_mail=form.by_mail)
    return render(request, "access/account_new.html", {"form": form}, status=422 if form.errors else 200)


def hand_out(request: HttpRequest, link: OneTimeLink, *, by_mail: bool) -> HttpResponse:
    """Show the link this once, or send it."""
    if not link.token:  # the second click on the same form
        messages.info(request, _("已经办理过；链接只显示一次，需要时请重新生成。"))
        return redirect("access:account-detail", link.user_id)
    if by_mail:
        after_answer(lambda: mail_link(link))
        messages.success(request, _("设置密码的链接已发到登记的电子邮箱。"))
        return redirect("access:account-detail", link.user_id)
    return render(request, "access/link_shown.html", {"link": link, "address": address_of(link)})


@guarded("access.correct_account")
@never_cache
def account_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put name, addresses and last day right; what stands there now is masked and changed only where written anew."""
    user = get_object_or_404(User, pk=pk)
    _require(can_correct_account(user, request.actor))  # type: ignore[attr-defined]
    last = user.ends_on - dt.timedelta(days=1) if user.ends_on else None
    initial = {"display_name": user.display_name, "last": last}
    form = CorrectAccountForm(request.POST or None, initial=initial, version=user.version, account=user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            correct_account(
                user,
                request.actor,  # type: ignore[attr-defined]
                display_name=data["display_name"],
                email=data["email"],
                phone=data["phone"],
                ends_on=next_day(data["last"]),
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("账号资料已更正。"))
            return redirect("access:account-detail", pk)
    context = {"form": form, "account": user}
    return render(request, "access/account_correct.html", context, status=422 if form.errors else 200)


@guarded("access.reset_account")
@never_cache
def account_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a one-time link for somebody who cannot sign in."""
    user = get_object_or_404(User, pk=pk)
    offer(request, issue_link, user)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            link = issue_link(
                user,
                request.actor,  # type: ignore[attr-defined]
                by_mail=form.by_mail,
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            return hand_out(request, link, by_mail=form.by_mail)
    context = {"form": form, "account": user}
    return render(request, "access/account_link.html", context, status=422 if form.errors else 200)


@guarded("access.reset_account")
@require_POST
def account_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody try again."""
    unlock_account(get_object_or_404(User, pk=pk), request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("已解除登录锁定。"))
    return redirect("access:account-detail", pk)


@guarded("access.disable_account")
def account_disable(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an account."""
    words = _("停用后立即退出所有会话，不能登录；授权和办理记录保留。")
    return _with_reason(request, pk, disable_account, _("停用账号"), words)


@guarded("access.disable_account")
def account_enable(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a stopped account be used again."""
    return _with_reason(request, pk, enable_account, _("启用账号"), _("启用后可以用原来的密码登录。"))


@guarded("access.erase_account")
def account_erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase what is personal."""
    words = _("姓名、账号名、邮箱、手机和第二因素将被删除，不能恢复；依法留存的办理记录不变。")
    return _with_reason(request, pk, erase_account, _("删除个人信息"), words)


def _with_reason(
    request: HttpRequest, pk: int, act: Callable[..., Any], title: str, words: str
) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    _require(act.permission(user, request.actor))  # type: ignore[attr-defined]
    form = ReasonForm(request.POST or None, version=user.version)
    if request.method == "POST" and form.is_valid():
        try:
            act(user, request.actor, reason=form.cleaned_data["reason"], **form.action_arguments())  # type: ignore[attr-defined]
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已办理：%(what)s") % {"what": title})
            return redirect("access:account-detail", pk)
    context = {"form": form, "account": user, "title": title, "words": words}
    return render(request, "access/account_reason.html", context, status=422 if form.errors else 200)


def _require(verdict: Any) -> None:
    if not verdict:
        raise Refused(verdict)

# SPDX-License-Identifier: Apache-2.0
"""Grants and requests for them, hand-overs, lost second factors: the security administrator's pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kechuang.commons.access.actions import (
    grant_role,
    hand_over,
    remove_factor,
    request_grant,
    revoke_grant,
    settle_request,
)
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.forms.accounts import AskForm, HandOverForm, ReachForm, ReasonForm, SettleForm
from kechuang.commons.access.guards import guarded, offer
from kechuang.commons.access.models import Grant, GrantRequest, User
from kechuang.commons.access.permissions import (
    can_grant_role,
    can_hand_over,
    can_remove_factor,
    can_revoke_grant,
)
from kechuang.commons.access.tables.grants import GrantList, RequestList, name_reaches
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.desks import todos_for
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.verdicts import Verdict
from kechuang.commons.ui.lists import list_response


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise Refused(verdict)


@guarded("access.view_grant")
def grant_list(request: HttpRequest) -> HttpResponseBase:
    """Every grant."""
    return list_response(request, GrantList())


@guarded("access.grant_role")
def request_list(request: HttpRequest) -> HttpResponseBase:
    """What the system administrators ask for."""
    return list_response(request, RequestList())


@guarded("access.grant_role")
def grant_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an account a role."""
    user = get_object_or_404(User, pk=pk)
    _require(can_grant_role(user, request.actor))  # type: ignore[attr-defined]
    form = ReachForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            grant_role(user, request.actor, **form.reach(), **form.action_arguments())  # type: ignore[attr-defined]
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已授权。"))
            return redirect("access:account-detail", pk)
    context = {"form": form, "account": user, "title": _("授权"), "button": _("授权")}
    return render(request, "access/grant_new.html", context, status=422 if form.errors else 200)


@guarded("access.create_account")
def grant_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the security administrator for a role of an account that is open already (申请角色)."""
    user = get_object_or_404(User, pk=pk)
    offer(request, request_grant, user)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            request_grant(user, request.actor, **form.reach(), reason=reason, **form.action_arguments())  # type: ignore[attr-defined]
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已提出申请，等待安全管理员办理。"))
            return redirect("access:account-detail", pk)
    context = {"form": form, "account": user, "title": _("申请角色"), "button": _("提出申请")}
    return render(request, "access/grant_new.html", context, status=422 if form.errors else 200)


@guarded("access.grant_role")
def grant_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role back."""
    grant = get_object_or_404(Grant.objects.select_related("user", "role"), pk=pk)
    _require(can_revoke_grant(grant, request.actor))  # type: ignore[attr-defined]
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke_grant(grant, request.actor, reason=form.cleaned_data["reason"], **form.action_arguments())  # type: ignore[attr-defined]
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已收回。"))
            return redirect("access:account-detail", grant.user_id)
    words = _("立即生效；由这项授权委托出去的权限同时失效。")
    title = _("收回角色：%(role)s") % {"role": grant.role}
    context = {"form": form, "account": grant.user, "title": title, "words": words}
    return render(request, "access/account_reason.html", context, status=422 if form.errors else 200)


@guarded("access.grant_role")
def request_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide a request: the button pressed says which way."""
    asked = get_object_or_404(GrantRequest.objects.select_related("user", "role"), pk=pk)
    offer(request, settle_request, asked)
    form = SettleForm(request.POST or None, version=asked.version)
    if request.method == "POST" and form.is_valid():
        granted = "grant" in request.POST
        try:
            settle_request(
                asked,
                request.actor,  # type: ignore[attr-defined]
                granted=granted,
                reason=form.cleaned_data["reason"],
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已授权。") if granted else _("已退回申请。"))
            return redirect("access:request-list")
    name_reaches([asked], request)
    context = {"form": form, "asked": asked}
    return render(request, "access/request_settle.html", context, status=422 if form.errors else 200)


@guarded("access.hand_over")
def account_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the work of one who leaves to another; what moves is shown first."""
    user = get_object_or_404(User, pk=pk)
    _require(can_hand_over(user, request.actor))  # type: ignore[attr-defined]
    form = HandOverForm(request.POST or None, version=user.version)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            hand_over(
                user,
                request.actor,  # type: ignore[attr-defined]
                to=data["to"],
                on=data["on"],
                reason=data["reason"],
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已移交给%(name)s。") % {"name": data["to"]})
            return redirect("access:account-detail", pk)
    grants = list(user.grants.select_related("role"))
    name_reaches(grants, request)
    todos = todos_for(actor_of(user), clock.today())
    context = {"form": form, "account": user, "grants": grants, "todos": todos[:20], "count": len(todos)}
    return render(request, "access/hand_over.html", context, status=422 if form.errors else 200)


@guarded("access.remove_factor")
def factor_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away the second factor of somebody whose telephone is lost."""
    user = get_object_or_404(User, pk=pk)
    _require(can_remove_factor(user, request.actor))  # type: ignore[attr-defined]
    form = ReasonForm(request.POST or None, version=user.version)
    if request.method == "POST" and form.is_valid():
        try:
            remove_factor(user, request.actor, reason=form.cleaned_data["reason"], **form.action_arguments())  # type: ignore[attr-defined]
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("第二因素已移除。"))
            return redirect("access:account-detail", pk)
    words = _("请先当面或以其他可靠方式核实本人；移除后其全部会话结束，管理员须重新启用后才能办理。")
    context = {"form": form, "account": user, "title": _("移除第二因素"), "words": words}
    return render(request, "access/account_reason.html", context, status=422 if form.errors else 200)

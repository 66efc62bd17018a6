# SPDX-License-Identifier: Apache-2.0
"""The demo's role picker, its clock and its tour; refused off loopback and outside the demo."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.commons.access.grants import may_visit
from kechuang.commons.access.guards import guarded, public, signed_in
from kechuang.commons.access.models import User
from kechuang.commons.kernel.clock_actions import release_day, set_business_day
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.site.demo.doors import can_pick_role


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return redirect(target if allowed else "home")


@public
@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people."""
    verdict = can_pick_role(request)
    if not verdict:
        raise Refused(verdict)
    person = User.objects.filter(demo=True, is_active=True, username=request.POST.get("username", "")).first()
    if person is None:
        raise Problem(_("没有这个演示角色。"), remedy=_("请返回登录页重新选择。"))
    login(request, person, backend="kechuang.commons.access.backends.AccountBackend")
    return redirect("home")


@guarded("kernel.set_clock")
@require_POST
def move_day(request: HttpRequest) -> HttpResponse:
    """Move the business date (presenter)."""
    words = request.POST.get("day", "").strip()
    actor = request.actor  # type: ignore[attr-defined]
    if not words:
        release_day(None, actor)
        return _back(request)
    try:
        day = dt.date.fromisoformat(words)
    except ValueError:
        raise Problem(
            _("“%(day)s”不是日期。") % {"day": words[:20]}, remedy=_("请写成 2019-10-15 这样。"), field="day"
        ) from None
    set_business_day(None, actor, day=day)
    return _back(request)


@signed_in
def tour(request: HttpRequest) -> HttpResponse:
    """Five steps through the product; each says who takes it."""
    actor = request.actor  # type: ignore[attr-defined]
    steps = [(*words, reverse(page), may_visit(actor, page)) for *words, page in _steps()]
    return render(request, "site/tour.html", {"steps": steps})


def _steps() -> list[tuple[str, str, str, str, str]]:
    """Title, text, the button, who takes the step, the page."""
    return [
        (
            _("导入"),
            _("上传或粘贴一份工作要点，系统提出任务、处室、举措和目标，并指明每一项出自哪一句。"),
            _("去导入（可用自带的样例）"),
            _("处长"),
            "workplan:import",
        ),
        (
            _("核对与签发"),
            _("左边原文、右边任务树；没有用到的数字都列出来，处室与目标由人确认后签发。"),
            _("看计划"),
            _("处长核对，局领导签发"),
            "workplan:plan-list",
        ),
        (
            _("各报各的"),
            _("每个处室报送自己负责的部分并附佐证，牵头处室汇总，另一位负责人确认办结。"),
            _("看任务"),
            _("处室工作人员报送，处长汇总，局领导确认"),
            "workplan:task-list",
        ),
        (
            _("数字从记录里长出来"),
            _("把公布的企业名单拖进来，确认疑点后，高新技术企业数自己变化；点开数字就是名单。"),
            _("看数字"),
            _("处室工作人员上传，处长确认"),
            "figures:figure-list",
        ),
        (
            _("移动日期"),
            _("把业务日期移过证书到期日，存量在那一天下降；灯和原因随之变化。"),
            _("回驾驶舱"),
            _("局领导"),
            "cockpit",
        ),
    ]

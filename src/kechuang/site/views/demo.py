# SPDX-License-Identifier: Apache-2.0
"""The demo's role picker, its clock and its tour; refused off loopback and outside the demo."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

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
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
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
    """Five steps through the product."""
    return render(request, "site/tour.html")

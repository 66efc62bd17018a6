# SPDX-License-Identifier: Apache-2.0
"""What only the demo opens: the role picker, on this machine alone, and the business date."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse

FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-Ip", "Via")


def can_pick_role(request: HttpRequest) -> Verdict:
    """The role picker works in the demo and for a browser on this very machine, not through a proxy."""
    if not settings.DEMO:
        return refuse(_("这不是演示环境，不能选择演示角色。"))
    if _is_loopback(request):
        return ALLOWED
    return refuse(_("演示角色只能从本机（127.0.0.1）选择，不能经网络或代理。"))


def can_move_day(actor: Actor) -> Verdict:
    """A presenter moves the business date, in the demo only."""
    if not settings.DEMO:
        return refuse(_("正式环境使用真实日期，不能改动业务日期。"))
    return holds(actor, "kernel.set_clock")


def _is_loopback(request: HttpRequest) -> bool:
    """Whether the request came straight from this machine."""
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False

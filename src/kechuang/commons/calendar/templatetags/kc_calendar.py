# SPDX-License-Identifier: Apache-2.0
"""``{% timers ref %}``: the limits of a record on its page, where the viewer may see limits; built in."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from kechuang.commons.access.grants import holds
from kechuang.commons.calendar.permissions import can_keep_timer
from kechuang.commons.calendar.queries import readings, timers_of
from kechuang.commons.calendar.tables import TimerLine
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.refs import Ref, visible_to

register = template.Library()


@register.inclusion_tag("calendar/timers.html", takes_context=True)
def timers(context: Context, ref: Ref) -> dict[str, Any]:
    """The limits that run or ran on ``ref``; who keeps limits may start one."""
    actor = context["request"].actor
    seen = visible_to(actor, [ref]) if holds(actor, "calendar.view_timer") else {}
    if ref not in seen:
        return {"lines": [], "may_start": False}
    day = clock.today()
    return {
        "lines": [TimerLine(timer, seen[ref], reading) for timer, reading in readings(timers_of(ref), day)],
        "may_start": can_keep_timer(None, actor),
        "ref": str(ref),
    }

# SPDX-License-Identifier: Apache-2.0
"""Lights set by hand (人工定灯): with a reason, for a time; what the rule says stays visible."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from kechuang.commons.commitments.models import Commitment, LightOverride
from kechuang.commons.commitments.permissions import can_set_light
from kechuang.commons.commitments.schemes import scheme_in_force
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem

ONE_DAY = dt.timedelta(days=1)


@action("commitments.light.set", permission=can_set_light)
def set_light(
    commitment: Commitment, actor: Actor, *, colour: str, reason: str, last_day: dt.date
) -> LightOverride:
    """Set the light of an open commitment from today to ``last_day`` (定灯)."""
    if commitment.state not in {Commitment.State.OPEN, Commitment.State.AWAITING}:
        raise Problem(
            _("这项任务当前状态为“%(state)s”，不能定灯。") % {"state": commitment.get_state_display()},
            remedy=_("请刷新页面查看最新状态。"),
        )
    if colour not in LightOverride.Colour.values:
        raise Problem(_("只能定为正常、预警或滞后。"), remedy=_("请选择一种灯。"), field="colour")
    if not reason.strip():
        raise Problem(_("请填写定灯理由。"), remedy=_("写明规则没有考虑到什么。"), field="reason")
    day, longest = clock.today(), scheme_in_force().thresholds.override_days
    if not day <= last_day < day + longest * ONE_DAY:
        raise Problem(
            _("人工定灯从今天起最多 %(days)s 天。") % {"days": longest},
            remedy=_("请填写 %(first)s 至 %(last)s 之间的日期。")
            % {"first": day.isoformat(), "last": (day + (longest - 1) * ONE_DAY).isoformat()},
            field="last_day",
        )
    before = commitment.overrides.filter(until__gt=day).first()
    if before is not None:
        raise Problem(
            _("%(by)s已定灯至 %(last)s。") % {"by": before.by, "last": (before.until - ONE_DAY).isoformat()},
            remedy=_("请先撤销原来的定灯。"),
        )
    return LightOverride.objects.create(
        commitment=commitment,
        colour=colour,
        reason=reason.strip(),
        since=day,
        until=last_day + ONE_DAY,
        by=actor.name,
    )


@action("commitments.light.lifted", permission=can_set_light)
def lift_light(override: LightOverride, actor: Actor, *, reason: str) -> LightOverride:
    """End a light set by hand before its time (撤销定灯); from today the rule speaks again."""
    del actor
    day = clock.today()
    if override.until <= day:
        raise Problem(_("这次定灯已经到期。"), remedy=_("请刷新页面。"))
    if not reason.strip():
        raise Problem(_("请填写撤销原因。"), remedy=_("写明情况有何变化。"), field="reason")
    note(before=override.until, reason=reason.strip())
    override.planned, override.until = override.until, max(day, override.since)
    override.save(update_fields=["planned", "until"])
    return override

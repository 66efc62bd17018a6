# SPDX-License-Identifier: Apache-2.0
"""The life of a limit: started, paused, resumed, stopped."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext as _

from kechuang.commons.calendar.models import Timer, TimerPause
from kechuang.commons.calendar.permissions import can_keep_timer
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref


@action("calendar.timer.started", permission=can_keep_timer)
def start_timer(  # noqa: PLR0913 -- the facts of a limit
    thing: None,
    actor: Actor,
    *,
    ref: Ref,
    code: str,
    name: str,
    days: int,
    unit: str = Timer.Unit.WORKING,
    basis: str = "",
    on: dt.date | None = None,
) -> Timer:
    """Start a limit on a record (开始计时); counting begins the day after ``on``, by default the business date."""
    del thing, actor
    if days < 1:
        raise Problem(_("期限须至少 1 天。"), remedy=_("请核对时限天数。"), field="days")
    if Timer.objects.filter(ref_kind=ref.kind, ref_id=ref.id, code=code, stopped_on__isnull=True).exists():
        raise Problem(
            _("“%(name)s”已在计时。") % {"name": name}, remedy=_("请先结束原来的计时。"), field="code"
        )
    return Timer.objects.create(
        ref_kind=ref.kind,
        ref_id=ref.id,
        code=code,
        name=name,
        basis=basis,
        days=days,
        unit=unit,
        started_on=on or clock.today(),
    )


@action("calendar.timer.paused", permission=can_keep_timer)
def pause_timer(timer: Timer, actor: Actor, *, reason: str, on: dt.date | None = None) -> Timer:
    """Stop counting for a reason (暂停计时); the day of the pause still counts."""
    del actor
    day = _day_after_all(timer, on)
    if not reason.strip():
        raise Problem(_("请填写暂停原因。"), remedy=_("例如“等待申请人补正材料”。"), field="reason")
    if timer.pauses.filter(resumed_on__isnull=True).exists():
        raise Problem(_("“%(name)s”已在暂停中。") % {"name": timer.name}, remedy=_("请刷新页面。"))
    TimerPause.objects.create(timer=timer, paused_on=day, reason=reason.strip())
    return timer


@action("calendar.timer.resumed", permission=can_keep_timer)
def resume_timer(timer: Timer, actor: Actor, *, on: dt.date | None = None) -> Timer:
    """Go on counting (恢复计时); the day after is the first that counts again."""
    del actor
    day = _day_after_all(timer, on)
    pause = timer.pauses.filter(resumed_on__isnull=True).first()
    if pause is None:
        raise Problem(_("“%(name)s”没有暂停。") % {"name": timer.name}, remedy=_("请刷新页面。"))
    pause.resumed_on = day
    pause.save(update_fields=["resumed_on"])
    return timer


@action("calendar.timer.stopped", permission=can_keep_timer)
def stop_timer(timer: Timer, actor: Actor, *, on: dt.date | None = None) -> Timer:
    """What the limit was for is done (结束计时); an open pause ends with it."""
    del actor
    day = _day_after_all(timer, on)
    timer.pauses.filter(resumed_on__isnull=True).update(resumed_on=day)
    timer.stopped_on = day
    timer.save(update_fields=["stopped_on"])
    return timer


def _day_after_all(timer: Timer, on: dt.date | None) -> dt.date:
    """The day of the act: not before anything that already happened. Raises Problem."""
    if timer.stopped_on is not None:
        raise Problem(
            _("“%(name)s”已于 %(day)s 结束计时。")
            % {"name": timer.name, "day": timer.stopped_on.isoformat()},
            remedy=_("请刷新页面。"),
        )
    day = on or clock.today()
    seen = timer.pauses.aggregate(paused=Max("paused_on"), resumed=Max("resumed_on"))
    last = max(known for known in (timer.started_on, seen["paused"], seen["resumed"]) if known)
    if day < last:
        raise Problem(
            _("日期不能早于上一步（%(last)s）。") % {"last": last.isoformat()},
            remedy=_("请核对日期。"),
            field="on",
        )
    return day

# SPDX-License-Identifier: Apache-2.0
"""Moving the business date, where a site allows it (the demo)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.kernel.actions import action
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.kernel.ports import Port
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, first_refusal, refuse

may_set_clock: Port[Any] = Port("kernel.may_set_clock")
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)


def can_set_clock(thing: Any, actor: Actor) -> Verdict:
    """Nobody, unless the site filled the port (the demo does) and its check allows."""
    del thing
    if actor.is_system:
        return ALLOWED
    checks = may_set_clock.all()
    if not checks:
        return refuse(_("正式环境使用真实日期，不能改动业务日期。"))
    return first_refusal(*(check(actor) for check in checks))


@action("kernel.clock.set", permission=can_set_clock)
def set_business_day(thing: None, actor: Actor, *, day: dt.date) -> ClockSetting:
    """Set the business date."""
    del thing, actor
    if not EARLIEST <= day <= LATEST:
        raise Problem(_("业务日期须在 2000 年至 2099 年之间。"), field="day")
    setting, _made = ClockSetting.objects.update_or_create(id=1, defaults={"day": day})
    return setting


@action("kernel.clock.released", permission=can_set_clock)
def release_day(thing: None, actor: Actor) -> None:
    """Go back to the real day."""
    del thing, actor
    ClockSetting.objects.all().delete()

# SPDX-License-Identifier: Apache-2.0
"""From time to time: sessions that are over and lists of new accounts nobody confirmed are thrown away (清理)."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.actions import drop_onboarding
from kechuang.commons.access.models import Onboarding, Session
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.ticks import ticking

FORGOTTEN = dt.timedelta(days=7)


@ticking("access", _("清理会话和未确认的开户名单"))
def clear_up() -> int:
    """Returns how many were thrown away; the addresses in a list are not kept for want of a click."""
    now = timezone.now()
    ended, _by_model = Session.objects.filter(expire_date__lte=now).delete()
    forgotten = Onboarding.objects.filter(state=Onboarding.State.DRAFT, made_at__lte=now - FORGOTTEN)
    for batch in forgotten:
        drop_onboarding(batch, Actor.system("tick"))
    return ended + len(forgotten)

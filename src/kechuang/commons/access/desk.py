# SPDX-License-Identifier: Apache-2.0
"""To-dos of access: requests for grants wait for the security administrator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.access.models import GrantRequest
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import Todo, desk


@desk("access")
def requests_waiting(actor: Actor, day: dt.date) -> Iterator[Todo]:
    """Each request not decided yet (1 query)."""
    del day
    if not holds(actor, "access.grant_role"):
        return
    waiting = GrantRequest.objects.filter(state=GrantRequest.State.OPEN).exclude(user_id=actor.id or 0)
    for asked in waiting.select_related("user", "role").order_by("id")[:50]:
        yield Todo(
            title=_("%(user)s申请角色“%(role)s”") % {"user": asked.user, "role": asked.role},
            why=_("%(who)s 提出申请") % {"who": asked.asked_by},
            url=reverse("access:request-settle", args=[asked.pk]),
            group=_("授权申请"),
        )

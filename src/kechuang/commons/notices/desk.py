# SPDX-License-Identifier: Apache-2.0
"""To-do of the administrator: notices that could not be sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import Todo, desk
from kechuang.commons.notices.queries import troubled_deliveries


@desk("notices")
def delivery_todos(actor: Actor, day: dt.date) -> Iterator[Todo]:
    """One line, however many there are."""
    del day
    if not holds(actor, "notices.retry_delivery"):
        return
    count = troubled_deliveries().count()
    if count:
        yield Todo(
            _("%(count)s 条消息没有送达") % {"count": count},
            _("请查看原因，处理后重新投递"),
            f"{reverse('notices:delivery-list')}?state=failed",
            light="yellow",
        )

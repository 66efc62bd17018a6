# SPDX-License-Identifier: Apache-2.0
"""Reading inboxes, preferences and what waits to be sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from kechuang.commons.access.models import User
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.notices.models import Delivery, NoticePreference, Receipt

MOST_AT_ONCE = 500


def inbox_of(actor: Actor) -> QuerySet[Receipt]:
    """Everything a person was told, the newest first."""
    return Receipt.objects.filter(user_id=int(actor.id)).select_related("notice")


def unread_count(actor: Actor) -> int:
    """How much of it is unread."""
    return Receipt.objects.filter(user_id=int(actor.id), read_at__isnull=True).count()


def preferences_of(users: Iterable[User]) -> dict[int, NoticePreference]:
    """Each person's preference, the usual one where none was set (one query)."""
    wanted = list(users)
    known = {row.user_id: row for row in NoticePreference.objects.filter(user__in=wanted)}
    return {user.pk: known.get(user.pk) or NoticePreference(user=user) for user in wanted}


def due_deliveries(now: dt.datetime) -> QuerySet[Delivery]:
    """What may be sent by now, the oldest first."""
    return (
        Delivery.objects.filter(state=Delivery.State.WAITING, not_before__lte=now)
        .select_related("notice", "user")
        .order_by("id")[:MOST_AT_ONCE]
    )


def troubled_deliveries() -> QuerySet[Delivery]:
    """What failed for good, or may or may not have been sent."""
    return Delivery.objects.filter(state__in=(Delivery.State.FAILED, Delivery.State.UNSURE))

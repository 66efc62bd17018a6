# SPDX-License-Identifier: Apache-2.0
"""What is personal in the bookings that an account made goes with the account (删除预约中的个人信息)."""

from __future__ import annotations

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.erasing import erasures
from kechuang.commons.access.models import User
from kechuang.commons.slots.models import Booking
from kechuang.commons.slots.seating import forget


def forget_of(user: User) -> int:
    """Empty every booking that the person made; a seat ahead stays taken, for nobody by name."""
    rows = list(Booking.objects.filter(by_id=actor_of(user).id).exclude(name="").select_for_update())
    for row in rows:
        forget(row)
    return len(rows)


erasures.fill("slots", forget_of)

# SPDX-License-Identifier: Apache-2.0
"""To-dos of sessions: what is held today and tomorrow by my office, where I have booked a seat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import ids_in_scope
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import Todo, desk
from kechuang.commons.slots.permissions import KEEP
from kechuang.commons.slots.queries import bookings_by, sessions


@desk("slots")
def session_todos(actor: Actor, day: dt.date) -> Iterator[Todo]:
    """One query for sessions, one for bookings."""
    first = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
    soon = {"starts__gte": first, "starts__lt": first + dt.timedelta(days=2), "cancelled_at": None}
    everywhere, units = ids_in_scope(actor, KEEP, "parties.unit")
    if units and not everywhere:
        for session in sessions().filter(unit__in=[int(unit) for unit in units], **soon):
            starts = timezone.localtime(session.starts)
            why = _("%(when)s 在%(place)s举办，已预约 %(taken)s/%(quota)s") % {
                "when": starts.strftime("%m-%d %H:%M"),
                "place": session.place,
                "taken": session.taken,
                "quota": session.quota,
            }
            page = reverse("slots:session-detail", args=[session.pk])
            yield Todo(session.title, why, page, starts.date(), "yellow", _("场次"))
    if actor.id:
        for booking in bookings_by(actor).filter(starts__gte=first, starts__lt=first + dt.timedelta(days=2))[
            :20
        ]:
            starts = timezone.localtime(booking.starts)
            why = _("%(when)s 在%(place)s，%(seat)s 号座次") % {
                "when": starts.strftime("%m-%d %H:%M"),
                "place": booking.session.place,
                "seat": booking.seat,
            }
            page = reverse("slots:ticket", args=[booking.code])
            yield Todo(booking.session.title, why, page, starts.date(), "green", _("我的预约"))

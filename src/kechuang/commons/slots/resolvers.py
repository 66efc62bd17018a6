# SPDX-License-Identifier: Apache-2.0
"""How pointers to sessions, bookings and check-ins are shown: by the session, never by who comes."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Resolved, resolver
from kechuang.commons.slots.models import Booking, CheckIn, Session


def _shown(session: Session, viewer: Actor | None) -> Resolved:
    visible = viewer is None or bool(holds(viewer, "slots.view_session"))
    return Resolved(session.title, reverse("slots:session-detail", args=[session.pk]), visible)


@resolver("slots.session")
def sessions(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The title; its page."""
    return {str(row.pk): _shown(row, viewer) for row in Session.objects.filter(pk__in=ids)}


@resolver("slots.booking")
def bookings(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The session booked."""
    rows = Booking.objects.filter(pk__in=ids).select_related("session")
    return {str(row.pk): _shown(row.session, viewer) for row in rows}


@resolver("slots.checkin")
def check_ins(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The session somebody came to."""
    rows = CheckIn.objects.filter(pk__in=ids).select_related("booking__session")
    return {str(row.pk): _shown(row.booking.session, viewer) for row in rows}

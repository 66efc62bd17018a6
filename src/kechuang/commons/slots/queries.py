# SPDX-License-Identifier: Apache-2.0
"""Reading sessions and bookings: how many seats are taken, how many people came."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from kechuang.commons.access import tokens
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.slots.models import Booking, Session


def _seated(path: str = "") -> Q:
    """Bookings that have a seat: neither given back nor past the time by which a guest had to confirm."""
    confirmed = Q(**{f"{path}confirm_by": None}) | Q(**{f"{path}confirm_by__gte": clock.now()})
    return Q(**{f"{path}cancelled_at": None}) & confirmed


def sessions() -> QuerySet[Any]:
    """All sessions with ``taken`` and ``came``."""
    return Session.objects.select_related("unit").annotate(
        taken=Count("bookings", filter=_seated("bookings__")),
        came=Count("bookings__check_in"),
    )


def sessions_of(about: Ref) -> QuerySet[Any]:
    """Those of one thing, in the order of time."""
    return sessions().filter(ref_kind=about.kind, ref_id=about.id)


def attendance_of(about: Ref) -> tuple[int, int]:
    """How many seats of a thing's sessions are taken, and how many people came."""
    held = Session.objects.filter(ref_kind=about.kind, ref_id=about.id)
    counted = held.aggregate(
        taken=Count("bookings", filter=_seated("bookings__")), came=Count("bookings__check_in")
    )
    return counted["taken"], counted["came"]


def bookings_of(session: Session) -> QuerySet[Booking]:
    """Who has a seat, with who came."""
    return session.bookings.filter(_seated()).select_related("check_in", "session")


def bookings_by(actor: Actor) -> QuerySet[Booking]:
    """What a person has booked, for himself or for others."""
    rows = Booking.objects.filter(by_id=actor.id, cancelled_at=None)
    return rows.select_related("session__unit", "check_in").order_by("starts", "pk")


def sign_up_by(token: str) -> Booking | None:
    """What a guest's link leads to."""
    return Booking.objects.filter(digest=tokens.digest_of(token)).exclude(digest="").first()

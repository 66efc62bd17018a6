# SPDX-License-Identifier: Apache-2.0
"""Reading sessions and bookings: how many seats are taken, how many people came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from kechuang.commons.access import tokens
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.slots.models import Booking, Rating, Session


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


@dataclass(frozen=True, slots=True)
class Attendance:
    """Of the sessions of a thing: seats taken, people who came, who of them said what they thought, who was content."""

    booked: int = 0
    came: int = 0
    rated: int = 0
    content: int = 0

    @property
    def satisfaction(self) -> Decimal | None:
        """Who was content or fairly so among those who said something, per cent; None where nobody did (满意率)."""
        share = Decimal(100 * self.content) / self.rated if self.rated else None
        return None if share is None else share.quantize(Decimal("0.1"), ROUND_HALF_UP)


def attendance_of(about: Ref) -> Attendance:
    """How many seats of a thing's sessions are taken, how many people came and were content (one query)."""
    return attendances([about]).get(about, Attendance())


def attendances(refs: Iterable[Ref]) -> dict[Ref, Attendance]:
    """The same of several things of one kind (one query)."""
    wanted = list(refs)
    held = Session.objects.filter(
        ref_kind__in={ref.kind for ref in wanted}, ref_id__in=[ref.id for ref in wanted]
    )
    content = Q(bookings__rating__word__in=(Rating.Word.GOOD, Rating.Word.FAIR))
    counted = (
        held.order_by()
        .values("ref_kind", "ref_id")
        .annotate(
            booked=Count("bookings", filter=_seated("bookings__")),
            came=Count("bookings__check_in"),
            rated=Count("bookings__rating"),
            content=Count("bookings__rating", filter=content),
        )
    )
    rows = counted.values_list("ref_kind", "ref_id", "booked", "came", "rated", "content")
    return {Ref(kind, key): Attendance(*numbers) for kind, key, *numbers in rows}


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

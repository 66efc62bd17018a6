# SPDX-License-Identifier: Apache-2.0
"""What slots ask upward: whether a thing takes bookings now (是否开放预约), of whom, and which office keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kechuang.commons.kernel.ports import Port
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict
from kechuang.commons.parties.models import Unit

bookable: Port[Callable[[Ref], Verdict | None]] = Port("slots.bookable")
"""A verdict on the things a room knows, ``None`` for others; filled by the rooms whose things have sessions."""


def is_bookable(about: Ref) -> Verdict:
    """Whether sessions of a thing may be booked now; what nobody speaks for is open."""
    verdicts = (ask(about) for ask in bookable.all())
    return next((verdict for verdict in verdicts if verdict is not None), ALLOWED)


keepers: Port[Callable[[Ref], Unit | None]] = Port("slots.keepers")
"""The office that keeps a thing, ``None`` where a room does not know it or nobody in particular does."""


def keeper_of(about: Ref) -> Unit | None:
    """The office that holds the sessions of a thing."""
    return next((unit for ask in keepers.all() if (unit := ask(about)) is not None), None)


@dataclass(frozen=True, slots=True)
class Welcome:
    """What everybody may sign up for: its name, the public page it stands on, whether it takes sign-ups now."""

    title: str
    page: str
    verdict: Verdict


welcomes: Port[Callable[[Ref], Welcome | None]] = Port("slots.welcomes")
"""Things that are open to everybody, ``None`` for any other: nobody learns that it exists."""


def welcome_of(about: Ref) -> Welcome | None:
    """What everybody is told of a thing he may sign up for."""
    return next((found for ask in welcomes.all() if (found := ask(about)) is not None), None)

# SPDX-License-Identifier: Apache-2.0
"""To-dos offered to a person by each room (待办)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.ports import Port


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that waits for this person: what, why, until when, where."""

    title: str
    why: str
    url: str
    due: dt.date | None = None
    light: str = "grey"
    group: str = ""


Desk = Callable[[Actor, dt.date], Iterable[Todo]]
desks: Port[Desk] = Port("kernel.desks")


def desk(name: str) -> Callable[[Desk], Desk]:
    """Offer to-dos: ``(actor, business day) -> Todos``, in a constant number of queries."""

    def register(function: Desk) -> Desk:
        desks.fill(name, function)
        return function

    return register


def todos_for(actor: Actor, day: dt.date) -> list[Todo]:
    """All that waits for the actor, the most urgent first."""
    found = [todo for offered in desks.all() for todo in offered(actor, day)]
    urgency = {"red": 0, "yellow": 1, "green": 2}
    return sorted(found, key=lambda todo: (urgency.get(todo.light, 3), todo.due or dt.date.max))

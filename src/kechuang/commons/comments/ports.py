# SPDX-License-Identifier: Apache-2.0
"""What comments ask of rooms above: who can carry an instruction out, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.ports import Port
from kechuang.commons.kernel.refs import Ref, Resolved

Offices = Callable[[dt.date], Iterable[tuple[Ref, str]]]
offices: Port[Offices] = Port("comments.offices")
"""The offices an instruction may be given to on a day, by name."""

Outcomes = Callable[[Iterable[Ref], Actor], Mapping[Ref, Resolved]]
outcomes: Port[Outcomes] = Port("comments.outcomes")
"""For comments that are instructions: what was opened for each, as far as the viewer may open it."""


def office_names(day: dt.date) -> dict[Ref, str]:
    """Every office offered, in the order offered."""
    return {ref: name for offered in offices.all() for ref, name in offered(day)}


def outcomes_of(comments: Iterable[Ref], viewer: Actor) -> dict[Ref, list[Resolved]]:
    """What became of each comment, from all rooms that were asked."""
    wanted = list(comments)
    found: dict[Ref, list[Resolved]] = {ref: [] for ref in wanted}
    for asked in outcomes.all() if wanted else ():
        for ref, resolved in asked(wanted, viewer).items():
            found[ref].append(resolved)
    return found

# SPDX-License-Identifier: Apache-2.0
"""A due date that was moved (延期): which date is in force on a day, and whether it had slipped before it moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """A new due date: approved on a day, asked for on a day (who asks in time has not slipped by a late answer)."""

    decided_on: dt.date
    due: dt.date
    asked_on: dt.date


@dataclass(frozen=True, slots=True)
class Schedule:
    """The due date in force, and the first day on which an earlier one had passed unmoved."""

    due: dt.date | None
    slipped_on: dt.date | None = None


def schedule(day: dt.date, first_due: dt.date | None, moves: Iterable[Move]) -> Schedule:
    """The schedule as of ``day``; moves decided later are not known yet, their order does not matter.

    A move asked for after the date in force is a slip: the new date counts, the lateness stays.
    """
    due, slipped = first_due, None
    for move in sorted(move for move in moves if move.decided_on <= day):
        if due is not None and move.asked_on > due and slipped is None:
            slipped = due + dt.timedelta(days=1)
        due = move.due
    return Schedule(due, slipped)

# SPDX-License-Identifier: Apache-2.0
"""Many records moved at once (批量流转): each is an act of its own, so that one that cannot be moved stops no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.registers.actions.records import move_record
from kechuang.commons.registers.models import Record

MOST = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a record: moved, or why not."""

    record: Record
    problem: str

    @property
    def is_done(self) -> bool:
        """Whether it was moved."""
        return not self.problem


def move_each(
    records: Iterable[tuple[Record, int]],
    actor: Actor,
    *,
    to: str,
    reason: str,
    on: dt.date,
    files: Sequence[tuple[str, bytes]] = (),
    key: str = "",
) -> list[Outcome]:
    """Move each record, seen in a version, to a state; returns what became of each."""
    found = []
    for record, version in records:
        try:
            move_record(
                record,
                actor,
                to=to,
                reason=reason,
                on=on,
                files=files,
                expected_version=version,
                idempotency_key=f"{key}-{record.pk}" if key else None,
            )
        except Problem as problem:
            found.append(Outcome(record, str(problem)))
        else:
            found.append(Outcome(record, ""))
    return found

# SPDX-License-Identifier: Apache-2.0
"""The score sheets of a year (年终评分), by the rules in force, as of a day: provisional until the year is over."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kechuang.commons.commitments.schemes import scheme_in_force
from kechuang.commons.kernel.memo import once_per_request
from kechuang.commons.oversight.models import Objection
from kechuang.commons.oversight.ports import events
from kechuang.commons.parties.models import Unit
from kechuang.engines.progress.scores import Event, Sheet, score_sheet

ASKED = "report-asked"


@once_per_request
def events_of(year: int, day: dt.date) -> dict[int, list[Event]]:
    """By the office's key what counted in a year by a day; objections upheld by then waive their events."""
    first, last = dt.date(year, 1, 1), min(day, dt.date(year, 12, 31))
    waived = {
        (one.unit_id, one.event, str(one.cause)): one.words
        for one in Objection.objects.filter(year=year, upheld=True, decided_on__lte=day)
    }
    found: dict[int, list[Event]] = defaultdict(list)
    for ask in events.all():
        for unit, event in ask(first, last):
            words = waived.get((unit, event.kind, event.cause), "")
            found[unit].append(replace(event, waived=words) if words else event)
    return dict(found)


def sheets_of(units: Iterable[Unit], year: int, day: dt.date) -> dict[int, Sheet]:
    """The sheet of each office: a constant number of queries, whatever the number of offices."""
    scheme, found = scheme_in_force(), events_of(year, day)
    return {unit.pk: score_sheet(scheme.base, scheme.rules, found.get(unit.pk, ())) for unit in units}


def sheet_of(unit: Unit, year: int, day: dt.date) -> Sheet:
    """The sheet of one office."""
    return sheets_of([unit], year, day)[unit.pk]

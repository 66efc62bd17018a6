# SPDX-License-Identifier: Apache-2.0
"""The events of a year for a paper (活动年报): of every register with sessions how many, who came, who was content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.papers.markup import Value, flat
from kechuang.commons.papers.sources import paper_source
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.permissions import VIEW
from kechuang.commons.registers.queries import records_of, registers
from kechuang.commons.slots.queries import Attendance, attendances
from kechuang.commons.ui.numbers import cn_date

NOTHING = "—"
Values = dict[str, Value]


@paper_source("events")
def event_values(about: Ref | None, day: dt.date, viewer: Actor) -> Mapping[str, Value]:
    """By the code of each register: ``science_week`` its rows, ``science_week_count``, ``_people``, ``_satisfied``."""
    del about
    verdict = holds(viewer, VIEW)
    if not verdict:
        raise Refused(verdict)
    values: Values = {
        "year": Value(str(day.year), _("年度")),
        "day": Value(cn_date(day), _("数据截至")),
    }
    for piece in registers().values():
        if piece.sessions:
            values |= _told(piece, day)
    return values


def _told(piece: RegisterPiece, day: dt.date) -> Values:
    """The events of one register in the year, up to the day."""
    dated = "day1" if "day1" in piece.keys().values() else "opened_on"
    span = Q(**{f"{dated}__gte": day.replace(month=1, day=1), f"{dated}__lte": day})
    rows = list(records_of(piece).filter(span, state__in=_held(piece)).order_by(dated, "pk"))
    seats = attendances(Ref.of(row) for row in rows)
    page = reverse("registers:record-list", args=[piece.code])
    came = {row.pk: _people(piece, row, seats.get(Ref.of(row), Attendance())) for row in rows}
    rated = sum(one.rated for one in seats.values())
    whole = Attendance(rated=rated, content=sum(one.content for one in seats.values()))
    return {
        f"{piece.code}_count": Value(f"{len(rows):,}", piece.name, page),
        f"{piece.code}_people": Value(f"{sum(came.values()):,}", _("参加人次"), page),
        f"{piece.code}_satisfied": Value(_percent(whole.satisfaction), _("满意率"), page),
        **flat(
            piece.code,
            [
                {
                    "title": Value(row.title, url=reverse("registers:record-detail", args=[row.pk])),
                    "host": Value(str(row.organization or NOTHING)),
                    "region": Value(str(row.region or NOTHING)),
                    "day": Value(cn_date(getattr(row, dated))),
                    "people": Value(f"{came[row.pk]:,}"),
                    "satisfied": Value(_percent(seats.get(Ref.of(row), Attendance()).satisfaction)),
                }
                for row in rows
            ],
        ),
    }


def _held(piece: RegisterPiece) -> list[str]:
    """The states of an event that takes or took place: neither only proposed nor called off."""
    return [
        state.code
        for state in piece.states
        if not state.start and not (state.end and state.tone in {"neutral", "bad"})
    ]


def _people(piece: RegisterPiece, row: Record, seats: Attendance) -> int:
    """Who came, as the record says it, else as they were checked in."""
    field = next((one for one in piece.fields if one.born == "came"), None)
    stored = row.data.get(field.code) if field else None
    return seats.came if field is None or stored is None else int(stored // 10**field.places)


def _percent(share: Decimal | None) -> str:
    return NOTHING if share is None else f"{share}%"

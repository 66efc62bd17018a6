# SPDX-License-Identifier: Apache-2.0
"""Records where they lie, and what falls due in a month of every register."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.commons.parties.models import Unit
from kechuang.commons.registers.dues import DueLine, due_lines, months_after
from kechuang.commons.registers.maps import drawn
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import due_records, records_of, register_of, registers

MOST_POINTS, MOST_RECORDS, A_DAY = 2000, 5000, 4


@guarded("registers.view_record")
def record_map(request: HttpRequest, register: str) -> HttpResponse:
    """The records of a register on the map of its frame, coloured by state (地图)."""
    piece = register_of(register)
    if piece.map is None:
        raise Http404(_("这份台账没有位置。"))
    rows = records_of(piece)
    placed = list(rows.filter(longitude__isnull=False).order_by("title", "pk")[:MOST_POINTS])
    context = {
        "register": piece,
        "map": drawn(piece.map, [(one, piece.state(one.state)) for one in placed]),
        "states": piece.states,
        "missing": rows.filter(longitude__isnull=True).count(),
        "rows": [(one, piece.state(one.state)) for one in placed],
    }
    return render(request, "registers/map.html", context)


@guarded("registers.view_record")
def due_month(request: HttpRequest) -> HttpResponse:
    """What falls due in a month, of all registers or of one office (到期日历)."""
    today = clock.today()
    first = _month(request.GET.get("month", ""), today)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    chosen = request.GET.get("office", "")
    lines = _lines(weeks[0][0], weeks[-1][-1], today, chosen)
    context = {
        "first": first,
        "before": months_after(first, -1),
        "after": months_after(first, 1),
        "weeks": [[(day, lines[day][:A_DAY], len(lines[day]) - A_DAY) for day in week] for week in weeks],
        "today": today,
        "weekdays": [WEEKDAYS_ABBR[number] for number in range(7)],
        "offices": list(Unit.objects.order_by("order", "pk").values_list("code", "short_name")),
        "chosen": chosen,
        "count": sum(len(found) for found in lines.values()),
    }
    return render(request, "registers/due_month.html", context)


def _lines(first: dt.date, last: dt.date, today: dt.date, office: str) -> dict[dt.date, list[DueLine]]:
    known = registers()
    rows = due_records(known.values(), last + dt.timedelta(1)).order_by("-pk")
    by_register: dict[str, list[Record]] = defaultdict(list)
    for record in (rows.filter(unit__code=office) if office else rows)[:MOST_RECORDS]:
        by_register[record.register].append(record)
    found: dict[dt.date, list[DueLine]] = defaultdict(list)
    for code in sorted(by_register):
        for line in due_lines(known[code], by_register[code], today):
            if first <= line.day <= last:
                found[line.day].append(line)
    return found


def _month(text: str, today: dt.date) -> dt.date:
    year, _dash, month = text.partition("-")
    if year.isascii() and year.isdigit() and month.isascii() and month.isdigit() and len(text) <= 7:  # noqa: PLR2004
        try:
            return dt.date(max(int(year), 1990), int(month), 1)
        except ValueError:
            pass
    return today.replace(day=1)

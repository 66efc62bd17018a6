# SPDX-License-Identifier: Apache-2.0
"""Setting days, confirming years, taking in what content brings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from kechuang.commons.calendar.models import CalendarDay, CalendarYear
from kechuang.commons.calendar.permissions import can_edit_day, can_install_calendar
from kechuang.commons.calendar.pieces import CalendarYearPiece
from kechuang.commons.calendar.queries import is_kept
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem


@action("calendar.years.installed", permission=can_install_calendar, silent=("pieces",))
def install_years(thing: None, actor: Actor, *, pieces: Iterable[CalendarYearPiece]) -> None:
    """Bring the calendar in line with the content; what the bureau set itself stays."""
    del thing, actor
    given = list(pieces)
    own_days = set(CalendarDay.objects.filter(release="").values_list("day", flat=True))
    own_years = set(CalendarYear.objects.filter(release="").values_list("year", flat=True))
    days = [
        CalendarDay(
            day=named.day,
            working=named.working,
            name=named.name,
            source=piece.source,
            release=piece.version,
        )
        for piece in given
        for named in piece.days
        if named.day not in own_days
    ]
    CalendarDay.objects.exclude(release="").delete()
    CalendarDay.objects.bulk_create(days)
    CalendarYear.objects.exclude(release="").delete()
    CalendarYear.objects.bulk_create(
        CalendarYear(year=piece.year, source=piece.source, release=piece.version)
        for piece in given
        if piece.year not in own_years
    )
    note(years={piece.code: piece.version for piece in given})


@action("calendar.day.set", permission=can_edit_day)
def set_day(
    known: CalendarDay | None,
    actor: Actor,
    *,
    day: dt.date,
    working: bool,
    name: str,
    source: str,
    provisional: bool = False,
) -> CalendarDay:
    """Say whether a day is worked (设定日期安排); ``known`` is what was set for this very day before, if anything."""
    del actor
    _require_kept(day.year)
    if not name.strip():
        raise Problem(_("请填写名称。"), remedy=_("例如“国庆节”“调休上班”。"), field="name")
    if not source.strip():
        raise Problem(
            _("请填写依据文件。"),
            remedy=_("写明发文机关和文号；内部安排写明决定的会议或日期。"),
            field="source",
        )
    other = CalendarDay.objects.filter(day=day).first()
    if other != known or (known is not None and known.day != day):
        raise Problem(
            _("%(day)s 已有安排“%(name)s”。")
            % {"day": day.isoformat(), "name": other.name if other else name},
            remedy=_("请打开这一天修改。"),
            field="day",
        )
    row = known or CalendarDay(day=day)
    note(before={"working": row.working, "name": row.name} if known else None)
    row.working, row.name, row.source = working, name.strip(), source.strip()
    row.provisional, row.release = provisional, ""
    row.save()
    return row


@action("calendar.day.cleared", permission=can_edit_day)
def clear_day(known: CalendarDay, actor: Actor) -> None:
    """Forget what was set for a day (取消日期安排): the library's word holds again."""
    del actor
    note(day=known.day, working=known.working, name=known.name, source=known.source)
    known.delete()


@action("calendar.year.confirmed", permission=can_edit_day)
def confirm_year(thing: CalendarYear | None, actor: Actor, *, year: int, source: str) -> CalendarYear:
    """Say that the year's official arrangement is out and entered (确认年度放假安排)."""
    del thing, actor
    _require_kept(year)
    if not source.strip():
        raise Problem(_("请填写依据文件。"), remedy=_("写明放假安排通知的发文机关和文号。"), field="source")
    row, _made = CalendarYear.objects.update_or_create(
        year=year, defaults={"source": source.strip(), "release": ""}
    )
    return row


def _require_kept(year: int) -> None:
    if not is_kept(year):
        raise Problem(
            _("工作日历不包括 %(year)s 年。") % {"year": year}, remedy=_("请核对日期。"), field="day"
        )

# SPDX-License-Identifier: Apache-2.0
"""The yearly stock-take of what a record promised."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.permissions import can_keep_record
from kechuang.commons.registers.queries import register_of
from kechuang.commons.registers.reading import place
from kechuang.commons.registers.stocktaking import kept_in, stocktake_of


@action("registers.stocktake.taken", permission=can_keep_record)
def take_stock(record: Record, actor: Actor, *, year: int, remark: str = "") -> Record:
    """Write into the record what of its promises was kept by the end of a year and what is open (年度盘点)."""
    del actor
    piece, day = register_of(record.register), clock.today()
    table = stocktake_of(piece)
    if table is None:
        raise Problem(_("这份台账不作年度盘点。"), remedy=_("请在台账定义的约定事项中写明 stocktake。"))
    if not record.opened_on.year <= year <= day.year:
        years = {"first": record.opened_on.year, "last": day.year}
        raise Problem(
            _("盘点年度须在 %(first)s 至 %(last)s 之间。") % years, remedy=_("请核对年度。"), field="year"
        )
    rows = record.data.get(table) or []
    if any(str(row.get("year", "")).strip()[:4] == str(year) for row in rows):
        raise Problem(
            _("%(year)s 年度已经盘点过。") % {"year": year},
            remedy=_("如需更正，请修改记录中的那一行。"),
            field="year",
        )
    done, left = kept_in(record, year, day)
    row = {"year": str(year), "done": done, "open": "；".join(filter(None, (left, remark.strip())))[:200]}
    row = {code: value for code, value in row.items() if value}
    note(stocktake=row)
    place(record, piece, {**record.data, table: [*rows, row]})
    record.save()
    return record

# SPDX-License-Identifier: Apache-2.0
"""The score sheets of a year (年终评分表): every office, every line with its cause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.commitments.schemes import scheme_in_force
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Refused
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.oversight.scoring import ASKED, sheets_of
from kechuang.commons.oversight.wording import event_words, item_words, points_words
from kechuang.commons.papers.markup import Value, flat
from kechuang.commons.papers.sources import paper_source
from kechuang.commons.parties.models import Unit
from kechuang.commons.ui.numbers import cn_date
from kechuang.engines.progress.scores import Item, Sheet

Row = Mapping[str, Value]


@paper_source("scores")
def score_values(about: Ref | None, day: dt.date, viewer: Actor) -> Mapping[str, Value]:
    """The year of the day, as it counts by that day."""
    del about
    verdict = holds(viewer, "oversight.view_letter")
    if not verdict:
        raise Refused(verdict)
    units, scheme = list(Unit.objects.order_by("order", "code")), scheme_in_force()
    sheets = sheets_of(units, day.year, day)
    names = {code: name for (part, code), name in scheme.names.items() if part == "rule"}
    causes = [Ref.parse(item.event.cause) for sheet in sheets.values() for item in sheet.items if item.event]
    titles = {str(ref): page for ref, page in resolve_many(causes, viewer).items()}
    ranked = sorted(units, key=lambda unit: (-sheets[unit.pk].total, unit.order))
    lines: list[Row] = []
    for unit in ranked:
        for item in filter(_tells, sheets[unit.pk].items):
            cause = titles[item.event.cause].title if item.event else ""
            lines.append(_line(unit, item, day.year, names, cause))
    totals = [sheets[unit.pk].total for unit in ranked]
    places = [totals.index(total) + 1 for total in totals]  # equal scores share a place
    return {
        "year": Value(str(day.year), _("年度")),
        "day": Value(cn_date(day), _("数据截至")),
        "scheme": Value(scheme.name, _("办法")),
        "base": Value(points_words(scheme.base), _("基础分")),
        **flat(
            "units",
            [
                _unit(place, unit, sheets[unit.pk], day.year)
                for place, unit in zip(places, ranked, strict=True)
            ],
        ),
        **flat("lines", lines),
    }


def _tells(item: Item) -> bool:
    """Whether a line says more than that something was counted: it gives, takes, is limited or was waived."""
    return item.event is None or bool(item.points or item.limited or item.event.waived)


def _page(unit: Unit, year: int) -> str:
    return f"{reverse('oversight:score-detail', args=[unit.pk])}?year={year}"


def _unit(place: int, unit: Unit, sheet: Sheet, year: int) -> Row:
    page = _page(unit, year)
    return {
        "place": Value(str(place), _("名次"), page),
        "name": Value(unit.short_name, _("处室"), page),
        "total": Value(points_words(sheet.total), f"{unit} {_('总分')}", page),
        "asked": Value(str(sheet.counts.get(ASKED, 0)), f"{unit} {_('要求报送次数')}", page),
    }


def _line(unit: Unit, item: Item, year: int, names: dict[str, str], cause: str) -> Row:
    page, event = _page(unit, year), item.event
    note = event.waived if event and event.waived else _("已达本项上限") if item.limited else ""
    return {
        "unit": Value(unit.short_name, _("处室"), page),
        "rule": Value(item_words(item, names), _("规则"), page),
        "day": Value(cn_date(event.day) if event else "", _("日期"), page),
        "cause": Value(f"{event_words(event.kind)}：{cause}" if event else "", _("事由"), page),
        "points": Value(points_words(item.points), f"{unit} {item_words(item, names)}", page),
        "note": Value(note, _("说明"), page),
    }

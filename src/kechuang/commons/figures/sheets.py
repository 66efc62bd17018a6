# SPDX-License-Identifier: Apache-2.0
"""Values of many indicators as one sheet (批量填报): a template, and a check line by line before anything is kept."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import xlsxwriter
from django.utils.translation import gettext as _

from kechuang.commons.documents.cells import Cell, day_of, plain, text_of
from kechuang.commons.documents.headings import Headings
from kechuang.commons.documents.sheets import Line, read_sheets
from kechuang.commons.facts.entered import Entered, check_entered
from kechuang.commons.facts.models import Indicator
from kechuang.commons.facts.permissions import can_enter_observation
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Region

HEADINGS = Headings(
    {
        "indicator": ("指标", "指标名称", "指标代码"),
        "region": ("区域", "区县", "地区"),
        "period_start": ("期初", "起始日期", "开始日期"),
        "period_end": ("期末", "截至日期", "截止日期"),
        "value": ("数值", "数据", "完成值", "累计值"),
        "vintage_word": ("版本说明", "数据版本", "口径说明"),
        "published_on": ("发布日期", "公布日期"),
        "source": ("来源", "数据来源", "依据"),
    },
    main="indicator",
)
REQUIRED = ("indicator", "period_start", "period_end", "value", "published_on", "source")


@dataclass(frozen=True, slots=True)
class Checked:
    """A sheet as read: what may be entered, and by line what is wrong with the rest."""

    rows: list[tuple[Indicator, Entered]]
    faults: list[tuple[int, str]]


def template_of(indicators: Sequence[Indicator]) -> bytes:
    """A workbook with the columns, and a second sheet with the indicators to choose from."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        bold, day = (
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format({"num_format": "yyyy-mm-dd"}),
        )
        sheet, names = book.add_worksheet(_("填报")), book.add_worksheet(_("指标"))
        for column, (code, label) in enumerate(HEADINGS.words.items()):
            sheet.write_string(0, column, label, bold)
            is_day = code in {"period_start", "period_end", "published_on"}
            sheet.set_column(column, column, 14 if is_day else 22, day if is_day else None)
        sheet.freeze_panes(1, 0)
        for column, label in enumerate((_("指标"), _("单位"), _("代码"), _("责任处室"))):
            names.write_string(0, column, label, bold)
        for line, one in enumerate(indicators, 1):
            for column, text in enumerate((one.name, one.unit, one.code, str(one.owner or ""))):
                names.write_string(line, column, text)
        names.set_column(0, 3, 24)
        source = f"='{names.get_name()}'!$A$2:$A${len(indicators) + 1}"
        sheet.data_validation(1, 0, 2000, 0, {"validate": "list", "source": source})
        sheet.write_comment(0, 4, _("以指标的单位填写；占比、增速填百分数，如 2.64。"))
    return file.getvalue()


def check_sheet(name: str, data: bytes, actor: Actor) -> Checked:
    """Read a sheet and try every line (试导入); keeps nothing. Raises Problem where it is no such sheet."""
    lines = read_sheets(name, data)[0].lines
    head = HEADINGS.find([line.cells for line in lines])
    missing = [HEADINGS.words[code] for code in REQUIRED if head is None or code not in head.columns]
    if head is None or missing:
        raise Problem(
            _("表头缺少：%(columns)s。") % {"columns": "、".join(missing)},
            remedy=_("请下载模板，按模板的列名填写。"),
            field="file",
        )
    reader = _Reader(head.columns, actor)
    rows: list[tuple[Indicator, Entered]] = []
    faults: list[tuple[int, str]] = []
    for line in lines[head.place + 1 :]:
        try:
            rows.append(reader.read(line))
        except Problem as problem:
            faults.append((line.number, str(problem)))
    return Checked(rows, faults)


class _Reader:
    """Reads lines into values; indicators and regions are known by any of their names."""

    def __init__(self, columns: dict[str, int], actor: Actor) -> None:
        self.columns, self.actor = columns, actor
        self.seen: set[tuple[object, ...]] = set()
        known = list(Indicator.objects.select_related("owner"))
        self.indicators = {plain(name): one for one in known for name in (*one.names, one.name, one.code)}
        self.regions = {plain(text): one for one in Region.objects.all() for text in (one.name, one.code)}

    def read(self, line: Line) -> tuple[Indicator, Entered]:
        """A line as an indicator and a value. Raises Problem."""

        def cell(code: str) -> Cell:
            place = self.columns.get(code, len(line.cells))
            return line.cells[place] if place < len(line.cells) else None

        name, region = plain(cell("indicator")), plain(cell("region"))
        indicator = self.indicators.get(name)
        if indicator is None:
            raise Problem(_("没有指标“%(name)s”。") % {"name": name}, remedy=_("请从模板的指标表中选择。"))
        if region and region not in self.regions:
            raise Problem(_("没有区域“%(name)s”。") % {"name": region}, remedy=_("请填写区域全称或代码。"))
        verdict = can_enter_observation(indicator, self.actor)
        if not verdict:
            raise Problem(verdict.reason, remedy=_("请删去这一行，由责任处室填报。"))
        entered = Entered(
            value=_number(cell("value")),
            period_start=_day(cell("period_start"), HEADINGS.words["period_start"]),
            period_end=_day(cell("period_end"), HEADINGS.words["period_end"]),
            published_on=_day(cell("published_on"), HEADINGS.words["published_on"]),
            source=text_of(cell("source"))[:200],
            vintage_word=text_of(cell("vintage_word"))[:20],
            region=self.regions.get(region),
        )
        check_entered(indicator, entered)
        key = (indicator.pk, entered.region, entered.period_start, entered.period_end)
        if key in self.seen:
            raise Problem(_("与前面一行是同一指标、同一期。"), remedy=_("请删去重复的行。"))
        self.seen.add(key)
        return indicator, entered


def _number(cell: Cell) -> Decimal:
    try:
        number = Decimal(plain(cell).replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Problem(
            _("数值“%(text)s”不是数字。") % {"text": text_of(cell)}, remedy=_("只填数字，不带单位。")
        )
    return number


def _day(cell: Cell, label: str) -> dt.date:
    try:
        day = day_of(cell)
    except ValueError:
        day = None
    if day is None:
        raise Problem(
            _("%(label)s“%(text)s”不是日期。") % {"label": label, "text": text_of(cell)},
            remedy=_("请写成 2019-10-15 这样。"),
        )
    return day

# SPDX-License-Identifier: Apache-2.0
"""A list of organisations as lines (读机构名单): every line kept under its number, every fault named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kechuang.commons.documents.cells import Cell, day_of, lost_digits, text_of
from kechuang.commons.documents.headings import Head, Headings, is_total
from kechuang.commons.documents.sheets import Line, read_sheets
from kechuang.commons.kernel.problems import Problem
from kechuang.engines.linkage.codes import (
    ORGANIZATION,
    REGISTRATION,
    USCC,
    contained,
    kind_of,
    mended,
    plain_code,
)

MOST_ROWS, MOST_ABOVE, LONGEST = 200_000, 30, 200
FIRST_YEAR = 1840  # of founding: universities and works are older than any certificate
HEADINGS = Headings(
    {
        "name": (
            "名称",
            "机构名称",
            "单位名称",
            "企业名称",
            "公司名称",
            "机构全称",
            "企业全称",
            "单位",
            "企业",
        ),
        USCC: ("统一社会信用代码", "社会信用代码", "统一信用代码", "信用代码", "统一代码"),
        REGISTRATION: ("工商注册号", "注册号", "营业执照注册号"),
        ORGANIZATION: ("组织机构代码", "机构代码"),
        "former": ("曾用名", "原名称", "历史名称"),
        "kind": ("主体类型", "机构类型", "单位类型", "类型"),
        "region": ("所在区县", "区县", "所属区县", "所属区", "所在区", "属地", "注册地", "地区", "所属地区"),
        "zone": ("所在功能区", "功能区", "所在园区", "园区", "开发区"),
        "head": ("总部", "总部名称", "上级单位", "所属总公司"),
        "representative": ("法定代表人", "法人代表", "法人", "负责人"),
        "address": ("地址", "注册地址", "经营地址", "住所", "详细地址"),
        "industry": ("行业", "所属行业", "国民经济行业"),
        "founded": ("成立日期", "注册日期", "成立时间"),
    }
)
FIELDS = tuple(HEADINGS.words)
LENGTHS = {USCC: 18, REGISTRATION: 15, ORGANIZATION: 9}


@dataclass(slots=True)
class Read:
    """One line as read: texts by field, codes in plain form, what could not be understood."""

    line: int
    texts: dict[str, str]
    codes: dict[str, str]
    faults: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the line calls the organisation."""
        return self.texts.get("name", "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list's head and the lines below it, not yet read."""

    labels: list[str]
    notes: list[str]
    head: Head
    lines: Sequence[Line]

    def rows(self, after: int) -> Iterator[Read]:
        """The lines beyond a line number, those that are no organisation left out."""
        for line in self.lines:
            if line.number > after and not self._is_no_row(line.cells):
                yield read_line(line, self.head)

    def _is_no_row(self, cells: Sequence[Cell]) -> bool:
        if is_total(cells) or HEADINGS.head_of(0, cells).columns == self.head.columns:
            return True
        return not any(_text(cells, self.head, name) for name in ("name", USCC, REGISTRATION, ORGANIZATION))


def open_list(name: str, data: bytes) -> Sheet:
    """Find the head of the list in a file. Raises Problem where there is none, or too many lines."""
    sheets = read_sheets(name, data, most_rows=MOST_ROWS + MOST_ABOVE)
    for sheet in sheets:
        head = HEADINGS.find([line.cells for line in sheet.lines[:MOST_ABOVE]])
        if head is not None and (below := sheet.lines[head.place + 1 :]):
            notes = list(
                _notes(
                    head, sheet.name, [other.name for other in sheets if other is not sheet and other.lines]
                )
            )
            return Sheet([text_of(cell) for cell in sheet.lines[head.place].cells], notes, head, below)
    raise Problem(
        _("没有找到名单：前 20 行里需要有表头（至少有“名称”一列和代码等另一列），其下有数据行。"),
        remedy=_("请下载模板对照，或在名单第一行写上列名。"),
        field="file",
    )


def _notes(head: Head, name: str, others: Sequence[str]) -> Iterator[str]:
    """What of the file is not read: other sheets, columns without a meaning."""
    if others:
        words = {"name": name, "others": "、".join(others)}
        yield _("只读取了工作表“%(name)s”，没有读取：%(others)s。其中如有名单，请另存后单独上传。") % words
    used = head.columns.values()
    if unknown := [label for place, label in enumerate(head.labels) if label and place not in used]:
        yield _("未使用的列：%(columns)s。") % {"columns": "、".join(unknown)}


def _cell(cells: Sequence[Cell], head: Head, name: str) -> Cell:
    column = head.columns.get(name)
    return cells[column] if column is not None and column < len(cells) else None


def _text(cells: Sequence[Cell], head: Head, name: str) -> str:
    return text_of(_cell(cells, head, name))


def read_line(line: Line, head: Head) -> Read:
    """What one line says; a fact that cannot be read is left out and named."""
    texts = {name: text for name in FIELDS if (text := _text(line.cells, head, name)[:LONGEST])}
    found = Read(line.number, texts, {})
    if len(found.name) > 120:  # noqa: PLR2004 -- what the column of a name holds
        found.faults.append(_("名称超过 120 个字，已截短。"))
        texts["name"] = found.name[:120]
    for kind in (USCC, REGISTRATION, ORGANIZATION):
        _read_code(found, kind, _cell(line.cells, head, kind))
    _require_one(found)
    if "founded" in texts:
        _read_day(found, _cell(line.cells, head, "founded"))
    return found


def _read_code(found: Read, kind: str, cell: Cell) -> None:
    code = plain_code(text_of(cell))
    if not code:
        return
    if lost_digits(cell):
        found.faults.append(
            _("“%(column)s”被存成了数字，末几位已丢失；请在文件中改为文本格式。")
            % {"column": HEADINGS.words[kind]}
        )
    elif kind_of(code) == kind:
        found.codes[kind] = code
    else:
        words = _("%(column)s“%(code)s”无效。") % {"column": HEADINGS.words[kind], "code": code[:40]}
        found.faults.append(words + _why_wrong(kind, code))


def _why_wrong(kind: str, code: str) -> str:
    """What is wrong with a code, or which it may be."""
    length = LENGTHS[kind]
    if len(code) != length:
        return _("应为 %(length)s 位，现为 %(count)s 位。") % {"length": length, "count": len(code)}
    likely = mended(code) if kind == USCC else []
    if likely:
        return _("是否为 %(codes)s？") % {"codes": "、".join(likely)}
    return _("校验位不符，请对照证照核对。") if kind != REGISTRATION else _("应全为数字。")


def _require_one(found: Read) -> None:
    """A unified code and an old one that do not belong together: neither is believed."""
    uscc, old = found.codes.get(USCC, ""), found.codes.get(ORGANIZATION, "")
    if uscc and old and contained(uscc) != old:
        del found.codes[ORGANIZATION]
        found.faults.append(_("组织机构代码与统一社会信用代码第 9 至 17 位不一致，未采用组织机构代码。"))


def _read_day(found: Read, cell: Cell) -> None:
    try:
        day = day_of(cell, FIRST_YEAR)
    except (ValueError, OverflowError):
        words = {"text": found.texts.pop("founded")[:40]}
        found.faults.append(_("成立日期“%(text)s”不是日期，未采用；请写成 2019-10-15。") % words)
    else:
        found.texts["founded"] = day.isoformat() if day else ""


def zones_in(text: str) -> list[str]:
    """The zones that a cell names."""
    return [name.strip() for name in text.replace("；", "、").replace("，", "、").split("、") if name.strip()]


def named_things(
    found: Read, regions: Mapping[str, int], zones: Mapping[str, int], kinds: Mapping[str, str]
) -> None:
    """Name what a line calls a region, a zone or a kind that is not known; a zone for a district is kept as a zone."""
    region = found.texts.get("region", "")
    if region and region not in regions and region in zones:
        found.texts["zone"] = "、".join(dict.fromkeys([*zones_in(found.texts.get("zone", "")), region]))
        del found.texts["region"]
        found.faults.append(_("“%(zone)s”是功能区，记为所在功能区；所在区县未注明。") % {"zone": region[:40]})
        region = ""
    for zone in zones_in(found.texts.get("zone", "")):
        if zone not in zones:
            found.faults.append(
                _("没有“%(zone)s”这个功能区，未采用；请按模板的选项填写。") % {"zone": zone[:40]}
            )
    if region and region not in regions:
        found.faults.append(
            _("没有“%(region)s”这个区县，未采用；请按模板的选项填写。") % {"region": region[:40]}
        )
    kind = found.texts.get("kind", "")
    if kind and kind not in kinds:
        found.faults.append(
            _("没有“%(kind)s”这个主体类型，未采用；请按模板的选项填写。") % {"kind": kind[:40]}
        )

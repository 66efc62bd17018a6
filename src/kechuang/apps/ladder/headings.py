# SPDX-License-Identifier: Apache-2.0
"""Which column is which (表头): by the words people use, wherever the head stands in the first lines. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kechuang.apps.ladder.cells import Cell, plain

SEARCHED_LINES, FEWEST_FIELDS = 20, 2
SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": ("企业名称", "单位名称", "公司名称", "企业全称", "机构名称", "申报单位", "企业", "单位", "名称"),
    "uscc": ("统一社会信用代码", "社会信用代码", "统一信用代码", "信用代码", "统一代码"),
    "number": (
        "证书编号",
        "高企证书编号",
        "高新技术企业证书编号",
        "入库登记编号",
        "登记编号",
        "入库编号",
        "证书号",
        "编号",
    ),
    "valid_from": (
        "发证日期",
        "发证时间",
        "登记日期",
        "入库日期",
        "入库时间",
        "认定日期",
        "认定时间",
        "批准日期",
        "有效期起",
        "有效期自",
        "有效期开始",
    ),
    "valid_to": ("有效期至", "有效期止", "有效期截止", "有效期结束", "到期日期", "截止日期", "失效日期"),
    "term": ("有效期", "有效期年", "有效期年限", "有效年限", "有效期限"),
    "region": (
        "区县",
        "区县市",
        "区、县(市)",
        "所属区",
        "所属区县",
        "所属区县市",
        "所在区",
        "所在区县",
        "所在地",
        "所属地区",
        "所在地区",
        "地区",
        "属地",
        "辖区",
        "注册地",
    ),
    "index": ("序号", "序", "顺序号"),
}
_MARKS = re.compile(r"[\s()（）\[\]【】:：、,，*＊·/]")
_FIELDS = {_MARKS.sub("", word): name for name, words in SYNONYMS.items() for word in words}
WORDS = {name: words[0] for name, words in SYNONYMS.items()}
TOTALS = frozenset({"合计", "总计", "小计", "共计"})


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table: where it stands, its labels, and the column of each field."""

    place: int
    labels: tuple[str, ...]
    columns: dict[str, int]


def field_of(label: Cell) -> str:
    """The field a label names, or nothing."""
    return _FIELDS.get(_MARKS.sub("", plain(label)), "")


def head_of(place: int, cells: Sequence[Cell]) -> Head:
    """A line taken as a head; the first column of each field counts."""
    columns: dict[str, int] = {}
    for column, cell in enumerate(cells):
        name = field_of(cell)
        if name:
            columns.setdefault(name, column)
    return Head(place, tuple(plain(cell) for cell in cells), columns)


def find_head(lines: Sequence[Sequence[Cell]]) -> Head | None:
    """The line of the first twenty that names the most fields, above all the firm's name."""
    heads = [head_of(place, cells) for place, cells in enumerate(lines[:SEARCHED_LINES])]
    fit = [head for head in heads if _is_head(head)]
    return max(fit, key=lambda head: (len(head.columns), -head.place), default=None)


def _is_head(head: Head) -> bool:
    filled = sum(bool(label) for label in head.labels)
    return "name" in head.columns and (len(head.columns) >= FEWEST_FIELDS or filled == 1)


def is_total(cells: Sequence[Cell]) -> bool:
    """Whether a line is a sum: one of its first filled cells says so."""
    filled = [text for text in map(plain, cells) if text]
    return any(text.rstrip(":：") in TOTALS or text.startswith(("合计", "总计")) for text in filled[:2])

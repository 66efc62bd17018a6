# SPDX-License-Identifier: Apache-2.0
"""Rows of indicator tables as headline targets (指标表): name, unit, and a number for each year that is aimed at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kechuang.engines.plandoc.characters import listed
from kechuang.engines.plandoc.headers import Column
from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.marks import mark_at
from kechuang.engines.plandoc.numbers import Number, numbers_in
from kechuang.engines.plandoc.proposal import Comparator, FoundNumber, Span, Target
from kechuang.engines.plandoc.words import after_bound, peel

_NAME_UNIT: Final = re.compile(r"（(?P<unit>[^（）]{1,8})）$")
_SIGNS: Final[dict[str, Comparator]] = {
    **dict.fromkeys("≥", ">="),
    **dict.fromkeys("＞>", ">"),
    **dict.fromkeys("≤＜<", "<="),
    **dict.fromkeys("＝=", "="),
}
_UNIT_WORDS: Final = re.compile(r"[%‰\u4e00-\u9fffA-Za-z0-9/]+")
_RELATIVE: Final = frozenset(listed("%|‰|个百分点"))
_GROWTH: Final = listed("增长|增长率|增速|增幅|涨幅")
_SHARE: Final = listed("占比|比重|比例|率|强度")
_OTHER_COLUMN, _PAST_COLUMN = "表格其他列中的数", "往年结果或现状"


def indicator_row(
    manuscript: Manuscript, columns: Sequence[Column], row: Sequence[Span]
) -> tuple[list[Target], list[FoundNumber], list[tuple[Span, str]]]:
    """The targets of a row, their numbers, and the cells (or numbers) that are none with the reason."""
    cells = [(column, span) for column, span in zip(columns, row, strict=False) if span[1] > span[0]]
    by_column = dict(reversed(cells))
    targets: list[Target] = []
    used: list[FoundNumber] = []
    unused: list[tuple[Span, str]] = []
    for column, span in cells:
        numbers = list(numbers_in(manuscript.read, *span)) if column == "value" else []
        if numbers and "indicator" in by_column:
            target = _target(manuscript, by_column, span, numbers[0])
            targets.append(target)
            written = manuscript.written(numbers[0].start, numbers[0].end)
            used.append(FoundNumber(written, target.numbers[0], "target"))
            unused += [((number.start, number.end), _OTHER_COLUMN) for number in numbers[1:]]
        elif column != "indicator":
            unused.append((span, _PAST_COLUMN if column == "past" else _OTHER_COLUMN))
    if "indicator" in by_column:
        unused += [
            ((n.start, n.end), _OTHER_COLUMN) for n in numbers_in(manuscript.read, *by_column["indicator"])
        ]
    return targets, used, unused


def _target(manuscript: Manuscript, cells: dict[Column, Span], place: Span, number: Number) -> Target:
    read, named = manuscript.read, cells["indicator"]
    mark = mark_at(read, *named)
    name = read[mark.end if mark else named[0] : named[1]]
    unit = number.unit or (read[slice(*cells["unit"])] if "unit" in cells else "")
    if match := _NAME_UNIT.search(name):
        unit, name = unit or match["unit"], name[: match.start()]
    words = _UNIT_WORDS.match(unit)
    unit = words[0] if words else ""
    left = read[place[0] : number.start]
    peeled = peel(left)
    sign = next((comparator for char, comparator in _SIGNS.items() if char in left), None)
    comparator = (
        after_bound(read[number.end : place[1]])[1] or sign or ("<=" if peeled.rank else peeled.bound)
    )
    growth = unit in _RELATIVE and bool(peeled.growth or name.endswith(_GROWTH))
    share = unit in {"%", "‰"} or (not unit and name.endswith(_SHARE))
    return Target(
        name=manuscript.as_written(name, *named),
        force=peeled.force,
        comparator=comparator or ("~" if peeled.aspire else "="),
        value=number.value,
        value_max=number.high,
        stretch=None,
        unit=unit,
        kind="growth" if growth else "share" if share else "level",
        aspire=peeled.aspire,
        scope="headline",
        task=None,
        task_number=None,
        verb="",
        text=f"{manuscript.written(*named)} {manuscript.written(*place)}",
        span=manuscript.span(*place),
        numbers=(manuscript.span(number.start, number.end),),
    )

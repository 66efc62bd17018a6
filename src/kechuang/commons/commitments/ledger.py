# SPDX-License-Identifier: Apache-2.0
"""The ledger of an office as a workbook (离线填报): exported, filled in anywhere, tried, then written row by row.

Every row goes through the action that the page calls; trying it runs the same action and takes it back.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from kechuang.commons.access.grants import ids_in_scope
from kechuang.commons.commitments.actions import report_part
from kechuang.commons.commitments.models import Commitment, Report, Responsibility
from kechuang.commons.commitments.permissions import can_report_part
from kechuang.commons.commitments.queries import parts_of_units
from kechuang.commons.documents.cells import plain, text_of
from kechuang.commons.documents.headings import Headings
from kechuang.commons.documents.sheets import Line, read_sheets
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.citing import cited, words_in
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref

KIND = "commitments.responsibility"
HEADINGS = Headings(
    {
        "ref": ("引用号",),
        "version": ("版本",),
        "task": ("任务",),
        "unit": ("处室",),
        "role": ("角色",),
        "due": ("完成时限",),
        "last": ("上次报送",),
        "before": ("上次进展",),
        "text": ("本次进展",),
        "done": ("本处室已完成",),
        "evidence": ("佐证",),
    },
    main="ref",
)
FILLED = ("text", "done", "evidence")
YES = frozenset({"是", "✓", "√", "Y", "y", "1", "TRUE", "True"})
NO = frozenset({"", "否", "N", "n", "0", "FALSE", "False"})
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file as filled in."""

    line: int
    ref: str
    version: str
    text: str
    done: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became, or would become, of a line."""

    line: int
    title: str
    outcome: Literal["reported", "empty", "wrong"]
    words: str = ""


def own_parts(actor: Actor) -> list[Responsibility]:
    """The open parts that the actor's offices report, task by task."""
    _everywhere, units = ids_in_scope(actor, "commitments.report_part", "parties.unit")
    rows = parts_of_units(map(int, units)).filter(commitment__state=Commitment.State.OPEN)
    return list(rows.order_by("unit__order", "commitment__order", "pk"))


def ledger_of(actor: Actor, day: dt.date) -> bytes:
    """The workbook: what is known is grey, what is to be filled in white."""
    parts = own_parts(actor)
    last = {
        report.responsibility_id: report
        for report in Report.objects.filter(responsibility__in=parts, day__lte=day).order_by("day", "id")
    }
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    known, head = book.add_format({"bg_color": "#EEF2F6"}), book.add_format({"bold": True, "bottom": 1})
    white = book.add_format({"text_wrap": True, "num_format": "@"})
    sheet = book.add_worksheet(_("离线填报"))
    for column, (name, words) in enumerate(HEADINGS.words.items()):
        sheet.set_column(column, column, 40 if name in {"task", "before", "text"} else 14)
        sheet.write_string(0, column, words, head)
    for number, part in enumerate(parts, 1):
        report = last.get(part.pk)
        told = {
            "ref": str(Ref.of(part)),
            "version": str(part.version),
            "task": part.commitment.title,
            "unit": str(part.unit),
            "role": part.get_role_display(),
            "due": part.commitment.due.isoformat() if part.commitment.due else "",
            "last": report.day.isoformat() if report else "",
            "before": report.text if report else "",
        }
        for column, name in enumerate(HEADINGS.words):
            sheet.write_string(number, column, told.get(name, ""), white if name in FILLED else known)
    sheet.freeze_panes(1, 3)
    book.close()
    return file.getvalue()


def read_ledger(name: str, data: bytes) -> list[Row]:
    """The lines of a file that name a part. Raises Problem for what is no ledger."""
    for sheet in read_sheets(name, data, most_rows=MOST_ROWS):
        head = HEADINGS.find([line.cells for line in sheet.lines])
        if head is None or "text" not in head.columns:
            continue
        rows = [_row(line, head.columns) for line in sheet.lines[head.place + 1 :]]
        return [row for row in rows if row.ref]
    raise Problem(
        _("文件里没有“%(ref)s”和“%(text)s”两列。")
        % {"ref": HEADINGS.words["ref"], "text": HEADINGS.words["text"]},
        remedy=_("请在系统导出的表格上填写，不要删改表头。"),
        field="file",
    )


def _row(line: Line, columns: dict[str, int]) -> Row:
    def cell(name: str) -> str:
        place = columns.get(name, -1)
        raw = line.cells[place] if 0 <= place < len(line.cells) else None
        return (str(raw).strip() if isinstance(raw, str) else text_of(raw)) if name in FILLED else plain(raw)

    return Row(line.number, *(cell(name) for name in ("ref", "version", "text", "done", "evidence")))


def tried(rows: Sequence[Row], actor: Actor) -> list[Result]:
    """What each line would become; nothing stays."""
    with transaction.atomic():
        results = written(rows, actor)
        transaction.set_rollback(True)
    return results


def written(rows: Iterable[Row], actor: Actor, key: str = "") -> list[Result]:
    """Report line by line; a line that cannot be reported does not stop the others. Again with a key, nothing twice."""
    rows = list(rows)
    keys = [
        int(pk)
        for row in rows
        for kind, _colon, pk in [row.ref.partition(":")]
        if kind == KIND and pk.isdigit()
    ]
    parts = {
        str(Ref.of(part)): part
        for part in Responsibility.objects.filter(pk__in=keys).select_related("commitment", "unit")
    }
    seen: set[str] = set()
    results = []
    for row in rows:
        part = parts.get(row.ref)
        title = part.commitment.title if part else row.ref
        try:
            words = _write(row, part, actor, seen, f"{key} {row.line}" if key else None)
        except Problem as problem:
            results.append(Result(row.line, title, "wrong", str(problem)))
        else:
            results.append(Result(row.line, title, "reported" if words else "empty", words))
        seen.add(row.ref)
    return results


def _write(row: Row, part: Responsibility | None, actor: Actor, seen: set[str], key: str | None) -> str:
    if not (row.text or row.done or row.evidence):
        return ""
    if part is None:
        raise Problem(_("没有这一项责任。"), remedy=_("请重新导出后填写，不要改动引用号。"))
    if row.ref in seen:
        raise Problem(_("这一项在表中重复。"), remedy=_("请只留一行。"))
    verdict = can_report_part(part, actor)
    if not verdict:
        raise Problem(verdict.reason, remedy=_("请删去这一行。"))
    if row.done not in YES | NO:
        raise Problem(
            _("“%(column)s”填的是“%(word)s”。") % {"column": HEADINGS.words["done"], "word": row.done[:20]},
            remedy=_("请填“是”，或留空。"),
        )
    report_part(
        part,
        actor,
        text=row.text,
        done=row.done in YES,
        evidence=_refs(row.evidence),
        expected_version=int(row.version) if row.version.isdigit() else None,
        idempotency_key=key,
    )
    return row.text


def _refs(text: str) -> list[Ref]:
    found = []
    for word in words_in(text):
        try:
            found.append(cited(word))
        except LookupError:
            raise Problem(
                _("找不到记录“%(word)s”。") % {"word": word[:60]}, remedy=_("请写记录的编号、名称或引用号。")
            ) from None
    return found

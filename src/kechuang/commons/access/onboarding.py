# SPDX-License-Identifier: Apache-2.0
"""New accounts as people write them down (开户名单): one row, what is wrong with it, the sheet it comes in."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from kechuang.commons.access.inputs import (
    checked_email,
    checked_name,
    checked_phone,
    checked_term,
    checked_username,
)
from kechuang.commons.access.joining import check_duties
from kechuang.commons.access.models import Grant, Role
from kechuang.commons.access.reach import checked_over, objects_of
from kechuang.commons.kernel.problems import Problem

MOST_BYTES, MOST_UNPACKED, MOST_ROWS = 2 * 1024 * 1024, 40 * 1024 * 1024, 500
FIELDS = ("username", "display_name", "email", "phone", "role", "scope", "over", "since", "last")


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be opened, and the role to be asked for it."""

    username: str
    display_name: str
    email: str = ""
    phone: str = ""
    role: Role | None = None
    scope: str = Grant.Scope.ALL
    over: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(slots=True)
class Row:
    """A line of the sheet: its number, its cells as text, what is wrong with it."""

    line: int
    cells: dict[str, str]
    problems: list[str] = field(default_factory=list)


def labels() -> dict[str, str]:
    """The heads of the columns."""
    words = (
        _("账号"),
        _("姓名"),
        _("电子邮箱"),
        _("手机"),
        _("角色"),
        _("范围"),
        _("对象"),
        _("自"),
        _("至（含当日）"),
    )
    return dict(zip(FIELDS, words, strict=True))


def account_of(cells: dict[str, str]) -> NewAccount:
    """What a row means. Raises Problem for the first thing wrong."""
    account, problems = read_row(cells)
    if account is None:
        raise problems[0]
    return account


def read_row(cells: dict[str, str]) -> tuple[NewAccount | None, list[Problem]]:
    """What a row means, or everything that is wrong with it."""
    problems: list[Problem] = []

    def tried(read: Callable[..., Any], *given: Any) -> Any:
        try:
            return read(*given)
        except Problem as problem:
            problems.append(problem)
            return None

    role = tried(_role, cells.get("role", ""))
    scope = tried(_scope, cells.get("scope", "")) if role else Grant.Scope.ALL
    since = tried(_day, cells.get("since", ""), "since")
    last = tried(_day, cells.get("last", ""), "last")
    until = last + dt.timedelta(days=1) if last else None
    tried(checked_term, since, until)
    if role is not None:
        tried(check_duties, role.permissions, ())
    over = tried(checked_over, scope, _over(scope, cells.get("over", ""))) if role and scope else ""
    read = {
        "username": tried(checked_username, cells.get("username", "")),
        "display_name": tried(checked_name, cells.get("display_name", "")),
        "email": tried(checked_email, cells.get("email", "")),
        "phone": tried(checked_phone, cells.get("phone", "")),
    }
    if problems:
        return None, problems
    return NewAccount(**read, role=role, scope=scope, over=over, since=since, until=until), []


def check_rows(rows: list[Row]) -> None:
    """Write beside each row what is wrong with it, a name given twice included."""
    seen: dict[str, int] = {}
    for row in rows:
        account, problems = read_row(row.cells)
        if account is None:
            row.problems = [str(problem) for problem in problems]
            continue
        before = seen.setdefault(account.username.casefold(), row.line)
        if before != row.line:
            row.problems = [_("账号与第 %(line)s 行相同。") % {"line": before}]


def read_sheet(data: bytes) -> list[Row]:
    """The rows of the first sheet, under the heads of the template. Raises Problem where it cannot be read."""
    lines = list(_lines(data))
    names = {label: name for name, label in labels().items()}
    head = [names.get(_text(cell)) for cell in lines[0]] if lines else []
    if not {"username", "display_name"} <= set(head):
        raise _unreadable(_("第一行须是模板的表头，至少有“账号”“姓名”两列。"))
    rows = [
        Row(number, {name: _text(cell) for name, cell in zip(head, cells, strict=False) if name})
        for number, cells in enumerate(lines[1:], 2)
        if any(_text(cell) for cell in cells)
    ]
    if not rows:
        raise _unreadable(_("表中没有一行账号。"))
    if len(rows) > MOST_ROWS:
        raise _unreadable(_("一次最多 %(most)s 行。") % {"most": MOST_ROWS})
    return rows


def _lines(data: bytes) -> Iterator[list[Any]]:
    if len(data) > MOST_BYTES:
        raise _unreadable(_("文件超过 %(most)s MB。") % {"most": MOST_BYTES // 1024 // 1024})
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(info.file_size for info in package.infolist()) > MOST_UNPACKED:
                raise _unreadable(_("文件展开后过大。"))
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            yield from book.get_sheet_by_index(0).to_python()
    except (zipfile.BadZipFile, CalamineError, ValueError, OSError):
        raise _unreadable(_("文件不是 Excel 工作簿（.xlsx）。")) from None


def _unreadable(what: str) -> Problem:
    return Problem(what, remedy=_("请下载模板，填写后上传。"), field="file")


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat()[:10] if isinstance(cell, dt.date) else str(cell or "").strip()


def _role(text: str) -> Role | None:
    if not text:
        return None
    role = Role.objects.filter(code=text).first() or Role.objects.filter(name=text).first()
    if role is None:
        raise Problem(
            _("没有角色“%(role)s”。") % {"role": text[:40]}, remedy=_("请从列表中选择。"), field="role"
        )
    return role


def _scope(text: str) -> str:
    named = {str(label): value for value, label in Grant.Scope.choices} | {
        value: value for value in Grant.Scope.values
    }
    if text and text not in named:
        raise Problem(
            _("没有范围“%(scope)s”。") % {"scope": text[:40]}, remedy=_("请从列表中选择。"), field="scope"
        )
    return named.get(text, Grant.Scope.ALL)


def _over(scope: str, text: str) -> str:
    """The record meant, by its name or as it is."""
    return next((ref for ref, name in objects_of(scope) if name == text), text)


def _day(text: str, name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise Problem(
            _("“%(day)s”不是日期。") % {"day": text[:20]}, remedy=_("请写成 2019-10-15 这样。"), field=name
        ) from None

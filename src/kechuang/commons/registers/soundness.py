# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a definition as a whole, in words (定义检查); pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kechuang.commons.registers.counted import column_faults, computed_faults, count_faults
from kechuang.commons.registers.parts import MOST_KEYS, Intake

if TYPE_CHECKING:
    from kechuang.commons.registers.definitions import RegisterPiece


def faults_of(register: RegisterPiece) -> Iterator[str]:
    """What is wrong with a definition as a whole, in words; all of it."""
    yield from _repeated(register)
    states = {state.code for state in register.states}
    if not any(field.type in {"text", "party"} for field in register.fields):
        yield _("至少要有一个文字或主体字段作为名称")
        return
    yield from _file_faults(register)
    yield from _state_faults(register, states)
    yield from _key_faults(register)
    yield from _due_faults(register)
    yield from _promise_faults(register)
    yield from _side_faults(register)
    yield from _unknown(register)
    yield from _public_faults(register)
    yield from _intake_faults(register)
    yield from count_faults(register)
    yield from computed_faults(register)
    if register.title_field.access == "sensitive" and not register.numbering:
        yield _("名称字段“%(label)s”是敏感字段，须设编号规则，以编号代替名称") % {
            "label": register.title_field.label
        }
    for field in register.fields:
        if field.born and not (field.type == "number" and register.sessions):
            yield _("字段“%(label)s”由签到生成，须为数字，且台账有场次") % {"label": field.label}
    if register.map and not any(field.type == "place" for field in register.fields):
        yield _("有地图范围，但没有位置字段（place）")
    if register.numbering and "seq" not in register.numbering:
        yield _("编号规则须含 {seq}")


def _unknown(register: RegisterPiece) -> Iterator[str]:
    """Fields and states that something uses and nothing defines."""
    codes = {field.code for field in register.fields}
    states = {state.code for state in register.states}
    for code, where in _fields_used(register):
        if code not in codes:
            yield _("“%(where)s”用到的字段 %(code)s 不存在") % {"where": where, "code": code}
    for code, where in _states_used(register):
        if code not in states:
            yield _("“%(where)s”用到的状态 %(code)s 不存在") % {"where": where, "code": code}


def _fields_used(register: RegisterPiece) -> Iterator[tuple[str, str]]:
    yield from ((due.field, due.label) for due in register.dues)
    own = {"number", "state", "title", "region", "unit"}
    yield from ((code, _("列表")) for code in register.list if code not in own)
    for view in filter(None, (register.public,)):
        yield from ((code, _("公开页")) for code in (*view.fields, *view.masked))
        yield from ((code, _("公众提交")) for code in (view.intake.fields if view.intake else ()))
    for count in register.figures:
        whole = count.of.where if count.of else ()
        yield from ((code, count.title) for code in (count.sum, *count.where, *whole) if code)
    for move in register.moves:
        needs = (need for need in move.needs if need not in {"reason", "evidence"})
        yield from ((need, move.label) for need in needs if register.consent(need) is None)
    yield from ((code, one.label) for one in register.consents for code in one.over)
    tables = (one for one in register.computed if one.kind in {"age", "lines", "sum"})
    yield from ((one.of.split(".")[0], one.label) for one in tables)


def _states_used(register: RegisterPiece) -> Iterator[tuple[str, str]]:
    yield from ((code, due.label) for due in register.dues for code in due.states)
    for count in register.figures:
        whole = count.of.states if count.of else ()
        yield from ((code, count.title) for code in (*count.states, *whole))
    yield from ((code, _("约定事项")) for one in register.promises for code in one.states)
    yield from ((code, _("公开页")) for view in filter(None, (register.public,)) for code in view.states)
    yield from ((code, _("场次预约")) for code in register.sessions)


def _public_faults(register: RegisterPiece) -> Iterator[str]:
    """Sensitive fields in the open, and a masked name, by which the public could still search."""
    view = register.public
    if view is None:
        return
    for code in view.fields:
        field = register.field(code)
        if field is not None and field.access == "sensitive" and code not in view.masked:
            yield _("敏感字段“%(label)s”不能公开，除非脱敏") % {"label": field.label}
    if view.sign_up and not set(register.sessions) & set(view.states):
        yield _("公开页开放报名，但没有既公开又接受预约的状态（sessions）")
    if register.title_field.code in view.masked:
        yield _("名称字段“%(label)s”不能脱敏公开；如为个人姓名，请设为敏感字段并编号") % {
            "label": register.title_field.label
        }


HANDED_IN = {"text", "long", "number", "money", "date", "yes_no", "choice", "choices", "region"}


def _intake_faults(register: RegisterPiece) -> Iterator[str]:
    """What the public cannot fill, what it must be asked and is not, a rating that is no choice of the office's."""
    intake = register.public.intake if register.public else None
    if intake is None:
        return
    if register.title_field.code not in intake.fields:
        yield _("公众提交须填写名称字段“%(label)s”") % {"label": register.title_field.label}
    yield from _fields_handed_in(register, intake)
    rated = register.field(intake.rating) if intake.rating else None
    if intake.rating and (rated is None or rated.type != "choice" or rated.required):
        yield _("公众评价的字段 %(code)s 须为非必填的单选") % {"code": intake.rating}


def _fields_handed_in(register: RegisterPiece, intake: Intake) -> Iterator[str]:
    for field in register.fields:
        asked = field.code in intake.fields
        if asked and field.type not in HANDED_IN:
            yield _("字段“%(label)s”的类型不能由公众填写") % {"label": field.label}
        if field.required and not (asked or field.workdays):
            yield _("必填字段“%(label)s”须列入公众提交，或按工作日自动生成") % {"label": field.label}


def _due_faults(register: RegisterPiece) -> Iterator[str]:
    """Dues of what is no date, or of columns that a table has not."""
    for due in register.dues:
        field = register.field(due.field)
        if field is None:
            continue
        if field.type != "table":
            if field.type != "date" or due.every:
                yield _("到期事项“%(label)s”须用日期字段") % {"label": due.label}
            for code in due.after.values():
                one = register.field(code)
                if one is None or one.type not in {"text", "long"}:
                    words = {"label": due.label, "code": code}
                    yield _("到期事项“%(label)s”的回访字段 %(code)s 不存在，或不是文字") % words
            continue
        if bool(due.every) == bool(due.after):
            yield _("到期事项“%(label)s”按表格计，须写明 every 或 after 之一") % {"label": due.label}
        told = {"year": "text"} if due.every else dict.fromkeys(due.after.values(), "text")
        yield from column_faults(register, due.field, due.label, told)
        if due.after and not any(column.type == "date" for column in field.columns):
            yield _("“%(label)s”用到的表格没有日期列") % {"label": due.label}


def _promise_faults(register: RegisterPiece) -> Iterator[str]:
    """Promises and the yearly stock-take of them stand in tables with columns of their kinds."""
    words = _("约定事项")
    for promises in register.promises:
        columns = {promises.what: "text"}
        table = register.field(promises.table)
        have = {column.code for column in table.columns} if table else set()
        given = ((promises.office, "unit"), (promises.due, "date"))
        columns |= {code: kind for code, kind in given if code in have}
        sided = next((one for one in table.columns if one.code == promises.side), None) if table else None
        if promises.side:
            columns[promises.side] = sided.type if sided and sided.type in {"text", "choice"} else "text"
        yield from column_faults(register, promises.table, words, columns)
        if promises.stocktake:
            told = dict.fromkeys(("year", "done", "open"), "text")
            yield from column_faults(register, promises.stocktake, _("年度盘点"), told)


def _side_faults(register: RegisterPiece) -> Iterator[str]:
    """An owner that is no office, a side that speaks for a region where there is none, a side named like a field."""
    owner = register.field(register.owner) if register.owner else None
    if register.owner and (owner is None or owner.type != "unit"):
        yield _("主管处室取自的字段 %(code)s 不是处室字段") % {"code": register.owner}
    kinds = {field.type for field in register.fields}
    for one in register.consents:
        if one.by == "region" and "region" not in kinds:
            yield _("同意方“%(label)s”代表区县，但没有区县字段") % {"label": one.label}
        if register.field(one.code) is not None or one.code in {"reason", "evidence"}:
            yield _("同意方代码 %(code)s 与字段重复") % {"code": one.code}


def _repeated(register: RegisterPiece) -> Iterator[str]:
    sides = (_("字段"), register.fields), (_("状态"), register.states), (_("同意方"), register.consents)
    for words, things in sides:
        seen: set[str] = set()
        for thing in things:
            if thing.code in seen:
                yield _("%(words)s代码 %(code)s 重复") % {"words": words, "code": thing.code}
            seen.add(thing.code)


def _file_faults(register: RegisterPiece) -> Iterator[str]:
    for field in register.fields:
        if field.type == "file" and field.access == "sensitive":
            yield _("文件字段 %(code)s 不能设为敏感：文件不能脱敏") % {"code": field.code}


def _state_faults(register: RegisterPiece, states: set[str]) -> Iterator[str]:
    """No start, several starts, a state nobody can reach, one nobody can leave that is no end."""
    starts = [state for state in register.states if state.start]
    if len(starts) != 1:
        yield _("须有且只有一个起始状态，现有 %(count)s 个") % {"count": len(starts)}
    for move in register.moves:
        for code in (*move.of, move.to):
            if code not in states:
                yield _("流转“%(label)s”用到的状态 %(code)s 不存在") % {"label": move.label, "code": code}
    if starts:
        yield from _stranded(register, starts[0].code)


def _stranded(register: RegisterPiece, start: str) -> Iterator[str]:
    """States nobody can reach from the start, and states nobody can leave that are no end."""
    reached, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for move in register.moves_from(here):
            if move.to not in reached:
                reached.add(move.to)
                waiting.append(move.to)
    for state in register.states:
        if state.code not in reached:
            yield _("状态“%(label)s”无法到达：没有流转通向它") % {"label": state.label}
        if not state.end and len(register.states) > 1 and not register.moves_from(state.code):
            yield _("状态“%(label)s”无法离开，也不是结束状态") % {"label": state.label}


def _key_faults(register: RegisterPiece) -> Iterator[str]:
    counts: dict[str, int] = {}
    for field in register.fields:
        if field.key:
            counts[field.slot] = counts.get(field.slot, 0) + 1
    words = {"key": _("文字或选项"), "amount": _("数字"), "day": _("日期")}
    for slot, count in counts.items():
        if count > MOST_KEYS[slot]:
            yield _("筛选项中的%(words)s最多 %(most)s 个，现有 %(count)s 个") % {
                "words": words[slot],
                "most": MOST_KEYS[slot],
                "count": count,
            }


def circles_of(registers: dict[str, RegisterPiece]) -> list[list[str]]:
    """Circles of registers whose required links point at each other: no first record could ever be made."""
    found: list[list[str]] = []

    def walk(code: str, path: list[str]) -> None:
        if code in path:
            circle = path[path.index(code) :]
            if min(circle) == code and circle not in found:
                found.append(circle)
            return
        register = registers.get(code)
        for field in register.fields if register else ():
            if field.type == "link" and field.required and field.target:
                walk(field.target, [*path, code])

    for code in sorted(registers):
        walk(code, [])
    return found

# SPDX-License-Identifier: Apache-2.0
"""What a register is (台账定义): fields, states, moves, dues, list, card, public view, figures.

The first text field is the title of a record. Fields marked ``key`` can be filtered and sorted by; a register has at
most four such texts or choices, two numbers and two dates, which every record carries in columns of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field as Bounds
from pydantic import model_validator

from kechuang.commons.packs.pieces import Blank, Filled, Offers, Part, Piece, Truth, piece_kind

Code = Annotated[str, Bounds(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Tone = Literal["neutral", "active", "good", "warn", "bad", "done"]
FieldType = Literal[
    "text",
    "long",
    "number",
    "money",
    "date",
    "yes_no",
    "choice",
    "choices",
    "party",
    "unit",
    "region",
    "file",
    "link",
    "table",
    "yearly",
]
CellType = Literal["text", "number", "date", "choice"]
FieldClass = Literal["public", "internal", "sensitive"]
KEYS = {"text": "key", "choice": "key", "yes_no": "key", "number": "amount", "money": "amount", "date": "day"}
MOST_KEYS = {"key": 4, "amount": 2, "day": 2}
NUMBERING = re.compile(r"\{(year|seq(?::0[1-9])?)\}")


class Option(Part):
    """One of the values of a choice."""

    code: Code
    label: Filled


class Cell(Part):
    """A column of a table field."""

    code: Code
    label: Filled
    type: CellType = "text"
    options: tuple[Option, ...] = ()


class Field(Part):
    """A field (字段). ``class`` says who sees it: everybody, the bureau, or who may see sensitive values."""

    code: Code
    label: Filled
    type: FieldType
    unit: str = ""
    places: Annotated[int, Bounds(ge=0, le=6)] = 0
    required: Truth = False
    key: Truth = False
    unique: Truth = False
    help: str = ""
    options: tuple[Option, ...] = ()
    target: Annotated[Code | None, Blank] = None
    inverse: str = ""
    columns: tuple[Cell, ...] = ()
    access: FieldClass = "internal"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.type in {"choice", "choices"} and not self.options:
            raise ValueError(_("字段“%(label)s”是选项，须列出 options") % {"label": self.label})
        if self.type == "link" and not self.target:
            raise ValueError(_("字段“%(label)s”是链接，须写明 target") % {"label": self.label})
        if self.type == "table" and not self.columns:
            raise ValueError(_("字段“%(label)s”是表格，须列出 columns") % {"label": self.label})
        if self.key and self.type not in KEYS:
            raise ValueError(_("字段“%(label)s”的类型不能作为筛选项") % {"label": self.label})
        if self.unique and self.type != "text":
            raise ValueError(_("字段“%(label)s”不是文字，不能要求唯一") % {"label": self.label})
        return self

    @property
    def slot(self) -> str:
        """Which sort of column a key field stands in: key, amount, day."""
        return KEYS[self.type]

    def option(self, code: object) -> str:
        """The label of an option, or the code itself."""
        return next((option.label for option in self.options if option.code == code), str(code))


class State(Part):
    """A state (状态); ``start`` is where a record begins, ``end`` where nothing more is due."""

    code: Code
    label: Filled
    tone: Tone = "neutral"
    start: Truth = False
    end: Truth = False


class Move(Part):
    """A move from states to another (流转): who may make it and what it needs.

    ``needs``: "reason", "evidence", or the code of a field that must be filled.
    """

    to: Code
    label: Filled
    of: Annotated[tuple[Code, ...], Bounds(min_length=1)]
    needs: tuple[str, ...] = ()
    by: Literal["keeper", "head"] = "keeper"


class Due(Part):
    """Something that falls due on the day a date field holds (到期事项), while a record is in one of the states."""

    field: Code
    label: Filled
    warn_days: Annotated[int, Bounds(ge=0, le=730)] = 30
    states: tuple[Code, ...] = ()


class Count(Part):
    """A figure the register offers (数字): the records in some states, or the sum of a field over them.

    ``divide`` brings the sum to the unit: 10000 for 万人 from a field in 人.
    """

    code: Annotated[str, Bounds(pattern=r"^registers\.[a-z][a-z0-9_]*$"), Offers("figure", once=True)]
    title: Filled
    unit: str = ""
    definition: str = ""
    states: tuple[Code, ...] = ()
    sum: Annotated[Code | None, Blank] = None
    divide: Annotated[int, Bounds(ge=1)] = 1
    where: dict[Code, str] = {}


class Computed(Part):
    """A value worked out on the page (计算值): the age of a date, the lines or the sum of a table, incoming links."""

    code: Code
    label: Filled
    kind: Literal["age", "lines", "sum", "links"]
    of: str
    unit: str = ""


class PublicView(Part):
    """What everybody may see of records in some states (公开页)."""

    states: tuple[Code, ...]
    fields: tuple[Code, ...]


class Migration(Part):
    """How records of the version before become records of this one (迁移)."""

    rename: dict[Code, Code] = {}
    drop: tuple[Code, ...] = ()
    states: dict[Code, Code] = {}


@piece_kind("register", gettext_lazy("台账"))
class RegisterPiece(Piece):
    """A register; ``office`` is the code of the unit that keeps it, ``task`` the plan task it serves."""

    name: Filled
    group: str = ""
    description: str = ""
    task: str = ""
    office: Annotated[str | None, Blank] = None
    numbering: str = ""
    fields: Annotated[tuple[Field, ...], Bounds(min_length=1)]
    states: Annotated[tuple[State, ...], Bounds(min_length=1)]
    moves: tuple[Move, ...] = ()
    dues: tuple[Due, ...] = ()
    computed: tuple[Computed, ...] = ()
    list: tuple[str, ...] = ()
    board: Truth = True
    promises: Truth = False
    map: Truth = False
    public: PublicView | None = None
    figures: tuple[Count, ...] = ()
    migration: Migration = Migration()

    def field(self, code: str) -> Field | None:
        """The field of a code."""
        return next((field for field in self.fields if field.code == code), None)

    def state(self, code: str) -> State:
        """The state of a code; an unknown one shows itself."""
        found = next((state for state in self.states if state.code == code), None)
        return found or State.model_construct(code=code, label=code, tone="neutral", start=False, end=False)

    @property
    def start(self) -> State:
        """Where a record begins."""
        return next(state for state in self.states if state.start)

    @property
    def title_field(self) -> Field:
        """The field that names a record."""
        return next(field for field in self.fields if field.type in {"text", "party"})

    def keys(self) -> dict[str, str]:
        """Key field -> the column it stands in ("key1", "amount1", "day2")."""
        counts: dict[str, int] = {}
        found = {}
        for field in self.fields:
            if field.key:
                counts[field.slot] = counts.get(field.slot, 0) + 1
                found[field.code] = f"{field.slot}{counts[field.slot]}"
        return found

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """The moves out of a state."""
        return tuple(move for move in self.moves if state in move.of)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        faults = list(faults_of(self))
        if faults:
            raise ValueError("；".join(faults))
        return self


def faults_of(register: RegisterPiece) -> Iterator[str]:
    """What is wrong with a definition as a whole, in words; all of it."""
    yield from _repeated(register)
    codes = {field.code for field in register.fields}
    states = {state.code for state in register.states}
    if not any(field.type in {"text", "party"} for field in register.fields):
        yield _("至少要有一个文字或主体字段作为名称")
        return
    yield from _state_faults(register, states)
    yield from _key_faults(register)
    wanted = [(due.field, due.label) for due in register.dues]
    wanted += [
        (code, _("列表"))
        for code in register.list
        if code not in {"number", "state", "title", "region", "unit"}
    ]
    wanted += [(code, _("公开页")) for code in (register.public.fields if register.public else ())]
    wanted += [(count.sum, count.title) for count in register.figures if count.sum]
    wanted += [(code, count.title) for count in register.figures for code in count.where]
    wanted += [
        (need, move.label)
        for move in register.moves
        for need in move.needs
        if need not in {"reason", "evidence"}
    ]
    wanted += [(one.of.split(".")[0], one.label) for one in register.computed if one.kind != "links"]
    for code, where in wanted:
        if code not in codes:
            yield _("“%(where)s”用到的字段 %(code)s 不存在") % {"where": where, "code": code}
    used = [(code, due.label) for due in register.dues for code in due.states]
    used += [(code, count.title) for count in register.figures for code in count.states]
    used += [(code, _("公开页")) for code in (register.public.states if register.public else ())]
    for code, where in used:
        if code not in states:
            yield _("“%(where)s”用到的状态 %(code)s 不存在") % {"where": where, "code": code}
    for code in register.public.fields if register.public else ():
        field = register.field(code)
        if field is not None and field.access == "sensitive":
            yield _("敏感字段“%(label)s”不能公开") % {"label": field.label}
    if register.title_field.access == "sensitive" and not register.numbering:
        yield _("名称字段“%(label)s”是敏感字段，须设编号规则，以编号代替名称") % {
            "label": register.title_field.label
        }
    if register.numbering and "seq" not in register.numbering:
        yield _("编号规则须含 {seq}")


def _repeated(register: RegisterPiece) -> Iterator[str]:
    for words, things in ((_("字段"), register.fields), (_("状态"), register.states)):
        seen: set[str] = set()
        for thing in things:
            if thing.code in seen:
                yield _("%(words)s代码 %(code)s 重复") % {"words": words, "code": thing.code}
            seen.add(thing.code)


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

# SPDX-License-Identifier: Apache-2.0
"""What a definition of a register is made of: fields, states, moves, dues, figures, promises, public view."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from django.utils.translation import gettext as _
from pydantic import Field as Bounds
from pydantic import model_validator

from kechuang.commons.packs.pieces import Blank, Filled, Offers, Part, Refers, Truth

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
    "place",
    "table",
    "yearly",
]
CellType = Literal["text", "number", "date", "choice", "unit"]
FieldClass = Literal["public", "internal", "sensitive"]
KEYS = {"text": "key", "choice": "key", "yes_no": "key", "number": "amount", "money": "amount", "date": "day"}
MOST_KEYS = {"key": 4, "amount": 2, "day": 2}
DAY_OF_YEAR = r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"


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
    """A field (字段). ``access`` says who sees it: everybody, the bureau, or who may see sensitive values.

    ``born``: once people have come to the record's sessions, the number is theirs and nobody types it. ``workdays``: a
    date left empty is that many working days after the record was made (限办工作日).
    """

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
    target: Annotated[Code | None, Blank, Refers("register")] = None
    inverse: str = ""
    columns: tuple[Cell, ...] = ()
    born: Annotated[Literal["booked", "came"] | None, Blank] = None
    workdays: Annotated[int | None, Blank, Bounds(ge=1, le=250)] = None
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
        if self.workdays and self.type != "date":
            raise ValueError(_("字段“%(label)s”不是日期，不能按工作日计") % {"label": self.label})
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

    ``needs``: "reason", "evidence", the code of a field that must be filled, or of a consent that must be given.
    """

    to: Code
    label: Filled
    of: Annotated[tuple[Code, ...], Bounds(min_length=1)]
    needs: tuple[str, ...] = ()
    by: Literal["keeper", "head"] = "keeper"


class Due(Part):
    """Something that falls due (到期事项) while a record is in one of the states; without states, in any but an end.

    Of a date field it is due on that day. Of a table it is due ``every`` year on a day ("12-31") until a line tells of
    that year. ``after``: some months after the day of the field, or of each line of the table, until the field or
    column of those months is filled.
    """

    field: Code
    label: Filled
    warn_days: Annotated[int, Bounds(ge=0, le=730)] = 30
    states: tuple[Code, ...] = ()
    every: Annotated[str | None, Blank, Bounds(pattern=DAY_OF_YEAR)] = None
    after: dict[Annotated[int, Bounds(ge=1, le=120)], Code] = {}


class Consent(Part):
    """A side that must agree to what some fields say (同意方); what it agreed to no longer counts once they change.

    ``by``: "head", who heads the office that keeps the record, or "region", who speaks for the record's region. A move
    needs it by its code. Nobody agrees for two sides.
    """

    code: Code
    label: Filled
    over: Annotated[tuple[Code, ...], Bounds(min_length=1)]
    by: Literal["head", "region"] = "head"


class Promises(Part):
    """Lines of a table that bind while a record is in one of the states (约定事项): each is a commitment with a light.

    The columns say what, by which office (else the keeper's) and until when. Without a table of that code among the
    fields the register gets the usual one. ``side`` is the column that says which side promised: the record shows the
    lights of each. ``stocktake`` is a table in which what was kept is told year by year.
    """

    states: Annotated[tuple[Code, ...], Bounds(min_length=1)]
    table: Code = "promises"
    what: Code = "what"
    office: Code = "office"
    due: Code = "due"
    side: Annotated[Code | None, Blank] = None
    stocktake: Annotated[Code | None, Blank] = None

    @property
    def usual_table(self) -> dict[str, object]:
        """The table of promises where a register names none."""
        columns = [
            {"code": self.what, "label": _("约定事项")},
            {"code": self.office, "label": _("责任处室"), "type": "unit"},
            {"code": self.due, "label": _("时限"), "type": "date"},
        ]
        return {"code": self.table, "label": _("约定事项"), "type": "table", "columns": columns}


class Whole(Part):
    """What a share is a part of (占比的整体): the records in some states (or in any) of which ``where`` is true."""

    states: tuple[Code, ...] = ()
    where: dict[Code, str] = {}


class Count(Part):
    """A figure the register offers (数字): the records in some states, or the sum of a field over them.

    ``divide`` brings the sum to the unit: 10000 for 万人 from a field in 人. With ``of`` it is a share (占比): how many
    per cent of those records, or of their sum, these are.
    """

    code: Annotated[str, Bounds(pattern=r"^registers\.[a-z][a-z0-9_]*$"), Offers("figure", once=True)]
    title: Filled
    unit: str = ""
    definition: str = ""
    states: tuple[Code, ...] = ()
    sum: Annotated[Code | None, Blank] = None
    divide: Annotated[int, Bounds(ge=1)] = 1
    where: dict[Code, str] = {}
    of: Annotated[Whole | None, Blank] = None


class Computed(Part):
    """A value worked out of a record (计算值).

    age: the years since a date · lines, sum: of a table ("log", "log.days") · links: the records of the register
    ``naming`` that name this one, in any or some ``states`` · booked, came, satisfied: seats of its sessions, who
    came, how many per cent of those who said so were content.
    """

    code: Code
    label: Filled
    kind: Literal["age", "lines", "sum", "links", "booked", "came", "satisfied"]
    of: str = ""
    naming: Annotated[Code | None, Blank, Refers("register")] = None
    states: tuple[Code, ...] = ()
    unit: str = ""


class Map(Part):
    """The frame within which records lie, in degrees (地图范围); a place outside it is a slip of the pen."""

    west: Annotated[float, Bounds(ge=-180, le=180)]
    south: Annotated[float, Bounds(ge=-85, le=85)]
    east: Annotated[float, Bounds(ge=-180, le=180)]
    north: Annotated[float, Bounds(ge=-85, le=85)]

    @model_validator(mode="after")
    def _extended(self) -> Self:
        if not (self.west < self.east and self.south < self.north):
            raise ValueError(_("地图范围须西小于东、南小于北"))
        return self


class Intake(Part):
    """What anybody may hand in without an account (公众提交): the fields he fills.

    ``rating`` is the choice he makes once the record stands where everybody sees it.
    """

    fields: Annotated[tuple[Code, ...], Bounds(min_length=1)]
    rating: Annotated[Code | None, Blank] = None


class PublicView(Part):
    """What everybody may see of records in some states (公开页); ``masked`` fields show how they begin and end.

    ``sign_up``: anybody may sign up for the sessions of what he sees there, without an account (公众报名). ``intake``:
    anybody may hand in a record.
    """

    states: tuple[Code, ...]
    fields: tuple[Code, ...]
    sign_up: Truth = False
    intake: Annotated[Intake | None, Blank] = None
    masked: dict[Code, Literal["name", "phone", "email", "identity", "passport", "bank"]] = {}


class Migration(Part):
    """How records of the version before become records of this one (迁移)."""

    rename: dict[Code, Code] = {}
    drop: tuple[Code, ...] = ()
    states: dict[Code, Code] = {}

# SPDX-License-Identifier: Apache-2.0
"""What a register is (台账定义): fields, states, moves, dues, list, card, public view, figures.

The first text field is the title of a record. Fields marked ``key`` can be filtered and sorted by; a register has at
most four such texts or choices, two numbers and two dates, which every record carries in columns of their own.
"""

from __future__ import annotations

from typing import Annotated, Any, Self

from django.utils.translation import gettext_lazy
from pydantic import Field as Bounds
from pydantic import model_validator

from kechuang.commons.packs.pieces import Blank, Filled, Piece, Refers, Truth, piece_kind
from kechuang.commons.registers.parts import (
    Cell,
    Code,
    Computed,
    Consent,
    Count,
    Due,
    Field,
    Intake,
    Map,
    Migration,
    Move,
    Option,
    Promises,
    PublicView,
    State,
)
from kechuang.commons.registers.soundness import circles_of, faults_of

__all__ = [
    "Cell",
    "Computed",
    "Consent",
    "Count",
    "Due",
    "Field",
    "Intake",
    "Map",
    "Migration",
    "Move",
    "Option",
    "Promises",
    "PublicView",
    "RegisterPiece",
    "State",
    "circles_of",
    "faults_of",
]


@piece_kind("register", gettext_lazy("台账"))
class RegisterPiece(Piece):
    """A register; ``office`` is the code of the unit that keeps it, ``task`` the plan task it serves.

    ``owner`` is the unit field that says which office keeps a record instead, once it is filled. ``sessions`` are the
    states in which sessions of a record may be booked (报名): its records are events.
    """

    name: Filled
    group: str = ""
    description: str = ""
    task: str = ""
    office: Annotated[str | None, Blank, Refers("unit")] = None
    owner: Annotated[Code | None, Blank] = None
    numbering: str = ""
    fields: Annotated[tuple[Field, ...], Bounds(min_length=1)]
    states: Annotated[tuple[State, ...], Bounds(min_length=1)]
    moves: tuple[Move, ...] = ()
    dues: tuple[Due, ...] = ()
    computed: tuple[Computed, ...] = ()
    list: tuple[str, ...] = ()
    board: Truth = True
    consents: tuple[Consent, ...] = ()
    promises: tuple[Promises, ...] = ()
    sessions: tuple[str, ...] = ()
    map: Map | None = None
    public: PublicView | None = None
    figures: tuple[Count, ...] = ()
    migration: Migration = Migration()

    def field(self, code: str) -> Field | None:
        """The field of a code."""
        return next((field for field in self.fields if field.code == code), None)

    @property
    def files(self) -> tuple[str, ...]:
        """The codes of the fields that hold files: never taken from a text, only from what was handed in."""
        return tuple(field.code for field in self.fields if field.type == "file")

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

    def consent(self, code: str) -> Consent | None:
        """The side of a code."""
        return next((one for one in self.consents if one.code == code), None)

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """The moves out of a state."""
        return tuple(move for move in self.moves if state in move.of)

    @model_validator(mode="before")
    @classmethod
    def _with_tables_of_promises(cls, given: Any) -> Any:
        """A register whose records promise something has a table for it, named or the usual one."""
        promises, fields = given.get("promises"), given.get("fields")
        if not promises or not isinstance(promises, list | tuple) or not isinstance(fields, list | tuple):
            return given
        codes = {field.get("code") for field in fields if isinstance(field, dict)}
        usual = [one.usual_table for one in map(Promises.model_validate, promises) if one.table not in codes]
        return {**given, "fields": [*fields, *usual]}

    @model_validator(mode="after")
    def _sound(self) -> Self:
        faults = list(faults_of(self))
        if faults:
            raise ValueError("；".join(faults))
        return self

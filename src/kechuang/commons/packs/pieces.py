# SPDX-License-Identifier: Apache-2.0
"""A piece of content (内容件) and its kinds; each room declares the kinds it installs in its ``pieces.py``.

@piece_kind("unit", _("处室"))
class UnitPiece(Piece):
    organization: Annotated[str, Refers("organization")]
    name: Filled
    since: Annotated[Day | None, Blank] = None
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _absent(value: Any) -> Any:
    return None if value == "" else value


def _day(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError(_("须是日期，如 2019-10-15"))
    return value


def _truth(value: Any) -> Any:
    if isinstance(value, str) and value not in {"true", "false"}:
        raise ValueError(_("须是 true 或 false"))
    return value


Blank = BeforeValidator(_absent)
"""Makes an empty value mean "not given": ``Annotated[Day | None, Blank]``."""

Filled = Annotated[str, Field(min_length=1)]
"""Text that may not be empty."""


def at_most(length: int) -> Any:
    """Bound a text to what its column holds."""
    return Field(max_length=length)


Code = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[\w.\-/:]+$")]
"""What a piece is called by others."""

Day = Annotated[dt.date, BeforeValidator(_day)]
"""A day written 2019-10-15, in no other way."""

Truth = Annotated[bool, BeforeValidator(_truth)]
"""``true`` or ``false``; yes, on and 1 are not guessed at."""


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a field that holds codes of pieces of a kind, or words the program knows (a permission, a figure).

    ``words`` names what is meant where ``kind`` is no kind of piece.
    """

    kind: str
    words: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """Marks a field others may refer to (the tasks of a plan); with ``once`` no two pieces may offer the same."""

    kind: str
    words: str | Promise = ""
    once: bool = False


CALLED = ("name", "title", "term")


class Part(BaseModel):
    """What a piece is made of: no unknown keys, never changed, spaces around texts taken away."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Piece(Part):
    """What every kind has: a code, a version, where it comes from, whether the issuer's own text was read.

    ``replaces`` names the pack whose piece of the same code this one stands in for; without it a repeated code is
    an error.
    """

    code: Code
    version: Annotated[Filled, at_most(20)] = "1"
    source: Annotated[str, at_most(200)] = ""
    verified: Truth = False
    replaces: Annotated[str | None, Blank] = None

    @property
    def called(self) -> str:
        """What a person calls it: its name, title or term, else its code."""
        return next((str(words) for key in CALLED if (words := getattr(self, key, ""))), self.code)


P = TypeVar("P", bound=type[Piece])
_KINDS: dict[str, tuple[type[Piece], str | Promise]] = {}


def piece_kind(name: str, words: str | Promise) -> Callable[[P], P]:
    """Declare a kind of piece under the name that files use, and its Chinese name."""

    def register(kind: P) -> P:
        _KINDS[name] = kind, words
        return kind

    return register


def piece_kinds() -> dict[str, type[Piece]]:
    """Every declared kind by name."""
    return {name: _KINDS[name][0] for name in sorted(_KINDS)}


def kind_words(name: str) -> str:
    """The Chinese name of a kind, or the name itself."""
    return (str(_KINDS[name][1]) if name in _KINDS else "") or name

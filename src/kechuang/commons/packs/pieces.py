# SPDX-License-Identifier: Apache-2.0
"""A piece of content (内容件) and its kinds; each room declares the kinds it installs.

@piece_kind("region")
class RegionPiece(Piece):
name: str
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _absent(value: Any) -> Any:
    return None if value == "" else value


Blank = BeforeValidator(_absent)
"""Makes an empty string mean "not given": ``Annotated[date | None, Blank]``."""


class Piece(BaseModel):
    """What every kind has: a code, a version, where it comes from, whether the official text was seen.

    ``replaces`` names the pack whose piece of the same code this one stands in for; without it a repeated code is
    an error.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    code: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[\w.\-/:]+$")]
    version: Annotated[str, Field(min_length=1, max_length=20)] = "1"
    source: Annotated[str, Field(max_length=300)] = ""
    verified: bool = False
    replaces: Annotated[str | None, Blank] = None


P = TypeVar("P", bound=type[Piece])
_KINDS: dict[str, type[Piece]] = {}


def piece_kind(name: str) -> Callable[[P], P]:
    """Declare a kind of piece under the name that files use."""

    def register(kind: P) -> P:
        _KINDS[name] = kind
        return kind

    return register


def piece_kinds() -> dict[str, type[Piece]]:
    """Every declared kind by name."""
    return {name: _KINDS[name] for name in sorted(_KINDS)}

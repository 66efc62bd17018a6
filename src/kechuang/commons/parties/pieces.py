# SPDX-License-Identifier: Apache-2.0
"""Kinds of content installed by parties: regions, organisations, their units, kinds of qualification."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from kechuang.commons.packs.pieces import Blank, Piece, piece_kind


@piece_kind("region")
class RegionPiece(Piece):
    """An administrative division or a zone; ``parent`` is the code of another one."""

    name: str
    kind: Literal["division", "zone"] = "division"
    parent: Annotated[str | None, Blank] = None
    since: Annotated[dt.date | None, Blank] = None
    until: Annotated[dt.date | None, Blank] = None


@piece_kind("organization")
class OrganizationPiece(Piece):
    """An organisation the city's plan stands on; the one of role ``bureau`` runs this site."""

    name: str
    role: Literal["bureau", "partner"] = "partner"
    uscc: Annotated[str | None, Blank] = None


@piece_kind("unit")
class UnitPiece(Piece):
    """A unit of an organisation (by code): its name, how it is called in short, how else documents write it."""

    organization: str
    name: str
    short_name: str
    aliases: tuple[str, ...] = ()
    order: int = 0
    since: Annotated[dt.date | None, Blank] = None
    until: Annotated[dt.date | None, Blank] = None


@piece_kind("qualification_kind")
class QualificationKindPiece(Piece):
    """A kind of qualification; ``term`` is "years:3" or "year-end", ``basis`` the document that rules it."""

    name: str
    issuer: str = ""
    basis: str = ""
    term: Annotated[str, "years:N or year-end"]
    number_pattern: str = ""

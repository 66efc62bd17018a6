# SPDX-License-Identifier: Apache-2.0
"""Kinds of content installed by parties: regions, organisations and what they can be, units, kinds of qualification."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from kechuang.commons.packs.pieces import (
    Blank,
    Code,
    Day,
    Filled,
    Offers,
    Piece,
    Refers,
    Truth,
    at_most,
    piece_kind,
)


@piece_kind("region", _("区域"))
class RegionPiece(Piece):
    """An administrative division or a zone laid over ``divisions``; ``parent``, ``successor`` are codes of others."""

    code: Annotated[Code, at_most(20)]
    name: Annotated[Filled, at_most(40)]
    kind: Literal["division", "zone"] = "division"
    parent: Annotated[str | None, Blank, Refers("region")] = None
    divisions: Annotated[tuple[str, ...], Refers("region")] = ()
    successor: Annotated[str | None, Blank, Refers("region")] = None
    since: Annotated[Day | None, Blank] = None
    until: Annotated[Day | None, Blank] = None


@piece_kind("organization_kind", _("主体类型"))
class OrganizationKindPiece(Piece):
    """What an organisation can be; ``account_role`` is what its own accounts hold, empty: it opens none itself.

    ``person``: an expert registers as a person, without an organisation's code.
    """

    code: Annotated[Code, at_most(40)]
    name: Annotated[Filled, at_most(40)]
    account_role: Annotated[str | None, Blank, Refers("role")] = None
    person: Truth = False
    order: Annotated[int, Field(ge=0, le=32767)] = 0


@piece_kind("organization", _("机构"))
class OrganizationPiece(Piece):
    """An organisation the city's plan stands on; the one of role ``bureau`` runs this site."""

    name: Annotated[Filled, at_most(120), Offers("organization_name", _("机构名称"), once=True)]
    source: Annotated[str, at_most(120)] = ""
    role: Literal["bureau", "partner"] = "partner"


@piece_kind("unit", _("处室"))
class UnitPiece(Piece):
    """A unit of an organisation (by code): its name, how it is called in short, how else documents write it."""

    code: Annotated[Code, at_most(40)]
    organization: Annotated[str, Refers("organization")]
    name: Annotated[Filled, at_most(60), Offers("unit_name", _("处室名称"), once=True)]
    short_name: Annotated[Filled, at_most(20), Offers("unit_name", _("处室名称"), once=True)]
    aliases: Annotated[tuple[Filled, ...], Offers("unit_name", _("处室名称"), once=True)] = ()
    order: Annotated[int, Field(ge=0, le=32767)] = 0
    since: Annotated[Day | None, Blank] = None
    until: Annotated[Day | None, Blank] = None


@piece_kind("qualification_kind", _("资质类别"))
class QualificationKindPiece(Piece):
    """A kind of qualification; ``term`` is "years:3" or "year-end", ``basis`` the document that rules it."""

    code: Annotated[Code, at_most(40)]
    name: Annotated[Filled, at_most(60)]
    issuer: Annotated[str, at_most(120)] = ""
    basis: Annotated[str, at_most(200)] = ""
    term: Annotated[str, Field(max_length=20, pattern=r"^(years:\d{1,2}|year-end)$")]
    number_pattern: Annotated[str, at_most(120)] = ""

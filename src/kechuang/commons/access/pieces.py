# SPDX-License-Identifier: Apache-2.0
"""Kind of content installed by access: roles."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _

from kechuang.commons.packs.pieces import Code, Filled, Piece, Refers, at_most, piece_kind


@piece_kind("role", _("角色"))
class RolePiece(Piece):
    """A role: its name, family and the permissions it carries."""

    code: Annotated[Code, at_most(40)]
    name: Annotated[Filled, at_most(40)]
    family: Literal["business", "system", "security", "audit"] = "business"
    permissions: Annotated[tuple[str, ...], Refers("permission", _("权限"))]


@piece_kind("separation", _("职责分离"))
class SeparationPiece(Piece):
    """Two sides of permissions, by patterns, that no account ("account") or no person on one thing ("item") joins."""

    name: Filled
    one: tuple[Filled, ...]
    other: tuple[Filled, ...]
    within: Literal["account", "item"] = "account"
    why: str = ""


@piece_kind("purpose", _("个人信息用途"))
class PurposePiece(Piece):
    """A use of data, whom it is asked of, and the text that is agreed to; a changed text is a new version."""

    name: Filled
    asked_of: Literal["person", "organization"] = "person"
    text: Filled

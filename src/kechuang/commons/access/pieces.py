# SPDX-License-Identifier: Apache-2.0
"""Kind of content installed by access: roles."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _

from kechuang.commons.packs.pieces import Filled, Piece, Refers, piece_kind


@piece_kind("role", _("角色"))
class RolePiece(Piece):
    """A role: its name, family and the permissions it carries."""

    name: Filled
    family: Literal["business", "system", "security", "audit"] = "business"
    permissions: Annotated[tuple[str, ...], Refers("permission", _("权限"))]

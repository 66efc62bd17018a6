# SPDX-License-Identifier: Apache-2.0
"""Kind of content installed by access: roles."""

from __future__ import annotations

from typing import Literal

from kechuang.commons.packs.pieces import Piece, piece_kind


@piece_kind("role")
class RolePiece(Piece):
    """A role: its name, family and the permissions it carries."""

    name: str
    family: Literal["business", "system", "security", "audit"] = "business"
    permissions: tuple[str, ...]

# SPDX-License-Identifier: Apache-2.0
"""The office catalogue as the content packs have it, for reading a document without a database."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kechuang.commons.kernel.ports import Port
from kechuang.commons.packs.faults import ContentErrors
from kechuang.commons.parties.pieces import UnitPiece
from kechuang.engines.plandoc import OfficeName

shipped_units: Port[Callable[[], Iterable[UnitPiece]]] = Port("workplan.shipped_units")
"""The offices in the content of this site; the site, which knows its content, fills it."""


def shipped_catalogue() -> list[OfficeName]:
    """Every office in the content; none where there is no content or it cannot be read."""
    try:
        pieces = [piece for units in shipped_units.all() for piece in units()]
    except (ContentErrors, OSError):
        return []
    return [OfficeName(piece.short_name, (piece.name, *piece.aliases)) for piece in pieces]

# SPDX-License-Identifier: Apache-2.0
"""Kinds of content installed by registers: definitions (in ``definitions``) and records that a document names."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from kechuang.commons.packs.pieces import Blank, Day, Piece, Refers, piece_kind
from kechuang.commons.registers.definitions import RegisterPiece

__all__ = ["RecordPiece", "RegisterPiece"]


@piece_kind("record", _("台账记录"))
class RecordPiece(Piece):
    """A record that a document names: its register and its values as texts; only what the document says.

    ``since`` is the day from which it stands in the register: that of the document, not that of its loading.
    """

    of: Annotated[str, Refers("register")]
    values: dict[str, str]
    since: Annotated[Day | None, Blank] = None

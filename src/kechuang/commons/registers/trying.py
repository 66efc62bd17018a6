# SPDX-License-Identifier: Apache-2.0
"""A definition that may still be unsound (草案试读): read if it can be, else what is wrong by the names people gave."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from kechuang.commons.packs.words import reason_of
from kechuang.commons.registers.definitions import RegisterPiece


def tried(content: dict[str, Any]) -> tuple[RegisterPiece | None, list[str]]:
    """The definition, or what is wrong with it."""
    try:
        return RegisterPiece.model_validate({"version": "1", **content, "replaces": None}), []
    except ValidationError as problem:
        return None, [_placed(error["loc"], content) + reason_of(error) for error in problem.errors()[:20]]


def next_version(current: RegisterPiece | None) -> str:
    """The version after the one in force."""
    return str(int(current.version) + 1) if current and current.version.isdigit() else "1"


def _placed(loc: tuple[int | str, ...], content: dict[str, Any]) -> str:
    """Which field, state or move a fault is about, by its name."""
    match loc:
        case (str() as name, int() as place, *_rest):
            rows = content.get(name) or []
            row = rows[place] if place < len(rows) else {}
            label = row.get("label") or row.get("title") if isinstance(row, dict) else ""
            return f"“{label}”：" if label else ""
        case ("fields",):
            return _("字段：")
        case ("states",):
            return _("状态：")
    return ""

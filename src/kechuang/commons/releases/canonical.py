# SPDX-License-Identifier: Apache-2.0
"""What a piece says in one form only, so that the same content always has the same digest (内容摘要)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import yaml

from kechuang.commons.packs.pieces import Piece


def content_of(piece: Piece) -> dict[str, Any]:
    """The piece as plain values without its version. What equals the default is left out: a kind may gain fields."""
    return piece.model_dump(mode="json", exclude={"version"}, exclude_defaults=True)


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the content as JSON with sorted keys."""
    return hashlib.sha256(
        json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def as_text(content: dict[str, Any]) -> str:
    """The content as it would stand in a file, one fact a line."""
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10**6)

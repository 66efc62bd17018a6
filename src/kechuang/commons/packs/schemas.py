# SPDX-License-Identifier: Apache-2.0
"""JSON Schemas of content files, by which editors complete and check them while one types."""

from __future__ import annotations

from typing import Any

from kechuang.commons.packs.loading import INHERITED, Manifest
from kechuang.commons.packs.pieces import piece_kinds


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file by the name of its schema file, and of ``pack.yaml``."""
    return {"pack": Manifest.model_json_schema(), **{kind: _of_file(kind) for kind in piece_kinds()}}


def _of_file(kind: str) -> dict[str, Any]:
    """A file of a kind: its head, and its pieces."""
    piece = piece_kinds()[kind].model_json_schema()
    parts = piece.pop("$defs", {})
    return {
        "title": kind,
        "type": "object",
        "additionalProperties": False,
        "required": ["kind", "pieces"],
        "properties": {
            "kind": {"const": kind},
            **{name: piece["properties"][name] for name in INHERITED},
            "pieces": {"type": "array", "items": {"$ref": f"#/$defs/{piece['title']}"}},
        },
        "$defs": {**parts, piece["title"]: piece},
    }

# SPDX-License-Identifier: Apache-2.0
"""Every declared kind: named in Chinese, and no mark stands where it would not be seen."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel

from kechuang.commons.packs.pieces import Offers, Part, Piece, Refers, kind_words, piece_kinds


def parts(model: type[BaseModel]) -> set[type[BaseModel]]:
    """The model and every model its fields hold."""
    found = {model}
    for field in model.model_fields.values():
        for inner in inside(field.annotation):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                found |= parts(inner)
    return found


def inside(annotation: Any) -> list[Any]:
    """An annotation and everything in it."""
    return [annotation, *(deeper for part in get_args(annotation) for deeper in inside(part))]


def test_every_kind_has_a_chinese_name() -> None:
    assert [name for name in piece_kinds() if kind_words(name) == name] == []


def test_no_mark_hides_where_the_walk_would_not_see_it() -> None:
    hidden = [
        f"{model.__name__}.{name}"
        for kind in piece_kinds().values()
        for model in parts(kind)
        for name, field in model.model_fields.items()
        if any(isinstance(one, Refers | Offers) for one in inside(field.annotation))
    ]
    assert hidden == []


def test_everything_in_a_piece_refuses_unknown_keys_and_is_never_changed() -> None:
    loose = [
        model.__name__
        for kind in piece_kinds().values()
        for model in parts(kind)
        if not issubclass(model, Part) or model.model_config != Part.model_config
    ]
    assert loose == []


def test_a_kind_keeps_what_every_piece_has() -> None:
    changed = [
        f"{name}.{field}"
        for name, kind in piece_kinds().items()
        for field in ("code", "version", "verified", "replaces")
        if kind.model_fields[field].annotation != Piece.model_fields[field].annotation
    ]
    assert changed == []

# SPDX-License-Identifier: Apache-2.0
"""Every declared kind: named in Chinese, and no mark stands where it would not be seen."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from annotated_types import MaxLen
from django.apps import apps
from django.db.models import CharField
from pydantic import BaseModel
from pydantic.fields import FieldInfo

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


HELD_BY = {
    "region": "parties.Region",
    "organization": "parties.Organization",
    "unit": "parties.Unit",
    "qualification_kind": "parties.QualificationKind",
    "indicator": "facts.Indicator",
    "observation": "facts.Observation",
    "role": "access.Role",
}


def bound(field: FieldInfo) -> int | None:
    """The longest text a field takes."""
    return min((one.max_length for one in field.metadata if isinstance(one, MaxLen)), default=None)


@pytest.mark.parametrize("kind", HELD_BY)
def test_no_text_of_a_piece_is_longer_than_its_column(kind: str) -> None:
    columns = {field.name: field for field in apps.get_model(HELD_BY[kind])._meta.get_fields()}
    fields = piece_kinds()[kind].model_fields
    loose = [
        name
        for name, field in fields.items()
        if field.annotation is str and isinstance(column := columns.get(name), CharField)
        if (bound(field) or 10**6) > (column.max_length or 0)
    ]
    assert loose == []
    longest = apps.get_model("releases.Release")._meta
    assert all((bound(fields[name]) or 10**6) <= longest.get_field(to).max_length for name, to in [("code", "code"), ("version", "number"), ("source", "source")])  # fmt: skip

# SPDX-License-Identifier: Apache-2.0
"""Sensitive fields on pages and in lists (个人信息展示): masked, with the way to see one whole."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from kechuang.commons.access.fieldclasses import field_class, masked, value_of
from kechuang.commons.ui.columns import Column


def shown(thing: Model, name: str) -> str:
    """A field of a record as everybody may see it: masked where it is sensitive."""
    declared = field_class(thing, name)
    value = value_of(thing, name)
    return masked(value, declared.mask) if declared.level == "sensitive" else str(value or "")


def sensitive_column(model: type[Model], name: str, **more: Any) -> Column:
    """A column of a sensitive field: on the page and in an export the value is masked."""
    return Column(
        name, field_class(model, name).label, value=lambda row: shown(row, name), css="kc-fit", **more
    )

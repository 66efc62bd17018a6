# SPDX-License-Identifier: Apache-2.0
"""Whether anything points to organisations (引用检查): foreign keys and Refs of every room, found, not listed.

The journal and the outbox speak of the past and are no reason to keep; what is part of an organisation goes with it.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator

from django.apps import apps
from django.db import models

from kechuang.commons.parties.models import Organization, OrganizationMerge, PartyRow

KIND = Organization._meta.label_lower
SPEAKS_OF_THE_PAST = "kernel"


@functools.cache
def _keys() -> tuple[tuple[type[models.Model], str], ...]:
    """(model, column) of every foreign key to organisations that would forbid deleting one."""
    return tuple(
        (relation.related_model, relation.field.attname)
        for relation in Organization._meta.related_objects
        if getattr(relation, "on_delete", None) is models.PROTECT and relation.related_model is not PartyRow
    )


@functools.cache
def _refs() -> tuple[tuple[type[models.Model], str], ...]:
    """(model, prefix) of every pair of columns ``x_kind``, ``x_id`` that holds a Ref."""
    return tuple(_pairs())


def _pairs() -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_models():
        names = {
            field.name for field in model._meta.local_concrete_fields if isinstance(field, models.CharField)
        }
        for name in names:
            prefix = name.removesuffix("_kind")
            if prefix != name and f"{prefix}_id" in names and model._meta.app_label != SPEAKS_OF_THE_PAST:
                yield model, prefix


def pointed_at(organizations: Collection[int]) -> set[int]:
    """Those of the organisations that something points to; one query a column that may."""
    found: set[int] = set()
    for model, column in _keys():
        rows = model._base_manager.filter(**{f"{column}__in": organizations})
        found.update(rows.values_list(column, flat=True))
    merged = OrganizationMerge.objects.filter(survivor__in=organizations)
    found.update(merged.values_list("survivor", flat=True))
    texts = [str(key) for key in organizations]
    for model, prefix in _refs():
        rows = model._base_manager.filter(**{f"{prefix}_kind": KIND, f"{prefix}_id__in": texts})
        found.update(int(key) for key in rows.values_list(f"{prefix}_id", flat=True))
    return found & set(organizations)

# SPDX-License-Identifier: Apache-2.0
"""Laws 1 and 2: no foreign key points sideways or up, however it is written."""

from __future__ import annotations

from django.apps import apps

TIERS = [
    ["kernel"], ["ui", "packs"], ["access"], ["api"], ["calendar", "documents", "notices", "comments", "releases"], ["parties"],
    ["facts", "rulings"], ["commitments", "publicity", "slots", "ledger", "papers"], ["figures"], ["reviews", "registers", "oversight"],
    ["evaluations", "leads"], ["cases"], ["search"],
]  # fmt: skip
COMMONS = {label: number for number, labels in enumerate(TIERS) for label in labels}


def height(label: str, module: str) -> int | None:
    """How high a model stands: commons by their tier, apps above them all, Django's own below."""
    if module.startswith("kechuang.commons."):
        return COMMONS[label]
    return 100 if module.startswith("kechuang.apps.") else None


def test_foreign_keys_point_down_only() -> None:
    wrong = []
    for model in apps.get_models():
        own = height(model._meta.app_label, model.__module__)
        if own is None:
            continue
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            other = field.related_model
            if other._meta.app_label == model._meta.app_label:  # type: ignore[union-attr]
                continue
            level = height(other._meta.app_label, other.__module__)  # type: ignore[union-attr]
            if level is not None and level >= own:
                wrong.append(f"{model._meta.label}.{field.name} -> {other._meta.label}")  # type: ignore[union-attr]
    assert wrong == []

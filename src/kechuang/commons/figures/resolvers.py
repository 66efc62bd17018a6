# SPDX-License-Identifier: Apache-2.0
"""How pointers to indicators are shown: by name, leading to the card."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from kechuang.commons.access.grants import holds
from kechuang.commons.facts.models import Indicator
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Resolved, resolver


@resolver("facts.indicator")
def indicators(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The name; the indicator's card."""
    visible = viewer is None or bool(holds(viewer, "figures.view_figure"))
    return {
        str(row.pk): Resolved(row.name, reverse("figures:indicator-detail", args=[row.code]), visible)
        for row in Indicator.objects.filter(pk__in=ids)
    }

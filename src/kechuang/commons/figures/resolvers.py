# SPDX-License-Identifier: Apache-2.0
"""How pointers to indicators are shown: by name, leading to the card."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from kechuang.commons.access.grants import holds
from kechuang.commons.facts.models import Indicator, Submission
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


@resolver("facts.submission")
def submissions(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """Indicator and period; the page on which a second person verifies it."""
    visible = viewer is None or bool(holds(viewer, "figures.view_figure"))
    return {
        str(row.pk): Resolved(
            f"{row.indicator} {row.period_end}", reverse("figures:submission-detail", args=[row.pk]), visible
        )
        for row in Submission.objects.filter(pk__in=ids).select_related("indicator")
    }

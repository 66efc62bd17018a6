# SPDX-License-Identifier: Apache-2.0
"""How pointers to papers are shown."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Resolved, resolver
from kechuang.commons.papers.models import Countersign, Paper, ReturnedWord


def _shown(paper: Paper, viewer: Actor | None) -> Resolved:
    visible = viewer is None or bool(holds(viewer, "papers.view_paper"))
    return Resolved(str(paper), reverse("papers:paper-detail", args=[paper.pk]), visible)


@resolver("papers.paper")
def papers(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The title and the page."""
    return {str(paper.pk): _shown(paper, viewer) for paper in Paper.objects.filter(pk__in=ids)}


@resolver("papers.countersign")
def countersigns(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The paper's."""
    rows = Countersign.objects.filter(pk__in=ids).select_related("paper")
    return {str(row.pk): _shown(row.paper, viewer) for row in rows}


@resolver("papers.returnedword")
def returned(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The paper's."""
    rows = ReturnedWord.objects.filter(pk__in=ids).select_related("paper")
    return {str(row.pk): _shown(row.paper, viewer) for row in rows}

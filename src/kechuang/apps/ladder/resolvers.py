# SPDX-License-Identifier: Apache-2.0
"""How pointers to lists and their lines are shown."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.apps.ladder.models import ListImport, ListRow
from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Resolved, resolver


def _visible(viewer: Actor | None) -> bool:
    return viewer is None or bool(holds(viewer, "ladder.view_list"))


@resolver("ladder.listimport")
def lists(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The title and the page of a list."""
    visible = _visible(viewer)
    rows = ListImport.objects.filter(pk__in=ids)
    return {
        str(row.pk): Resolved(row.title, reverse("ladder:list-detail", args=[row.pk]), visible)
        for row in rows
    }


@resolver("ladder.listrow")
def rows(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The firm and the line; the page of the line."""
    visible = _visible(viewer)
    found = ListRow.objects.filter(pk__in=ids)
    return {
        str(row.pk): Resolved(
            _("%(name)s（名单第 %(line)s 行）") % {"name": row.name or row.uscc, "line": row.line},
            reverse("ladder:row-settle", args=[row.pk]),
            visible,
        )
        for row in found
    }

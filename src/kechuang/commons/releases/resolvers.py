# SPDX-License-Identifier: Apache-2.0
"""How pointers to releases are shown."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Resolved, resolver
from kechuang.commons.packs.pieces import kind_words
from kechuang.commons.releases.models import Release


@resolver("releases.release")
def releases(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """Kind, name and number of the version; its page."""
    visible = viewer is None or bool(holds(viewer, "releases.view_release"))
    return {
        str(row.pk): Resolved(
            f"{kind_words(row.kind)} {row.title or row.code} {row.number}",
            reverse("releases:release-detail", args=[row.pk]),
            visible,
        )
        for row in Release.objects.filter(pk__in=ids)
    }

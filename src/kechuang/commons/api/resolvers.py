# SPDX-License-Identifier: Apache-2.0
"""How pointers to tokens are shown."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from kechuang.commons.api.models import ApiToken
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Resolved, resolver


@resolver("api.apitoken")
def tokens(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The name and the owner's page."""
    rows = ApiToken.objects.filter(pk__in=ids)
    page = reverse("api:token-list")
    return {
        str(row.pk): Resolved(str(row), page, viewer is None or str(row.user_id) == viewer.id) for row in rows
    }

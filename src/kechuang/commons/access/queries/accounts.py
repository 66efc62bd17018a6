# SPDX-License-Identifier: Apache-2.0
"""Reading accounts and what signs them in."""

from __future__ import annotations

from kechuang.commons.access.models import OneTimeLink
from kechuang.commons.access.tokens import digest_of


def link_of(token: str) -> OneTimeLink | None:
    """The link that a secret opens, used up or not."""
    return OneTimeLink.objects.select_related("user").filter(digest=digest_of(token)).first()

# SPDX-License-Identifier: Apache-2.0
"""Where numbers lead: the organisations of a region, a kind, both."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


def organizations_address(**asked: str) -> str:
    """The list of organisations, narrowed."""
    return f"{reverse('parties:organization-list')}?{urlencode(asked)}"

# SPDX-License-Identifier: Apache-2.0
"""The account behind a request, as a record that actions can lock."""

from __future__ import annotations

from django.http import HttpRequest

from kechuang.commons.access.models import User


def account_of(request: HttpRequest) -> User:
    """The signed-in account, read anew (``request.user`` is a lazy stand-in)."""
    return User.objects.get(pk=request.user.pk or 0)

# SPDX-License-Identifier: Apache-2.0
"""What the filters of several lists offer, and where their rows lead."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from kechuang.commons.access.models import Role, User


def role_choices(request: HttpRequest) -> list[tuple[str, str]]:
    """Every role."""
    del request
    return list(Role.objects.values_list("code", "name"))


def account_page(user: User) -> str:
    """The page of an account."""
    return reverse("access:account-detail", args=[user.pk])

# SPDX-License-Identifier: Apache-2.0
"""The table of roles."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kechuang.commons.access.guards import guarded
from kechuang.commons.access.models import Role


@guarded("access.view_roles")
def role_matrix(request: HttpRequest) -> HttpResponse:
    """Every role beside every permission (权限矩阵)."""
    roles = list(Role.objects.all())
    permissions = sorted({permission for role in roles for permission in role.permissions})
    rows = [(permission, [permission in role.permissions for role in roles]) for permission in permissions]
    return render(request, "access/role_matrix.html", {"roles": roles, "rows": rows})

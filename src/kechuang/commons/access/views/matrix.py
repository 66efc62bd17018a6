# SPDX-License-Identifier: Apache-2.0
"""The matrix of roles, pages and actions; duties kept apart; classes of fields."""

from __future__ import annotations

from django.apps import apps
from django.http import HttpRequest, HttpResponseBase

from kechuang.commons.access.guards import guarded
from kechuang.commons.access.models import Role
from kechuang.commons.access.separation import declared
from kechuang.commons.access.tables.matrix import RoleMatrix
from kechuang.commons.ui.lists import list_response


@guarded("access.view_roles")
def role_matrix(request: HttpRequest) -> HttpResponseBase:
    """Every role beside every permission, with the pages and actions behind it (权限矩阵)."""
    context = {
        "separations": declared(),
        "fields": [
            (model._meta.verbose_name, field)
            for model in apps.get_models()
            for field in getattr(model, "field_classes", {}).values()
            if field.level == "sensitive"
        ],
    }
    matrix = RoleMatrix.of(Role.objects.all(), request.actor)  # type: ignore[attr-defined]
    return list_response(request, matrix, context=context)

# SPDX-License-Identifier: Apache-2.0
"""The matrix of roles, pages and actions; duties kept apart; classes of fields."""

from __future__ import annotations

from django.apps import apps
from django.http import HttpRequest, HttpResponseBase

from kechuang.commons.access.asking import asked_by
from kechuang.commons.access.catalogue import short_words
from kechuang.commons.access.fieldclasses import FieldClass, listed, masked
from kechuang.commons.access.guards import guarded
from kechuang.commons.access.models import Role
from kechuang.commons.access.pieces import SeparationPiece
from kechuang.commons.access.reach import unmasking
from kechuang.commons.access.separation import declared, fitting
from kechuang.commons.access.tables.matrix import RoleMatrix, lines
from kechuang.commons.ui.lists import list_response

SAMPLES = {
    "phone": "13800001234",
    "identity": "210102199001011234",
    "passport": "E12345678",
    "bank": "6222020200001234",
    "email": "name@example.cn",
    "name": "张某某",
    "all": "-",
}


@guarded("access.view_roles")
def role_matrix(request: HttpRequest) -> HttpResponseBase:
    """Every role beside every permission, with the pages and actions behind it (权限矩阵)."""
    roles = list(Role.objects.all())
    context = {"separations": _separations(roles), "fields": _fields(roles)}
    matrix = RoleMatrix.of(roles, request.actor)  # type: ignore[attr-defined]
    return list_response(request, matrix, context=context)


def _separations(roles: list[Role]) -> list[tuple[SeparationPiece, list[str], list[str]]]:
    """Each declaration with what its two sides are, in words, of the permissions there are."""
    known = {line.permission for line in lines(roles) if line.permission}
    return [
        (
            piece,
            [short_words(name) for name in sorted(fitting(known, piece.one))],
            [short_words(name) for name in sorted(fitting(known, piece.other))],
        )
        for piece in declared()
    ]


def _fields(roles: list[Role]) -> list[tuple[str, FieldClass, str, list[str]]]:
    """Each sensitive field, how it is masked, and the roles that may see it whole."""
    declared_on_models = [
        (str(model._meta.verbose_name), field, model._meta.label_lower)
        for model in apps.get_models()
        for field in getattr(model, "field_classes", {}).values()
        if field.level == "sensitive"
    ]
    kept_as_data = [(name, field, kind) for kind, given in listed.named() for name, field in given()]
    return [
        (name, field, masked(SAMPLES[field.mask], field.mask), _unmasking(kind, roles))
        for name, field, kind in (*declared_on_models, *kept_as_data)
    ]


def _unmasking(kind: str, roles: list[Role]) -> list[str]:
    own = unmasking.get(kind)
    app, _dot, model = kind.partition(".")
    asked = asked_by(own) if own is not None else {f"{app}.unmask_{model}"}
    return [role.name for role in roles if asked & set(role.permissions)]

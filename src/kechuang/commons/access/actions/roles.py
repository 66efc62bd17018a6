# SPDX-License-Identifier: Apache-2.0
"""Roles and purposes, as the content packs name them."""

from __future__ import annotations

from collections.abc import Iterable

from kechuang.commons.access.models import Purpose, Role
from kechuang.commons.access.permissions import can_install_roles
from kechuang.commons.access.pieces import PurposePiece
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor


@action("access.roles.installed", permission=can_install_roles, silent=("roles",))
def install_roles(thing: None, actor: Actor, *, roles: Iterable[Role]) -> None:
    """Bring the roles in line with the content packs; grants stay."""
    del thing, actor
    fresh = list(roles)
    Role.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "family", "permissions", "release"],
    )
    note(roles={role.code: role.release for role in fresh})


@action("access.purposes.installed", permission=can_install_roles, silent=("pieces",))
def install_purposes(thing: None, actor: Actor, *, pieces: Iterable[PurposePiece]) -> None:
    """Bring the purposes in line with the content; an earlier text stays with those who agreed to it."""
    del thing, actor
    given = list(pieces)
    Purpose.objects.exclude(code__in=[piece.code for piece in given]).update(current=False)
    for piece in given:
        Purpose.objects.filter(code=piece.code).exclude(release=piece.version).update(current=False)
        Purpose.objects.update_or_create(
            code=piece.code,
            release=piece.version,
            defaults={"name": piece.name, "asked_of": piece.asked_of, "text": piece.text, "current": True},
        )
    note(purposes={piece.code: piece.version for piece in given})

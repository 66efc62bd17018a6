# SPDX-License-Identifier: Apache-2.0
"""A refusal told to the person refused (拒绝说明): what was refused, why, which roles may do it, whom to ask."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kechuang.commons.access.catalogue import BETWEEN, short_words
from kechuang.commons.access.grants import held_by
from kechuang.commons.access.models import Grant, Role
from kechuang.commons.access.queries.grants import people_who
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Refused
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.ui.navigation import nav_labels

MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was refused, the roles that may do it, whom to ask; the permission for who gives support."""

    what: str
    why: str
    roles: str
    ask: str
    permission: str


def refusal_of(request: HttpRequest, refused: Refused) -> Refusal:
    """The refusal of a request in words (3 queries where a permission is lacking)."""
    permission = refused.verdict.permission
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return Refusal(
        _what(request, refused),
        refused.what,
        BETWEEN.join(_roles(permission)) if permission else "",
        _whom(actor) if permission else "",
        permission,
    )


def _what(request: HttpRequest, refused: Refused) -> str:
    """The act by its verb, the page by its name in the navigation, else what the permission is for."""
    if refused.verb:
        return verb_words(refused.verb)
    match = request.resolver_match
    label = nav_labels().get(match.view_name if match else "", ("",))[0]
    return str(label) or (short_words(refused.verdict.permission) if refused.verdict.permission else "")


def _roles(permission: str) -> list[str]:
    """The roles that carry it."""
    return [role.name for role in Role.objects.all() if permission in role.permissions]


def _whom(actor: Actor) -> str:
    """Those inside ask the security administrators by name; those outside the department that let them in."""
    if held_by(actor) and all(held.scope == Grant.Scope.OWN for held in held_by(actor)):
        return _("请联系所在区县科技部门或市科技部门的对口处室。")
    found = people_who(permission="access.grant_role").exclude(pk=actor.id or 0)[:MOST_NAMES]
    names = BETWEEN.join(str(user) for user in found)
    if not names:
        return _("如工作需要，请由本部门负责人向安全管理员提出。")
    return _("如工作需要，请由本部门负责人向安全管理员（%(names)s）提出。") % {"names": names}

# SPDX-License-Identifier: Apache-2.0
"""Who may change parties."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse


def can_install_reference(thing: Any, actor: Actor) -> Verdict:
    """Regions, units and kinds come from content, loaded by the program itself."""
    del thing
    return ALLOWED if actor.is_system else refuse(_("只能由内容包装载。"))


def can_assign_leader(thing: Any, actor: Actor) -> Verdict:
    """Who says which leader is in charge of which unit."""
    del thing
    return holds(actor, "parties.assign_leader")


def can_revoke_qualification(thing: Any, actor: Actor) -> Verdict:
    """Who keeps the registry of qualifications."""
    del thing
    return holds(actor, "parties.revoke_qualification")

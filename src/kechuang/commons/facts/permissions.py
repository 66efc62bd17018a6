# SPDX-License-Identifier: Apache-2.0
"""Who may change facts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse


def can_install_facts(thing: Any, actor: Actor) -> Verdict:
    """Indicators and published observations come from content, loaded by the program itself."""
    del thing
    return ALLOWED if actor.is_system else refuse(_("只能由内容包装载。"))


def can_set_target(thing: Any, actor: Actor) -> Verdict:
    """Targets are set by issuing the document that promises them."""
    del thing
    return holds(actor, "facts.set_target")

# SPDX-License-Identifier: Apache-2.0
"""Who may release content."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse


def can_release_pieces(thing: Any, actor: Actor) -> Verdict:
    """Releases come from content packs, loaded by the program itself."""
    del thing
    return ALLOWED if actor.is_system else refuse(_("只能由内容包装载。"))

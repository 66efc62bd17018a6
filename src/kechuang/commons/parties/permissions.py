# SPDX-License-Identifier: Apache-2.0
"""Who may change parties."""

from __future__ import annotations

from typing import Any

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse


def can_install_reference(thing: Any, actor: Actor) -> Verdict:
    """Regions, units and kinds come from content, loaded by the program itself."""
    del thing
    return ALLOWED if actor.is_system else refuse("只能由内容包装载。")

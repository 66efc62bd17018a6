# SPDX-License-Identifier: Apache-2.0
"""Who may edit the calendar and keep timers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse


def can_install_calendar(thing: Any, actor: Actor) -> Verdict:
    """Arrangements that come with content are loaded by the program itself."""
    del thing
    return ALLOWED if actor.is_system else refuse(_("只能由内容包装载。"))


def can_edit_day(thing: Any, actor: Actor) -> Verdict:
    """Who keeps the bureau's calendar."""
    del thing
    return holds(actor, "calendar.edit_day")


def can_keep_timer(thing: Any, actor: Actor) -> Verdict:
    """Who starts, pauses, resumes and stops limits; a room that runs one acts as the system for it."""
    del thing
    return holds(actor, "calendar.keep_timer")

# SPDX-License-Identifier: Apache-2.0
"""What every page shows of the city, the day and the viewer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import held_by
from kechuang.commons.kernel import clock
from kechuang.site.city import city_names


def city_and_clock(request: HttpRequest) -> dict[str, Any]:
    """The city's names, the business date, the viewer's roles; one query at most (the roles, remembered)."""
    actor = getattr(request, "actor", None)
    chosen = getattr(request, "clock_day", None)
    day = chosen or timezone.localdate()
    return {
        "city": city_names(),
        "clock": {"day": day, "is_set": chosen is not None, "label": _label(chosen is not None)},
        "today": day,
        "demo": settings.DEMO,
        "viewer": actor,
        "viewer_roles": "、".join(dict.fromkeys(held.role_name for held in held_by(actor))) if actor else "",
        "now": clock.now(),
    }


def _label(chosen: bool) -> str:  # noqa: FBT001 -- a private choice of words
    return _("演示日期") if chosen else _("今天")

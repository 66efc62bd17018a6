# SPDX-License-Identifier: Apache-2.0
"""What every page shows of the city, the day and the viewer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import held_by
from kechuang.site.city import city_names
from kechuang.site.demo.doors import can_move_day, can_pick_role
from kechuang.site.demo.people import grouped_people


def city_and_clock(request: HttpRequest) -> dict[str, Any]:
    """The city's names, the business date, the viewer's roles; one query at most (the roles, remembered)."""
    actor = getattr(request, "actor", None)
    chosen = getattr(request, "clock_day", None)
    day = chosen or timezone.localdate()
    words = _("演示日期 %(day)s") if chosen else _("%(day)s")
    names = city_names()
    return {
        "city_name": names["city"],
        "bureau_name": names["bureau"],
        "clock": {"day": day, "is_set": chosen is not None, "label": words % {"day": day.isoformat()}},
        "today": day,
        "demo": settings.DEMO,
        "viewer_roles": "、".join(dict.fromkeys(held.role_name for held in held_by(actor))) if actor else "",
        "may_set_clock": bool(actor and can_move_day(actor)),
        "user_menu_template": "site/user_menu.html",
        "sign_in_aside_template": "site/role_picker.html" if can_pick_role(request) else "",
        "demo_people": grouped_people,
        "banner_template": "site/demo_banner.html" if settings.DEMO and actor and actor.id else "",
    }

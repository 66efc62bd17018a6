# SPDX-License-Identifier: Apache-2.0
"""The day a page is asked for in its address (``day=2019-10-15``), else the business date."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kechuang.commons.kernel import clock


def day_asked(request: HttpRequest, *, future: bool = True) -> dt.date:
    """The day of the address; what is no day, or one to come where it may not be, is told and ignored."""
    words, today = request.GET.get("day", "").strip(), clock.today()
    if not words:
        return today
    try:
        day = dt.date.fromisoformat(words)
    except ValueError:
        messages.warning(
            request,
            _("“%(day)s”不是日期（请写成 2019-10-15 这样），已按业务日期显示。") % {"day": words[:20]},
        )
        return today
    if day > today and not future:
        messages.warning(request, _("%(day)s 还没有到，已按业务日期显示。") % {"day": day.isoformat()})
        return today
    return day

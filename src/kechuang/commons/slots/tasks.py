# SPDX-License-Identifier: Apache-2.0
"""Seats that nobody confirmed are given back from time to time (让出未确认座次), with what was personal."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.ticks import ticking
from kechuang.commons.slots.seating import lapse


@ticking("slots", _("让出未确认的座次"))
def let_lapse() -> int:
    """Returns how many."""
    with transaction.atomic():
        return lapse(Q())

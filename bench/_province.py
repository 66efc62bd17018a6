# SPDX-License-Identifier: Apache-2.0
"""A province: every city has a bureau, offices, indicators and a plan for the same year, reported on every month."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection, transaction
from django.urls import reverse

from _plan_years import LAST_YEAR, Years, product_version, sizes, viewer
from kechuang.commons.access.models import User
from kechuang.commons.kernel.guarantees import lifted

TODAY, PAST = dt.date(LAST_YEAR, 12, 20), dt.date(LAST_YEAR, 6, 30)


class Cities(Years):
    """As many plans of one year as there are cities; twelve rounds of reports behind them."""

    day, rounds = TODAY, tuple(range(1, 13))

    def fill(self, count: int) -> None:
        """So many cities."""
        for number in range(1, count + 1):
            self._city(f"演示第{number:03}市", f"c{number:03}")
            self._year(LAST_YEAR)


def fill(cities: int, tasks: int, parts: int, targets: int) -> tuple[User, dict[str, Any]]:
    """The province on a day in December, and a person who sees all of it."""
    with lifted(connection), transaction.atomic():
        Cities(tasks, parts, targets).fill(cities)
        person = viewer(TODAY)
    cockpit = reverse("cockpit")
    pages = {"today": cockpit, "as of a day": f"{cockpit}?day={PAST.isoformat()}"}
    return person, {"pages": pages, "sizes": sizes(), "version": product_version()}

# SPDX-License-Identifier: Apache-2.0
"""Qualifications as of a day: in force, held where, begun this year, one for each organisation."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils.translation import gettext as _

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Organization, Qualification

_YEARS = re.compile(r"years:(\d{1,2})")
HOLDER = Coalesce("organization__merged_into", "organization")
"""Of a qualification: who holds it, counted once however many entries of it were merged."""


def holding(said: QuerySet[Any]) -> Q:
    """Of organisations that were not merged: those that one of the rows is of, itself or an entry merged into it.

    Asked of each organisation in turn, so that a page is found without all who hold; the few that were merged are
    listed once.
    """
    own = Exists(said.order_by().filter(organization=OuterRef("pk")))
    absorbed = Organization.objects.order_by().filter(own, merged_into__isnull=False)
    return Q(own) | Q(pk__in=absorbed.values("merged_into"))


def standing(kind: str) -> QuerySet[Qualification]:
    """Qualifications of a kind that were ever in force; those withdrawn from the very first day are not (自始撤回)."""
    return Qualification.objects.filter(
        Q(revoked_on__isnull=True) | Q(revoked_on__gt=F("valid_from")), kind=kind
    )


def in_force(day: dt.date) -> QuerySet[Qualification]:
    """Qualifications of every kind in force on a day."""
    return Qualification.objects.filter(
        Q(revoked_on__isnull=True) | Q(revoked_on__gt=day), valid_from__lte=day, valid_to__gt=day
    )


def valid_on(kind: str, day: dt.date) -> QuerySet[Qualification]:
    """Qualifications of a kind in force on a day (有效): from <= day < to, and not revoked by then."""
    return in_force(day).filter(kind=kind)


def holders_by_region(day: dt.date) -> dict[tuple[int | None, str], int]:
    """How many organisations hold a kind in force on a day, by the region they are in: (region, kind) -> count."""
    rows = (
        in_force(day)
        .order_by()
        .values_list("organization__region", "kind")
        .annotate(holders=Count(HOLDER, distinct=True))
    )
    return {(region, kind): holders for region, kind, holders in rows}


def registered_in_year(kind: str, day: dt.date) -> QuerySet[Qualification]:
    """Qualifications of a kind that began in the year of the day, up to that day (当年新登记)."""
    return standing(kind).filter(valid_from__gte=dt.date(day.year, 1, 1), valid_from__lte=day)


def one_each(qualifications: QuerySet[Qualification]) -> QuerySet[Qualification]:
    """One qualification per organisation: the one that lasts longest, then the newest. The same on both engines."""
    rank = Window(
        RowNumber(),
        partition_by=HOLDER,
        order_by=(F("valid_to").desc(), F("valid_from").desc(), F("pk").desc()),
    )
    best = qualifications.order_by().annotate(rank=rank).filter(rank=1)
    return Qualification.objects.filter(pk__in=best.values("pk"))


def ends_of_term(term: str, start: dt.date) -> dt.date:
    """The first day a qualification that begins on ``start`` is no longer valid.

    "years:3" is the same day three years later, "year-end" the first of January. Raises Problem on any other term.
    """
    if term == "year-end":
        return dt.date(start.year + 1, 1, 1)
    years = _YEARS.fullmatch(term)
    if years is None:
        raise Problem(
            _("资质有效期“%(term)s”无法识别。") % {"term": term},
            remedy=_("请在内容包中写成 years:3 或 year-end。"),
        )
    year = start.year + int(years[1])
    leap_day = (start.month, start.day) == (2, 29)
    return dt.date(year, 3, 1) if leap_day and not _is_leap(year) else start.replace(year=year)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)

# SPDX-License-Identifier: Apache-2.0
"""Numbers of the ladder, counted from dated qualifications: the stock valid on a day, and what is new this year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.commons.figures.counting import Total
from kechuang.commons.figures.registry import Figure, Member, Scope, offer
from kechuang.commons.parties.models import Qualification
from kechuang.commons.parties.queries import (
    HOLDER,
    MONTHS,
    changes,
    one_each,
    registered_in_year,
    valid_on,
)
from kechuang.commons.parties.spans import bridge, month_ends, trend

Text = str | Promise
HIGH_TECH, TECH_SME = "high_tech_firm", "tech_sme"
FIELDS = {
    "title": "organization__name",
    "detail": "number",
    "region": "region__code",
    "since": "valid_from",
    "until": "valid_to",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """Firms that hold a kind: each counts once, by its longest-lasting qualification."""

    kind: str

    def qualifications(self, day: dt.date) -> QuerySet[Qualification]:
        """Those in force on the day."""
        return valid_on(self.kind, day)

    def members(self, scope: Scope) -> QuerySet[Qualification]:
        """One qualification a firm, with what a list shows of it."""
        found = one_each(self.qualifications(scope.day)).select_related("organization", "region")
        return found.filter(region__code=scope.region) if scope.region else found

    def total(self, scope: Scope) -> Total:
        """How many firms: those of a region are told from where each one's best qualification is."""
        if scope.region:
            return Total(self.members(scope))
        return Total(self.qualifications(scope.day), Count(HOLDER, distinct=True))

    def by_region(self, scope: Scope) -> list[tuple[str, str, Decimal]]:
        """(code, name, firms), the most first; firms without a district last."""
        rows = (
            self.members(scope)
            .order_by()
            .values_list("region__code", "region__name")
            .annotate(firms=Count("pk"))
        )
        found = [(code or "", name or _("未注明区县"), Decimal(firms)) for code, name, firms in rows]
        return sorted(found, key=lambda row: (not row[0], -row[2], row[0]))


def _opening(day: dt.date) -> dt.date:
    """The last day of the year before."""
    return dt.date(day.year - 1, 12, 31)


class Stock(Counted):
    """The firms that hold a valid one on the day."""

    __slots__ = ()

    def bridge(self, scope: Scope) -> list[tuple[str, Decimal]]:
        """From the last day of the year before to the day; the parts add up to the value."""
        start = _opening(scope.day)
        found = bridge(changes(self.kind, start, scope.day), start)
        return [
            (_("年初存量（%(day)s）") % {"day": start.isoformat()}, Decimal(found.opening)),
            (_("新增"), Decimal(found.new)),
            (_("重新取得"), Decimal(found.renewed)),
            (_("到期"), Decimal(-found.expired)),
            (_("撤销"), Decimal(-found.revoked)),
        ]

    def trend(self, scope: Scope) -> list[tuple[dt.date, Decimal]]:
        """At the end of each of the last months, and on the day."""
        found = changes(self.kind, _opening(scope.day), scope.day)
        return [(day, Decimal(count)) for day, count in trend(found, month_ends(scope.day, MONTHS))]


class NewThisYear(Counted):
    """The firms whose qualification began this year, whatever became of it since."""

    __slots__ = ()

    def qualifications(self, day: dt.date) -> QuerySet[Qualification]:
        """Those that began in the year of the day, up to the day."""
        return registered_in_year(self.kind, day)


def member(record: object) -> Member:
    """A qualification as a member: its holder counts once."""
    assert isinstance(record, Qualification)
    return Member(
        title=record.organization.name,
        detail=record.number,
        contribution=Decimal(1),
        region=record.region.name if record.region else "",
        since=record.valid_from,
        until=record.valid_to,
        url=reverse("parties:organization-detail", args=[record.organization_id]),
    )


def _offer(code: str, kind: str, title: Text, title_new: Text) -> None:
    stock, fresh = Stock(kind), NewThisYear(kind)
    both = Figure(
        code=f"ladder.{code}",
        title=title,
        unit=gettext_lazy("家"),
        definition=gettext_lazy(
            "截至当日持有有效资质的企业数：当日在有效期内（含起始日，不含截止日）且未撤销；一家企业只计一次。"
            "证书到期而未重新取得的，到期当日起不再计入。"
        ),
        members=stock.members,
        member=member,
        total=stock.total,
        fields=FIELDS,
        search=("organization__name", "organization__uscc", "number"),
        by_region=stock.by_region,
        related=(f"ladder.{code}_new",),
    )
    offer(replace(both, bridge=stock.bridge, trend=stock.trend))
    offer(
        replace(
            both,
            code=f"ladder.{code}_new",
            title=title_new,
            definition=gettext_lazy(
                "当年一月一日起至当日取得资质的企业数，不论首次还是重新取得，也不论此后是否撤销；一家企业只计一次。"
                "它是流量，不等于存量的净增。"
            ),
            members=fresh.members,
            total=fresh.total,
            by_region=fresh.by_region,
            related=(f"ladder.{code}",),
        )
    )


_offer(
    "high_tech_firms", HIGH_TECH, gettext_lazy("高新技术企业数"), gettext_lazy("当年取得资质的高新技术企业数")
)
_offer("tech_smes", TECH_SME, gettext_lazy("科技型中小企业数"), gettext_lazy("当年入库的科技型中小企业数"))

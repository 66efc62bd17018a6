# SPDX-License-Identifier: Apache-2.0
"""The list of regions."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel import clock
from kechuang.commons.parties.models import QualificationKind, Region
from kechuang.commons.parties.queries.zones import holders_everywhere
from kechuang.commons.parties.tables.addresses import organizations_address
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, ListPage, YesNoFilter


class RegionList(ListPage):
    """Regions with how many there hold each kind on the business date; who lies in a zone counts in both."""

    title = _("区域")
    order = ("code",)
    search = ("name", "code")
    filters = (
        ChoiceFilter("kind", _("类别"), choices=Region.Kind.choices),
        YesNoFilter("stands", _("现行")),
    )
    empty = _("还没有区域：区域由内容包装载。")

    def __init__(self, kinds: Iterable[QualificationKind]) -> None:
        self.kinds = list(kinds)
        self.columns = (
            Column(
                "name",
                _("名称"),
                sort="name",
                link=lambda row: reverse("parties:region-detail", args=[row.pk]),
                css="kc-main-col",
            ),
            Column("code", _("代码"), sort="code"),
            Column("kind", _("类别"), value="get_kind_display", sort="kind"),
            Column("parent", _("上级"), value="parent.name"),
            Column("since", _("自"), kind="date", sort="since", optional=True),
            Column("until", _("至（不含）"), kind="date", sort="until"),
            *(self._held(kind) for kind in self.kinds),
        )
        self.known = {column.name: column for column in self.columns}  # type: ignore[misc]

    def rows(self, request: HttpRequest) -> list[Region]:
        """All of them, each with its counts."""
        del request
        day = clock.today()
        counts = holders_everywhere(day)
        found = list(Region.objects.select_related("parent"))
        whole = {region.parent_id for region in found if region.kind == Region.Kind.DIVISION}
        for region in found:
            stands = region.stands_on(day)
            region.stands = stands  # type: ignore[attr-defined]
            nothing = (
                0 if stands and region.pk not in whole else None
            )  # firms are in the innermost that stand
            region.holders = {kind.pk: counts.get((region.pk, kind.pk), nothing) for kind in self.kinds}  # type: ignore[attr-defined]
        return found

    def _held(self, kind: QualificationKind) -> Column:
        return Column(
            kind.pk,
            kind.name,
            value=lambda row: row.holders[kind.pk],
            kind="number",
            cell=lambda row: (
                "—"
                if row.holders[kind.pk] is None
                else marks.figure(
                    row.holders[kind.pk], url=organizations_address(region=row.code, kind=kind.pk)
                )
            ),
        )

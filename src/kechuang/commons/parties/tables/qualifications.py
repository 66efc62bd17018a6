# SPDX-License-Identifier: Apache-2.0
"""The list of kinds of qualification."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel import clock
from kechuang.commons.parties.models import QualificationKind
from kechuang.commons.parties.queries import holders_by_region
from kechuang.commons.parties.tables.addresses import organizations_address
from kechuang.commons.parties.wording import term_words, verified_chip
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import Column, ListPage


class KindList(ListPage):
    """The kinds of qualification with their basis, and how many organisations hold one on the business date."""

    title = _("资质类别")
    order = ("code",)
    empty = _("还没有资质类别：由内容包装载。")
    columns = (
        Column("name", _("名称"), sort="name", css="kc-main-col"),
        Column("issuer", _("颁发机关"), sort="issuer"),
        Column("basis", _("依据")),
        Column("term", _("有效期"), value=lambda row: term_words(row.term)),
        Column("number_pattern", _("编号格式"), optional=True),
        Column(
            "verified",
            _("依据核实"),
            kind="yes_no",
            sort="verified",
            cell=lambda row: verified_chip(row.verified),
        ),
        Column("release", _("版本"), optional=True),
        Column(
            "holders",
            _("持有机构"),
            value="holders",
            kind="number",
            cell=lambda row: marks.figure(row.holders, url=organizations_address(kind=row.pk)),
        ),
    )

    def rows(self, request: HttpRequest) -> list[QualificationKind]:
        """All of them, each with its count."""
        del request
        counts: Counter[str] = Counter()
        for (_region, code), holders in holders_by_region(clock.today()).items():
            counts[code] += holders
        found = list(QualificationKind.objects.all())
        for kind in found:
            kind.holders = counts[kind.pk]  # type: ignore[attr-defined]
        return found

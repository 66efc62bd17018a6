# SPDX-License-Identifier: Apache-2.0
"""The list of releases."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.commons.packs.pieces import kind_words, piece_kinds
from kechuang.commons.releases.models import Release
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, ListPage, YesNoFilter


def _address(release: Release) -> str:
    return reverse("releases:release-detail", args=[release.pk])


def _verified(release: Release) -> str:
    return _("已核实") if release.verified else _("未核实")


def _kinds(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return [(kind, kind_words(kind)) for kind in piece_kinds()]


def _packs(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return [
        (pack, pack) for pack in Release.objects.order_by("pack").values_list("pack", flat=True).distinct()
    ]


class ReleaseList(ListPage):
    """Every version of every piece of content, the newest first."""

    title = gettext_lazy("内容版本")
    subtitle = gettext_lazy("规则、名录与口径的每一个版本；发布后不改写")
    columns = (
        Column("title", gettext_lazy("名称"), sort="title", link=_address, css="kc-main-col"),
        Column("code", gettext_lazy("代码"), sort=("code", "id")),
        Column("kind", gettext_lazy("类别"), value=lambda release: kind_words(release.kind), sort="kind"),
        Column("number", gettext_lazy("版本号"), css="kc-fit"),
        Column("pack", gettext_lazy("内容包"), sort="pack", css="kc-fit"),
        Column(
            "verified",
            gettext_lazy("依据"),
            value=_verified,
            cell=lambda release: marks.chip(_verified(release), "good" if release.verified else "warn"),
            sort="verified",
        ),
        Column("source", gettext_lazy("来源")),
        Column("released_at", gettext_lazy("发布时间"), kind="moment", sort="released_at"),
        Column("sha256", gettext_lazy("内容摘要"), optional=True),
    )
    filters = (
        ChoiceFilter("kind", gettext_lazy("类别"), choices=_kinds),
        ChoiceFilter("pack", gettext_lazy("内容包"), choices=_packs),
        YesNoFilter("verified", gettext_lazy("依据已核实")),
    )
    search = ("title", "code", "source")
    order = ("-id",)
    empty = gettext_lazy("还没有发布过内容：请运行 kechuang content load 装载内容包。")

    def rows(self, request: HttpRequest) -> QuerySet[Release]:
        """All releases; what they say is read only on the page of one."""
        del request
        return Release.objects.defer("content")

# SPDX-License-Identifier: Apache-2.0
"""The papers app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs
from kechuang.commons.ui.navigation import register_nav


class PapersConfig(AppConfig):
    """Papers filled from records, signed off, issued and compared."""

    name = "kechuang.commons.papers"
    label = "papers"

    def ready(self) -> None:
        """Words, pointers, to-dos, navigation."""
        import_module("kechuang.commons.papers.resolvers")
        import_module("kechuang.commons.papers.desk")
        from kechuang.commons.papers.panels import brief_lead, paper_panel  # noqa: PLC0415 -- models are ready now
        from kechuang.commons.parties.panels import leads, panels  # noqa: PLC0415

        panels.fill("papers", paper_panel)
        leads.fill("papers", brief_lead)
        name_verbs(
            {
                "papers.paper.drafted": _("拟稿"),
                "papers.paper.edited": _("修改文书"),
                "papers.paper.refreshed": _("更新文书数据"),
                "papers.paper.submitted": _("送核稿"),
                "papers.paper.checked": _("核稿通过"),
                "papers.countersign.given": _("会签"),
                "papers.paper.issued": _("签发文书"),
                "papers.paper.returned": _("退回修改文书"),
                "papers.paper.voided": _("作废文书"),
                "papers.word.returned": _("定稿回传"),
            }
        )
        register_nav(
            "plan", _("文书"), "papers:paper-list", order=80, permission="papers.view_paper", icon="file"
        )

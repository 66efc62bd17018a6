# SPDX-License-Identifier: Apache-2.0
"""The registers app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs
from kechuang.commons.ui.navigation import register_group, register_nav


class RegistersConfig(AppConfig):
    """Lists that somebody keeps, as content."""

    name = "kechuang.commons.registers"
    label = "registers"

    def ready(self) -> None:
        """Words, pointers, to-dos, figures, navigation."""
        for name in ("resolvers", "masking", "desk", "tasks"):
            import_module(f"kechuang.commons.registers.{name}")
        from kechuang.commons.figures.registry import offers  # noqa: PLC0415 -- models are not ready earlier
        from kechuang.commons.kernel.citing import numbered  # noqa: PLC0415
        from kechuang.commons.parties.panels import panels  # noqa: PLC0415
        from kechuang.commons.registers.events import record_bookable, record_keeper, record_welcome  # noqa: PLC0415
        from kechuang.commons.registers.figures import register_figures  # noqa: PLC0415
        from kechuang.commons.registers.panels import record_panel  # noqa: PLC0415
        from kechuang.commons.registers.queries import numbered_so  # noqa: PLC0415
        from kechuang.commons.slots.ports import bookable, keepers, welcomes  # noqa: PLC0415

        offers.fill("registers", register_figures)
        panels.fill("registers", record_panel)
        bookable.fill("registers", record_bookable)
        keepers.fill("registers", record_keeper)
        welcomes.fill("registers", record_welcome)
        numbered.fill("registers", numbered_so)
        name_verbs(
            {
                "registers.record.made": _("登记台账"),
                "registers.records.taken": _("批量登记台账"),
                "registers.records.installed": _("装载台账记录"),
                "registers.records.brought": _("迁移台账记录"),
                "registers.record.edited": _("修改台账记录"),
                "registers.record.erased": _("删除台账记录的敏感信息"),
                "registers.record.moved": _("台账流转"),
                "registers.filing.made": _("公众提交"),
                "registers.filing.rated": _("公众评价"),
                "registers.consent.given": _("各方表态"),
                "registers.stocktake.taken": _("年度盘点"),
                "registers.draft.begun": _("起草台账定义"),
                "registers.draft.edited": _("修改台账定义"),
                "registers.draft.submitted": _("提交台账定义"),
                "registers.draft.returned": _("退回台账定义"),
                "registers.register.released": _("发布台账定义"),
            }
        )
        register_group("registers", _("台账"), order=50)
        register_nav(
            "registers",
            _("台账目录"),
            "registers:register-list",
            order=10,
            permission="registers.view_record",
            icon="list",
        )
        register_nav(
            "registers",
            _("台账设计"),
            "registers:draft-list",
            order=90,
            permission="registers.define_register",
            icon="edit",
        )

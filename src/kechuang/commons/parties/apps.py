# SPDX-License-Identifier: Apache-2.0
"""The parties app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs
from kechuang.commons.ui.navigation import register_group, register_nav


class PartiesConfig(AppConfig):
    """Who there is, and what they hold on which day."""

    name = "kechuang.commons.parties"
    label = "parties"

    def ready(self) -> None:
        """Words, pointers, navigation."""
        import_module("kechuang.commons.parties.resolvers")
        import_module("kechuang.commons.parties.scopes")
        name_verbs(
            {
                "parties.regions.installed": _("装载区域"),
                "parties.units.installed": _("装载处室"),
                "parties.kinds.installed": _("装载资质类别"),
                "parties.leader.assigned": _("确定分管领导"),
                "parties.organization_kinds.installed": _("装载主体类型"),
                "parties.organization.registered": _("登记机构"),
                "parties.organization.edited": _("修改机构"),
                "parties.organization.renamed": _("更名"),
                "parties.organization.recoded": _("换码"),
                "parties.organization.merged": _("合并机构"),
                "parties.merge.undone": _("撤销合并"),
                "parties.role.given": _("登记主体身份"),
                "parties.role.ended": _("终止主体身份"),
                "parties.qualification.registered": _("登记资质"),
                "parties.qualification.corrected": _("更正资质"),
                "parties.qualification.revoked": _("撤销资质"),
            }
        )
        register_group("firms", _("企业"), order=40)
        see = {"permission": "parties.view_organization"}
        register_nav("firms", _("企业与机构"), "parties:organization-list", order=20, icon="building", **see)
        register_nav("firms", _("资质存量"), "parties:stock", order=25, icon="chart", **see)
        register_nav("firms", _("资质类别"), "parties:kind-list", order=30, icon="list", **see)
        register_nav("plan", _("处室与分管"), "parties:unit-list", order=70, icon="people", **see)
        register_nav("firms", _("区域"), "parties:region-list", order=40, icon="grid", **see)

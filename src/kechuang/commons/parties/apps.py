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
        for door in ("resolvers", "running", "desk"):
            import_module(f"kechuang.commons.parties.{door}")
        for port in ("scopes", "forgetting"):
            import_module(f"kechuang.commons.parties.{port}")
        name_verbs(
            {
                "parties.regions.installed": _("装载区域"),
                "parties.units.installed": _("装载处室"),
                "parties.kinds.installed": _("装载资质类别"),
                "parties.unit.added": _("增设处室"),
                "parties.unit.dissolved": _("撤并处室"),
                "parties.member.placed": _("登记任职"),
                "parties.member.left": _("登记离任"),
                "parties.leader.assigned": _("确定分管领导"),
                "parties.organization_kinds.installed": _("装载主体类型"),
                "parties.organization.registered": _("登记机构"),
                "parties.organization.edited": _("修改机构"),
                "parties.organization.renamed": _("更名"),
                "parties.organization.recoded": _("换码"),
                "parties.organization.merged": _("合并机构"),
                "parties.merge.undone": _("撤销合并"),
                "parties.list.uploaded": _("上传机构名单"),
                "parties.rows.read": _("读取机构名单"),
                "parties.rows.weighed": _("比对机构名单相近名称"),
                "parties.list.read": _("读完机构名单"),
                "parties.row.settled": _("处理机构名单行"),
                "parties.suggestions.accepted": _("采纳机构名单建议"),
                "parties.rows.settled": _("采纳一批建议"),
                "parties.list.confirmed": _("确认机构名单"),
                "parties.rows.taken": _("登记机构名单"),
                "parties.list.undone": _("撤回机构名单"),
                "parties.rows.undone": _("撤回机构名单登记"),
                "parties.list.dropped": _("作废机构名单"),
                "parties.pairs.sought": _("查找疑似重复"),
                "parties.pair.told_apart": _("认定不是同一家"),
                "parties.registration.filed": _("提交注册申请"),
                "parties.registration.confirmed": _("确认注册申请"),
                "parties.registration.amended": _("补正注册申请"),
                "parties.registration.returned": _("退回注册申请"),
                "parties.registration.declined": _("不予通过注册"),
                "parties.registration.accepted": _("通过注册"),
                "parties.registration.erased": _("删除申请人信息"),
                "parties.account.claimed": _("领取账号"),
                "parties.colleague.opened": _("为同事开户"),
                "parties.colleague.closed": _("停用同事账号"),
                "parties.role.given": _("登记主体身份"),
                "parties.role.ended": _("终止主体身份"),
                "parties.zone.entered": _("登记所在功能区"),
                "parties.zone.left": _("移出功能区"),
                "parties.qualification.registered": _("登记资质"),
                "parties.qualification.corrected": _("更正资质"),
                "parties.qualification.revoked": _("撤销资质"),
            }
        )
        register_group("firms", _("企业"), order=40)
        see = {"permission": "parties.view_organization"}
        register_nav("firms", _("企业与机构"), "parties:organization-list", order=20, icon="building", **see)
        came = "/parties/lists/"
        register_nav("firms", _("机构名单"), "parties:list-list", order=22, icon="upload", match=came, **see)
        settle = "parties.settle_registration"
        register_nav(
            "firms", _("注册申请"), "parties:registration-list", order=15, icon="check", permission=settle
        )
        from kechuang.commons.parties.listed import list_panel  # noqa: PLC0415 -- models are not ready earlier
        from kechuang.commons.parties.panels import panels  # noqa: PLC0415

        panels.fill("parties", list_panel)
        register_nav("firms", _("本单位"), "parties:own", order=5, icon="home", permission="parties.view_own")
        merges = "parties.merge_organizations"
        register_nav("firms", _("疑似重复"), "parties:pair-list", order=24, icon="people", permission=merges)
        register_nav("firms", _("资质存量"), "parties:stock", order=25, icon="chart", **see)
        register_nav("firms", _("资质类别"), "parties:kind-list", order=30, icon="list", **see)
        register_nav("plan", _("处室与分管"), "parties:unit-list", order=70, icon="people", **see)
        register_nav("firms", _("区域"), "parties:region-list", order=40, icon="grid", **see)

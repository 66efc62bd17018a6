# SPDX-License-Identifier: Apache-2.0
"""The access app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs
from kechuang.commons.ui import navigation
from kechuang.commons.ui.navigation import register_group, register_nav


class AccessConfig(AppConfig):
    """Accounts, roles, grants."""

    name = "kechuang.commons.access"
    label = "access"
    verbose_name = _("账号与权限")

    def ready(self) -> None:
        """Words; the navigation shows only what the viewer may open."""
        from kechuang.commons.access.grants import may_open  # noqa: PLC0415 -- models are not ready earlier

        for name in ("resolvers", "desk", "tasks"):
            import_module(f"kechuang.commons.access.{name}")
        self._plug_in()
        self._navigation()

        navigation.may_open.fill("access", may_open)
        name_verbs(
            {
                "access.roles.installed": _("装载角色"),
                "access.purposes.installed": _("装载个人信息用途"),
                "access.account.created": _("开立账号"),
                "access.account.corrected": _("更正账号"),
                "access.account.corrected_own": _("更正本人联系方式"),
                "access.account.disabled": _("停用账号"),
                "access.account.enabled": _("启用账号"),
                "access.account.unlocked": _("解除登录锁定"),
                "access.account.handed_over": _("人员变动移交"),
                "access.account.erased": _("删除个人信息"),
                "access.account.linked": _("绑定或解除统一认证"),
                "access.account.opened": _("开户并申请授权"),
                "access.onboarding.handed_in": _("上传开户名单"),
                "access.onboarding.confirmed": _("确认批量开户"),
                "access.onboarding.dropped": _("放弃开户名单"),
                "access.onboarding.links_renewed": _("重新生成开户链接"),
                "access.role.granted": _("授予角色"),
                "access.grant.revoked": _("收回角色"),
                "access.grant.requested": _("申请授权"),
                "access.request.settled": _("办理授权申请"),
                "access.delegation.given": _("委托代办"),
                "access.delegation.ended": _("提前结束委托"),
                "access.link.issued": _("生成一次性链接"),
                "access.link.used": _("用链接设置密码"),
                "access.password.changed": _("修改密码"),
                "access.factor.enrolled": _("启用第二因素"),
                "access.factor.used": _("验证第二因素"),
                "access.factor.recovery_renewed": _("更换恢复码"),
                "access.factor.left": _("停用第二因素"),
                "access.factor.removed": _("移除第二因素"),
                "access.session.opened": _("登录"),
                "access.session.closed": _("退出登录"),
                "access.session.ended": _("结束会话"),
                "access.field.unmasked": _("查看完整个人信息"),
                "access.list.exported": _("导出含个人信息的清单"),
                "access.consent.given": _("同意个人信息用途"),
                "access.consent.withdrawn": _("撤回同意"),
            }
        )

    def _plug_in(self) -> None:
        from kechuang.commons.access.keys import key_of  # noqa: PLC0415 -- models are not ready earlier
        from kechuang.commons.access.marking import mark_of  # noqa: PLC0415
        from kechuang.commons.kernel.journal import personal_key  # noqa: PLC0415
        from kechuang.commons.ui.lists import export_mark  # noqa: PLC0415

        personal_key.fill("access", key_of)
        export_mark.fill("access", mark_of)

    def _navigation(self) -> None:
        register_group("access", _("账号与权限"), order=95)
        for name, label, order, icon in (
            ("account-list", _("账号"), 10, "people"),
            ("onboarding-list", _("批量开户"), 20, "upload"),
            ("request-list", _("授权申请"), 30, "desk"),
            ("grant-list", _("授权"), 40, "check"),
            ("role-matrix", _("角色与权限"), 50, "grid"),
            ("look-list", _("敏感信息访问日志"), 60, "search"),
        ):
            register_nav("access", label, f"access:{name}", order=order, icon=icon)

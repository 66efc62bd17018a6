# SPDX-License-Identifier: Apache-2.0
"""The commitments app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs
from kechuang.commons.ui.navigation import register_nav


class CommitmentsConfig(AppConfig):
    """What was promised, by whom, until when, and what shows it."""

    name = "kechuang.commons.commitments"
    label = "commitments"

    def ready(self) -> None:
        """Words, to-dos, what follows from an instruction, navigation."""
        for name in ("desk", "scopes", "tasks"):
            import_module(f"kechuang.commons.commitments.{name}")
        subscribers = import_module("kechuang.commons.commitments.subscribers")
        ports = import_module("kechuang.commons.comments.ports")
        ports.offices.fill("commitments", subscribers.offices)
        ports.outcomes.fill("commitments", subscribers.opened_for)
        succession = import_module("kechuang.commons.commitments.actions.succession")
        import_module("kechuang.commons.parties.succession").successions.fill(
            "commitments",
            lambda unit, successor, on, actor: succession.move_parts(unit, actor, successor=successor, on=on),
        )
        panels = import_module("kechuang.commons.parties.panels").panels
        panels.fill("commitments", import_module("kechuang.commons.commitments.panels").promise_panel)
        name_verbs(
            {
                "commitments.parts.moved": _("移交责任"),
                "commitments.commitment.opened": _("立项"),
                "commitments.commitment.revised": _("修订"),
                "commitments.commitment.dropped": _("撤销"),
                "commitments.part.reported": _("报送进展"),
                "commitments.commitment.merged": _("牵头汇总"),
                "commitments.closure.confirmed": _("确认办结"),
                "commitments.closure.returned": _("退回办结申请"),
                "commitments.part.received": _("签收"),
                "commitments.milestone.drafted": _("拟定节点"),
                "commitments.milestone.revised": _("修改节点"),
                "commitments.milestone.approved": _("审定节点"),
                "commitments.milestone.returned": _("退回节点"),
                "commitments.milestone.reached": _("节点完成"),
                "commitments.milestone.dropped": _("撤销节点"),
                "commitments.extension.asked": _("申请延期"),
                "commitments.extension.decided": _("审批延期"),
                "commitments.disagreement.raised": _("提请裁定分歧"),
                "commitments.disagreement.decided": _("裁定分歧"),
                "commitments.disagreement.withdrawn": _("撤回分歧"),
                "commitments.light.set": _("人工定灯"),
                "commitments.light.lifted": _("撤销定灯"),
                "commitments.source.named": _("补记来源"),
                "commitments.commitment.joined": _("并入已有任务"),
                "commitments.round.opened": _("开启报送轮次"),
                "commitments.round.closed": _("截止报送轮次"),
            }
        )
        register_nav(
            "plan",
            _("批示督办"),
            "commitments:instruction-list",
            order=40,
            permission="commitments.view_instruction",
            icon="flag",
        )
        register_nav(
            "plan",
            _("约定事项"),
            "commitments:clause-list",
            order=41,
            permission="commitments.view_instruction",
            icon="flag",
        )
        register_nav(
            "plan",
            _("节点清单"),
            "commitments:milestone-list",
            order=24,
            permission="commitments.view_milestone",
            icon="calendar",
        )

# SPDX-License-Identifier: Apache-2.0
"""Who may import, correct and issue plans."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.apps.workplan.models import Area, Item, Plan, PlanVersion
from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, first_refusal, refuse


def can_import_plan(thing: Any, actor: Actor) -> Verdict:
    """Importing a document as a draft (导入)."""
    del thing
    return holds(actor, "workplan.import_plan")


def can_install_plan(thing: Any, actor: Actor) -> Verdict:
    """Plans as facts come from content, loaded by the program itself."""
    del thing
    return ALLOWED if actor.is_system else refuse(_("只能由内容包装载。"))


def can_edit_plan(thing: PlanVersion | Area | Item, actor: Actor) -> Verdict:
    """Correcting a draft (校对); nobody corrects what is issued."""
    return first_refusal(holds(actor, "workplan.edit_plan"), _is_draft(version_of(thing)))


def can_edit_line(item: Item, actor: Actor) -> Verdict:
    """Correcting a line that is not left out; one left out is taken back first."""
    if item.state == Item.State.EXCLUDED:
        kept = refuse(_("“%(item)s”已不纳入，请先恢复再修改。") % {"item": item})
        return first_refusal(can_edit_plan(item, actor), kept)
    return can_edit_plan(item, actor)


def can_discard_version(version: PlanVersion, actor: Actor) -> Verdict:
    """Throwing a draft away (作废)."""
    return first_refusal(holds(actor, "workplan.import_plan"), _is_draft(version))


def can_issue_plan(version: PlanVersion, actor: Actor) -> Verdict:
    """Issuing a draft (签发), which opens commitments and sets targets."""
    return first_refusal(*_issuing(actor), _is_draft(version))


def can_accept_lead(item: Item, actor: Actor) -> Verdict:
    """Settling who leads (确定牵头): in a draft who corrects it, in the plan in force who may issue."""
    version = version_of(item)
    if version.state == PlanVersion.State.ISSUED:
        return first_refusal(*_issuing(actor))
    return can_edit_plan(item, actor)


def version_of(thing: PlanVersion | Area | Item) -> PlanVersion:
    """The version a thing belongs to; an action has just read the thing anew, and with it forgotten the version."""
    return thing if isinstance(thing, PlanVersion) else thing.plan_version


def _issuing(actor: Actor) -> list[Verdict]:
    wanted = ("workplan.issue_plan", "commitments.keep_commitment", "facts.set_target")
    return [holds(actor, permission) for permission in wanted]


def _is_draft(version: PlanVersion) -> Verdict:
    if version.state == PlanVersion.State.DRAFT:
        return ALLOWED
    return refuse(
        _("这一版%(state)s，不能再改动；如需调整，请导入新的版本。") % {"state": version.get_state_display()}
    )


def can_correct_plan(plan: Plan, actor: Actor) -> Verdict:
    """Title, issuer and year are corrected with the draft, before anything is in force."""
    states = set(plan.versions.values_list("state", flat=True))
    if states & {PlanVersion.State.ISSUED, PlanVersion.State.SUPERSEDED}:
        return refuse(_("计划已签发，标题、发文机关和年度不能再改。"))
    return holds(actor, "workplan.edit_plan")


def can_choose_scheme(plan: Plan, actor: Actor) -> Verdict:
    """Who issues plans says by which scheme one is judged (选定进度办法)."""
    del plan
    return holds(actor, "workplan.issue_plan")

# SPDX-License-Identifier: Apache-2.0
"""Milestones (节点): an office drafts them, another person approves, evidence shows that they are reached."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from kechuang.commons.commitments.models import Commitment, Milestone, Report, Responsibility
from kechuang.commons.commitments.permissions import (
    can_approve_milestone,
    can_draft_milestone,
    can_reach_milestone,
)
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.engines.progress.periods import month_end

State = Milestone.State


@action("commitments.milestone.drafted", permission=can_draft_milestone)
def draft_milestone(
    responsibility: Responsibility, actor: Actor, *, title: str, grain: str, month: dt.date
) -> Milestone:
    """An office drafts a milestone of its part (拟定), due at the end of the month, or of the quarter, of ``month``."""
    if responsibility.until is not None:
        raise Problem(
            _("%(unit)s已不再负责这项任务。") % {"unit": responsibility.unit}, remedy=_("请刷新页面。")
        )
    commitment = responsibility.commitment
    milestone = Milestone(
        commitment=commitment,
        unit=responsibility.unit,
        drafted_by=actor.name,
        drafted_by_id=actor.id,
        drafted_for=actor.on_behalf_of,
    )
    _describe(milestone, title, grain, month)
    note(commitment=commitment)
    return milestone


@action("commitments.milestone.revised", permission=can_draft_milestone)
def revise_milestone(
    milestone: Milestone, actor: Actor, *, title: str, grain: str, month: dt.date
) -> Milestone:
    """Change a draft, perhaps one that was returned (修改); who changed it has drafted it."""
    _require(milestone, State.DRAFT, _("已审定的节点不再修改；要改时限，请申请延期。"))
    note(before={"title": milestone.title, "due": milestone.due})
    milestone.drafted_by, milestone.drafted_by_id = actor.name, actor.id
    milestone.drafted_for, milestone.remark = actor.on_behalf_of, ""
    _describe(milestone, title, grain, month)
    return milestone


@action("commitments.milestone.approved", permission=can_approve_milestone)
def approve_milestone(milestone: Milestone, actor: Actor) -> Milestone:
    """Another person approves a draft (审定): from now on it makes a light."""
    del actor
    _require(milestone, State.DRAFT, _("请刷新页面查看最新状态。"))
    _require_open(milestone.commitment)
    milestone.state, milestone.remark, milestone.approved_on = State.APPROVED, "", clock.today()
    milestone.save(update_fields=["state", "remark", "approved_on"])
    return milestone


@action("commitments.milestone.returned", permission=can_approve_milestone)
def return_milestone(milestone: Milestone, actor: Actor, *, reason: str) -> Milestone:
    """Send a draft back with what is to be changed (退回)."""
    del actor
    _require(milestone, State.DRAFT, _("请刷新页面查看最新状态。"))
    milestone.remark = _filled(reason, _("请填写退回意见。"), _("写明要改什么。"))
    milestone.save(update_fields=["remark"])
    return milestone


@action("commitments.milestone.reached", permission=can_reach_milestone)
def reach_milestone(milestone: Milestone, actor: Actor, *, report: Report) -> Milestone:
    """A report of the office with evidence shows that the milestone is reached (完成), on the day of the report."""
    del actor
    _require(milestone, State.APPROVED, _("节点审定后才能申报完成。"))
    part = report.responsibility
    if (part.commitment_id, part.unit_id) != (milestone.commitment_id, milestone.unit_id):
        raise Problem(
            _("所引用的进展报告不是%(unit)s对这项任务的报告。") % {"unit": milestone.unit},
            remedy=_("请引用本处室的进展报告。"),
            field="report",
        )
    if not report.evidence.exists():
        raise Problem(
            _("申报节点完成需要佐证，所引用的进展报告没有佐证。"),
            remedy=_("请重新报送并附上佐证。"),
            field="report",
        )
    milestone.state, milestone.closed_on, milestone.report = State.REACHED, report.day, report
    milestone.save(update_fields=["state", "closed_on", "report"])
    note(commitment=milestone.commitment)
    return milestone


@action("commitments.milestone.dropped", permission=can_approve_milestone)
def drop_milestone(milestone: Milestone, actor: Actor, *, reason: str) -> Milestone:
    """Take a milestone out (撤销), with a reason; what was reached stays."""
    del actor
    if milestone.state not in {State.DRAFT, State.APPROVED}:
        raise _not_now(milestone, _("已完成或已撤销的节点不能再撤销。"))
    note(before=milestone.state)
    milestone.remark = _filled(reason, _("请填写撤销原因。"), _("写明为什么不再需要这个节点。"))
    milestone.state, milestone.dropped_on = State.DROPPED, clock.today()
    milestone.save(update_fields=["state", "remark", "dropped_on"])
    return milestone


def _describe(milestone: Milestone, title: str, grain: str, month: dt.date) -> None:
    """Set title and date of a draft and store it."""
    commitment = milestone.commitment
    _require_open(commitment)
    milestone.title = _filled(title, _("请填写节点。"), _("写明到时应看到什么结果。"), field="title")[:200]
    if grain not in Milestone.Grain.values:
        raise Problem(_("节点按月或按季设置。"), remedy=_("请选择月或季。"), field="grain")
    months = 0 if grain == Milestone.Grain.MONTH else 2 - (month.month - 1) % 3
    milestone.grain, milestone.due = grain, month_end(month, months)
    if milestone.due < commitment.start:
        raise Problem(
            _("节点时限 %(due)s 早于任务起始日期 %(start)s。")
            % {"due": milestone.due.isoformat(), "start": commitment.start.isoformat()},
            remedy=_("请改选月份。"),
            field="month",
        )
    if commitment.due is not None and milestone.due > commitment.due:
        raise Problem(
            _("节点时限 %(due)s 晚于任务时限 %(task)s。")
            % {"due": milestone.due.isoformat(), "task": commitment.due.isoformat()},
            remedy=_("请改选月份；确需更晚的，请先申请任务延期。"),
            field="month",
        )
    twins = Milestone.objects.filter(
        commitment=commitment, unit=milestone.unit, title=milestone.title
    ).exclude(state=State.DROPPED)
    if twins.exclude(pk=milestone.pk).exists():
        raise Problem(
            _("%(unit)s已有同名节点“%(title)s”。") % {"unit": milestone.unit, "title": milestone.title},
            remedy=_("请修改原有节点，或换一个名称。"),
            field="title",
        )
    milestone.save()


def _filled(text: str, what: str, remedy: str, *, field: str = "reason") -> str:
    if not text.strip():
        raise Problem(what, remedy=remedy, field=field)
    return text.strip()


def _require_open(commitment: Commitment) -> None:
    if commitment.state != Commitment.State.OPEN:
        raise Problem(
            _("这项任务当前状态为“%(state)s”，不能再调整节点。") % {"state": commitment.get_state_display()},
            remedy=_("请刷新页面查看最新状态。"),
        )


def _require(milestone: Milestone, state: str, remedy: str) -> None:
    if milestone.state != state:
        raise _not_now(milestone, remedy)


def _not_now(milestone: Milestone, remedy: str) -> Problem:
    return Problem(
        _("节点“%(title)s”当前状态为“%(state)s”。")
        % {"title": milestone.title, "state": milestone.get_state_display()},
        remedy=remedy,
    )

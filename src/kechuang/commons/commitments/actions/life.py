# SPDX-License-Identifier: Apache-2.0
"""The life of a commitment: opened, reported part by part, merged by the lead, closed by another person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kechuang.commons.commitments.actions.milestones import reach_milestone
from kechuang.commons.commitments.models import (
    Commitment,
    Evidence,
    Merge,
    Milestone,
    Report,
    Responsibility,
    Source,
)
from kechuang.commons.commitments.permissions import (
    can_confirm_closure,
    can_keep_commitment,
    can_merge_parts,
    can_report_part,
    open_parts,
)
from kechuang.commons.documents.actions import store_document
from kechuang.commons.facts.models import Target
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit


@dataclass(frozen=True, slots=True)
class Part:
    """An office and its role in a commitment."""

    unit: Unit
    role: str

    def __str__(self) -> str:
        return f"{self.unit}:{self.role}"


@action("commitments.commitment.opened", permission=can_keep_commitment)
def open_commitment(  # noqa: PLR0913 -- the facts of a promise
    thing: None,
    actor: Actor,
    *,
    kind: str,
    code: str,
    title: str,
    start: dt.date,
    source: Ref,
    text: str = "",
    parent: Commitment | None = None,
    target: Target | None = None,
    due: dt.date | None = None,
    parts: Sequence[Part] = (),
    order: int = 0,
    scheme: str = "",
) -> Commitment:
    """Open a commitment (立项) named by ``source``, with the offices responsible for it, judged by a scheme."""
    del thing, actor
    commitment = Commitment.objects.create(
        kind=kind,
        code=code,
        title=title[:200],
        text=text,
        parent=parent,
        target=target,
        start=start,
        due=due,
        order=order,
        scheme=scheme,
    )
    Source.objects.create(commitment=commitment, ref_kind=source.kind, ref_id=source.id)
    _set_parts(commitment, parts, start)
    return commitment


@action("commitments.commitment.revised", permission=can_keep_commitment)
def revise_commitment(
    commitment: Commitment,
    actor: Actor,
    *,
    title: str,
    text: str,
    due: dt.date | None,
    source: Ref,
    parts: Sequence[Part] = (),
    order: int = 0,
) -> Commitment:
    """Bring a commitment in line with a new version of what names it (修订); its reports and history stay."""
    del actor
    note(before={"title": commitment.title, "due": commitment.due, "parts": _words(open_parts(commitment))})
    commitment.title, commitment.text, commitment.order = title[:200], text, order
    commitment.move_due(due, asked=clock.today(), decided=clock.today())
    commitment.save(update_fields=["title", "text", "due", "moves", "order"])
    Source.objects.get_or_create(commitment=commitment, ref_kind=source.kind, ref_id=source.id)
    _set_parts(commitment, parts, clock.today())
    return commitment


@action("commitments.commitment.dropped", permission=can_keep_commitment)
def drop_commitment(commitment: Commitment, actor: Actor, *, reason: str) -> Commitment:
    """A new version no longer names it (撤销); what was reported stays readable."""
    del actor
    note(before=commitment.state, reason=reason)
    commitment.state, commitment.closed_on = Commitment.State.DROPPED, clock.today()
    commitment.save(update_fields=["state", "closed_on"])
    return commitment


@action("commitments.part.reported", permission=can_report_part, silent=("files",))
def report_part(
    responsibility: Responsibility,
    actor: Actor,
    *,
    text: str,
    done: bool = False,
    evidence: Iterable[Ref] = (),
    files: Iterable[tuple[str, bytes]] = (),
    reached: Iterable[Milestone] = (),
) -> Report:
    """An office reports its own part (报送), with evidence: records, and files as (name, content).

    Done needs at least one piece of evidence; so do the milestones it shows as ``reached``.
    """
    commitment = Commitment.objects.select_for_update().get(pk=responsibility.commitment_id)
    if responsibility.until is not None:
        raise Problem(
            _("%(unit)s已不再负责这项任务。") % {"unit": responsibility.unit}, remedy=_("请刷新页面。")
        )
    if commitment.state != Commitment.State.OPEN:
        raise Problem(
            _("这项任务当前状态为“%(state)s”，不能再报送。") % {"state": commitment.get_state_display()},
            remedy=_("如需补充，请牵头处室先退回办结申请。"),
        )
    if not text.strip():
        raise Problem(_("请填写进展。"), remedy=_("写明做了什么、结果如何、下一步是什么。"), field="text")
    about = Ref.of(commitment)
    stored = [store_document(None, actor, name=name, data=data, about=about) for name, data in files]
    refs = list(dict.fromkeys([*evidence, *map(Ref.of, stored)]))
    if done and not refs:
        raise Problem(
            _("申报“本处室已完成”需要佐证。"),
            remedy=_("请上传文件，或引用系统内的记录作为佐证。"),
            field="files",
        )
    report = Report.objects.create(
        responsibility=responsibility,
        day=clock.today(),
        at=clock.now(),
        by=actor.name,
        text=text.strip(),
        done=done,
    )
    Evidence.objects.bulk_create([Evidence(report=report, ref_kind=ref.kind, ref_id=ref.id) for ref in refs])
    responsibility.state = Responsibility.State.DONE if done else Responsibility.State.OPEN
    responsibility.save(update_fields=["state"])
    for milestone in reached:
        reach_milestone(milestone, actor, report=report)
    note(commitment=commitment, evidence=refs)
    return report


@action("commitments.commitment.merged", permission=can_merge_parts)
def merge_parts(
    commitment: Commitment, actor: Actor, *, text: str, done: bool = False, delivered: Iterable[int] = ()
) -> Merge:
    """The lead merges the parts into one statement (汇总), marks deliverables as delivered, and may ask to close."""
    if commitment.state != Commitment.State.OPEN:
        raise Problem(
            _("这项任务当前状态为“%(state)s”，不能汇总。") % {"state": commitment.get_state_display()},
            remedy=_("请刷新页面查看最新状态。"),
        )
    if not text.strip():
        raise Problem(_("请填写汇总意见。"), remedy=_("可以在各处室报送内容的基础上修改。"), field="text")
    owing = [part for part in open_parts(commitment) if part.state != Responsibility.State.DONE]
    if done and owing:
        raise Problem(
            _("还有%(units)s没有申报完成，不能申请办结。")
            % {"units": "、".join(str(part.unit) for part in owing)},
            remedy=_("请先催报，或取消勾选“申请办结”只作阶段汇总。"),
            field="done",
        )
    day = clock.today()
    _deliver(commitment, list(delivered), day)
    left = commitment.parts.filter(kind=Commitment.Kind.DELIVERABLE, state=Commitment.State.OPEN).count()
    if done and left:
        raise Problem(
            _("还有 %(left)s 项举措未完成，不能申请办结。") % {"left": left},
            remedy=_("请先勾选已完成的举措。"),
            field="done",
        )
    ahead = commitment.milestones.filter(state=Milestone.State.APPROVED).count()
    if done and ahead:
        raise Problem(
            _("还有 %(ahead)s 个节点未完成，不能申请办结。") % {"ahead": ahead},
            remedy=_("请先申报节点完成，或撤销不再需要的节点。"),
            field="done",
        )
    merge = Merge.objects.create(
        commitment=commitment,
        day=day,
        at=clock.now(),
        by=actor.name,
        by_id=actor.id,
        text=text.strip(),
        done=done,
    )
    if done:
        commitment.state = Commitment.State.AWAITING
        commitment.save(update_fields=["state"])
    note(commitment=commitment)
    return merge


@action("commitments.closure.confirmed", permission=can_confirm_closure)
def confirm_closure(commitment: Commitment, actor: Actor) -> Commitment:
    """Another person confirms that it is done (确认办结)."""
    del actor
    _require_awaiting(commitment)
    commitment.state, commitment.closed_on = Commitment.State.DONE, clock.today()
    commitment.save(update_fields=["state", "closed_on"])
    return commitment


@action("commitments.closure.returned", permission=can_confirm_closure)
def return_closure(commitment: Commitment, actor: Actor, *, reason: str) -> Commitment:
    """Send the request to close back with a reason (退回)."""
    del actor
    _require_awaiting(commitment)
    if not reason.strip():
        raise Problem(_("请填写退回原因。"), remedy=_("写明缺什么、需要哪个处室补充。"), field="reason")
    commitment.state = Commitment.State.OPEN
    commitment.save(update_fields=["state"])
    return commitment


def _require_awaiting(commitment: Commitment) -> None:
    if commitment.state != Commitment.State.AWAITING:
        raise Problem(
            _("这项任务没有待确认的办结申请（当前状态：%(state)s）。")
            % {"state": commitment.get_state_display()},
            remedy=_("请刷新页面查看最新状态。"),
        )


def _deliver(task: Commitment, ids: list[int], day: dt.date) -> None:
    for part in task.parts.select_for_update().filter(pk__in=ids, state=Commitment.State.OPEN):
        part.state, part.closed_on, part.version = Commitment.State.DONE, day, part.version + 1
        part.save(update_fields=["state", "closed_on", "version"])
    note(delivered=ids)


def _words(parts: Iterable[Responsibility]) -> list[str]:
    return [f"{part.unit}:{part.role}" for part in parts]


def _set_parts(commitment: Commitment, parts: Sequence[Part], day: dt.date) -> None:
    """Make the open responsibilities equal to ``parts``; an office that leaves is ended, never deleted."""
    current = {part.unit_id: part for part in commitment.responsibilities.filter(until__isnull=True)}
    for order, part in enumerate(parts):
        kept = current.pop(part.unit.pk, None)
        if kept is None:
            Responsibility.objects.create(
                commitment=commitment, unit=part.unit, role=part.role, since=day, order=order
            )
        elif (kept.role, kept.order) != (part.role, order):
            kept.change_place(part.role, order, day)
            kept.version += 1
            kept.save(update_fields=["role", "roles", "order", "version"])
    for gone in current.values():
        gone.until, gone.version = day, gone.version + 1
        gone.save(update_fields=["until", "version"])

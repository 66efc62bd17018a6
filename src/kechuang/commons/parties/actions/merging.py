# SPDX-License-Identifier: Apache-2.0
"""Two entries are one organisation: merged by a pointer that everything follows, and taken apart again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Organization, OrganizationMerge, OrganizationPair
from kechuang.commons.parties.permissions import can_merge_organizations
from kechuang.commons.parties.statements import described
from kechuang.engines.linkage.codes import USCC, differ


@action("parties.organization.merged", permission=can_merge_organizations)
def merge_organizations(
    absorbed: Organization, actor: Actor, *, survivor: Organization, reason: str
) -> OrganizationMerge:
    """Say that an entry is another organisation's second one (合并).

    The survivor's key is the organisation's; nothing that points to the other entry is rewritten. Raises Problem
    where both have valid codes that differ, where only the absorbed one has its code, and where one is a branch of
    the other.
    """
    survivor = Organization.objects.select_for_update().get(pk=survivor.pk)
    _require_mergeable(absorbed, survivor)
    if not reason.strip():
        raise Problem(_("请填写合并依据。"), remedy=_("写明凭什么认定是同一机构。"), field="reason")
    merge = OrganizationMerge.objects.create(
        absorbed=absorbed, survivor=survivor, reason=reason.strip()[:200], by=actor.name, at=clock.now()
    )
    Organization.objects.filter(pk__in=_subtree(absorbed)).update(merged_into=survivor)
    note(absorbed=absorbed, names=[absorbed.name, survivor.name])
    return merge


@action("parties.merge.undone", permission=can_merge_organizations)
def undo_merge(merge: OrganizationMerge, actor: Actor, *, reason: str) -> OrganizationMerge:
    """Take a merge back (撤销合并): both entries stand by themselves again, each with what points to it."""
    if merge.undone_at is not None:
        raise Problem(_("这次合并已经撤销。"), remedy=_("请刷新页面。"))
    if not reason.strip():
        raise Problem(_("请填写撤销原因。"), remedy=_("写明凭什么认定不是同一机构。"), field="reason")
    merge.undone_at, merge.undone_by, merge.undone_reason = clock.now(), actor.name, reason.strip()[:200]
    merge.save(update_fields=["undone_at", "undone_by", "undone_reason"])
    absorbed = Organization.objects.select_for_update().get(pk=merge.absorbed_id)
    Organization.objects.filter(pk__in=_subtree(absorbed) - {absorbed.pk}).update(merged_into=absorbed)
    Organization.objects.filter(pk=absorbed.pk).update(merged_into=None)
    first, second = sorted((merge.absorbed_id, merge.survivor_id))
    OrganizationPair.objects.update_or_create(
        one_id=first,
        other_id=second,
        defaults={
            "state": OrganizationPair.State.APART,
            "decided_by": actor.name,
            "why": merge.undone_reason,
        },
        create_defaults={
            "state": OrganizationPair.State.APART,
            "decided_by": actor.name,
            "why": merge.undone_reason,
            "likeness": 0,
        },
    )
    note(absorbed=merge.absorbed, survivor=merge.survivor)
    return merge


def _require_mergeable(absorbed: Organization, survivor: Organization) -> None:
    names = {"one": absorbed.name, "other": survivor.name}
    if absorbed == survivor:
        raise Problem(_("不能并入自己。"), remedy=_("请另选保留的机构。"), field="survivor")
    for one in (absorbed, survivor):
        if one.merged_into_id is not None:
            raise Problem(
                _("“%(name)s”已并入另一机构。") % {"name": one.name},
                remedy=_("请刷新页面。"),
                field="survivor",
            )
    codes, kept = described(absorbed).codes, described(survivor).codes
    if differ(codes, kept):
        raise Problem(
            _("“%(one)s”与“%(other)s”的有效代码不同，不能合并。") % names,
            remedy=_("不同的有效代码属于不同的机构；如代码登记有误，请先更正代码。"),
            field="survivor",
        )
    if USCC in codes and USCC not in kept:
        raise Problem(
            _("“%(one)s”有统一社会信用代码而“%(other)s”没有。") % names,
            remedy=_("请以有代码的一方为保留方。"),
            field="survivor",
        )
    if absorbed.head_id == survivor.pk or survivor.head_id == absorbed.pk:
        raise Problem(
            _("“%(one)s”与“%(other)s”是总部与分支，不能合并。") % names,
            remedy=_("分支机构与总部分别登记，相互关联。"),
            field="survivor",
        )


def _subtree(entry: Organization) -> set[int]:
    """The entries whose standing merges lead to this one, itself among them."""
    found, fresh = set[int](), {entry.pk}
    while fresh:
        found |= fresh
        below = OrganizationMerge.objects.filter(survivor__in=fresh, undone_at=None)
        fresh = set(below.values_list("absorbed_id", flat=True)) - found
    return found

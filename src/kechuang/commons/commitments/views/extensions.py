# SPDX-License-Identifier: Apache-2.0
"""More time: asked for of a commitment or a milestone, and decided."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.commitments.actions import ask_extension, decide_extension
from kechuang.commons.commitments.forms.year import ExtensionDecisionForm, ExtensionForm
from kechuang.commons.commitments.models import Commitment, Extension, Milestone
from kechuang.commons.commitments.permissions import can_ask_extension, can_decide_extension
from kechuang.commons.commitments.views.acting import act_page, require


@guarded("commitments.ask_extension")
def commitment_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """The lead asks for a later date of the whole (任务延期)."""
    return _ask(request, get_object_or_404(Commitment.objects.select_related("parent"), pk=pk))


@guarded("commitments.ask_extension")
def milestone_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """An office asks for a later date of its step (节点延期)."""
    return _ask(request, get_object_or_404(Milestone.objects.select_related("commitment", "unit"), pk=pk))


def _ask(request: HttpRequest, thing: Commitment | Milestone) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    require(can_ask_extension(thing, actor))
    about = thing.commitment if isinstance(thing, Milestone) else thing
    form = ExtensionForm(request.POST or None, version=thing.version)
    return act_page(
        request,
        form,
        lambda data: ask_extension(
            thing, actor, new_due=data["new_due"], reason=data["reason"], **form.action_arguments()
        ),
        title=_("申请延期"),
        about=about,
        facts=[(_("事项"), thing.title), (_("现在的时限"), thing.due or _("未设时限"))],
        done=_("已申请延期，待审批。"),
    )


@guarded("commitments.decide_extension")
def extension_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Another person decides (审批延期)."""
    rows = Extension.objects.select_related("commitment", "milestone__unit")
    extension = get_object_or_404(rows, pk=pk)
    actor, step = request.actor, extension.milestone  # type: ignore[attr-defined]
    require(can_decide_extension(extension, actor))
    form = ExtensionDecisionForm(request.POST or None, version=extension.version)
    late = _("（时限已过才申请，同意后仍保留逾期记录）") if extension.is_late else ""
    facts = [
        (_("事项"), extension.commitment.title),
        *([(_("节点"), f"{step.title}（{step.unit}）")] if step else []),
        (_("原时限"), extension.old_due),
        (_("申请延至"), extension.new_due),
        (_("申请人"), f"{extension.asked_by} {extension.asked_on.isoformat()}{late}"),
        (_("原因"), extension.reason),
    ]
    return act_page(
        request,
        form,
        lambda data: decide_extension(
            extension, actor, approved=data["approved"], words=data["words"], **form.action_arguments()
        ),
        title=_("审批延期"),
        about=extension.commitment,
        facts=facts,
        done=_("已审批延期申请。"),
    )

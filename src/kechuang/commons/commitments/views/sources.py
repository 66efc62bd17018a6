# SPDX-License-Identifier: Apache-2.0
"""Several sources, one commitment: another one is named, or what was opened joins what is there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.commitments.actions import join_commitment, name_source
from kechuang.commons.commitments.forms.year import JoinForm, SourceForm
from kechuang.commons.commitments.models import Commitment
from kechuang.commons.commitments.permissions import can_join_commitment, can_name_source
from kechuang.commons.commitments.views.acting import act_page, require


@guarded("commitments.merge_parts")
def source_name(request: HttpRequest, pk: int) -> HttpResponse:
    """The lead notes what else asks for the same (补记来源)."""
    task, actor = get_object_or_404(Commitment, pk=pk), request.actor  # type: ignore[attr-defined]
    require(can_name_source(task, actor))
    form = SourceForm(request.POST or None, version=task.version)
    return act_page(
        request,
        form,
        lambda data: name_source(task, actor, source=data["source"], **form.action_arguments()),
        title=_("补记来源"),
        about=task,
        done=_("已补记来源；处室仍只报一次。"),
    )


@guarded("commitments.keep_commitment")
def commitment_join(request: HttpRequest, pk: int) -> HttpResponse:
    """A leader finds that it is one of the tasks already (并入已有任务)."""
    task, actor = get_object_or_404(Commitment, pk=pk), request.actor  # type: ignore[attr-defined]
    require(can_join_commitment(task, actor))
    form = JoinForm(request.POST or None, version=task.version, task=task)
    return act_page(
        request,
        form,
        lambda data: join_commitment(task, actor, into=data["into"], **form.action_arguments()),
        title=_("并入已有任务"),
        about=task,
        done=_("已并入；今后只在已有任务下报送。"),
    )

# SPDX-License-Identifier: Apache-2.0
"""Lights set by hand, and lifted."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.commitments.actions import lift_light, set_light
from kechuang.commons.commitments.forms.year import LightForm, ReasonForm
from kechuang.commons.commitments.models import Commitment, LightOverride
from kechuang.commons.commitments.permissions import can_set_light
from kechuang.commons.commitments.queries import standing, with_parts
from kechuang.commons.commitments.views.acting import act_page, require
from kechuang.commons.commitments.wording import reason_words
from kechuang.commons.kernel import clock

ONE_DAY = dt.timedelta(days=1)


@guarded("commitments.set_light")
def light_set(request: HttpRequest, pk: int) -> HttpResponse:
    """A leader sets a light for a time (人工定灯)."""
    task = get_object_or_404(with_parts(Commitment.objects.all()), pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    require(can_set_light(task, actor))
    form = LightForm(request.POST or None, version=task.version)
    light = standing(task, clock.today()).light
    return act_page(
        request,
        form,
        lambda data: set_light(
            task,
            actor,
            **{name: data[name] for name in ("colour", "reason", "last_day")},
            **form.action_arguments(),
        ),
        title=_("人工定灯"),
        about=task,
        facts=[(_("按规则"), reason_words(light))],
        done=_("已定灯。"),
    )


@guarded("commitments.set_light")
def light_lift(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule speaks again (撤销定灯)."""
    override = get_object_or_404(LightOverride.objects.select_related("commitment"), pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    require(can_set_light(override, actor))
    form = ReasonForm(request.POST or None, version=override.version)
    return act_page(
        request,
        form,
        lambda data: lift_light(override, actor, reason=data["reason"], **form.action_arguments()),
        title=_("撤销定灯"),
        about=override.commitment,
        facts=[
            (_("灯"), override.get_colour_display()),
            (_("理由"), override.reason),
            (_("定灯人"), f"{override.by} {override.since.isoformat()}"),
            (_("有效至"), override.until - ONE_DAY),
        ],
        done=_("已撤销定灯。"),
    )

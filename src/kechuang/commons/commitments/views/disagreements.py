# SPDX-License-Identifier: Apache-2.0
"""Disagreements: raised before a person, decided by that person, or settled between the offices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded, offer
from kechuang.commons.access.models import User
from kechuang.commons.access.queries.grants import people_who
from kechuang.commons.commitments.actions import (
    decide_disagreement,
    raise_disagreement,
    withdraw_disagreement,
)
from kechuang.commons.commitments.forms.year import DecisionForm, DisagreementForm
from kechuang.commons.commitments.models import Disagreement, Responsibility
from kechuang.commons.commitments.permissions import can_raise_disagreement, open_parts
from kechuang.commons.commitments.views.acting import act_page, require


@guarded("commitments.raise_disagreement")
def disagreement_raise(request: HttpRequest, pk: int) -> HttpResponse:
    """An office brings a disagreement before a decider (提请裁定)."""
    part = get_object_or_404(Responsibility.objects.select_related("commitment", "unit"), pk=pk)
    actor, task = request.actor, part.commitment  # type: ignore[attr-defined]
    require(can_raise_disagreement(part, actor))
    lead = Responsibility.Role.LEAD
    parts = [one for one in open_parts(task) if one.unit_id != part.unit_id]
    led = part.role == lead or not any(one.role == lead for one in parts)
    form = DisagreementForm(
        request.POST or None,
        version=part.version,
        others=[one.unit for one in parts if led or one.role == lead],
        deciders=_deciders(actor.persons),
    )
    return act_page(
        request,
        form,
        lambda data: raise_disagreement(
            part,
            actor,
            **{name: data[name] for name in ("other", "text", "decider", "due")},
            **form.action_arguments(),
        ),
        title=_("提请裁定"),
        about=task,
        facts=[(_("提出处室"), f"{part.unit}（{part.get_role_display()}）")],
        done=_("已提请裁定。"),
    )


@guarded("commitments.decide_disagreement")
def disagreement_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The decider decides (裁定分歧)."""
    return _end(request, pk, decide_disagreement, "decision", _("裁定分歧"), _("已裁定。"))


@guarded("commitments.raise_disagreement")
def disagreement_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The offices settled it (撤回分歧)."""
    return _end(request, pk, withdraw_disagreement, "outcome", _("撤回分歧"), _("已撤回。"))


def _end(
    request: HttpRequest, pk: int, act: Callable[..., Disagreement], words: str, title: str, done: str
) -> HttpResponse:
    """A disagreement ends by an act that takes what was decided as ``words``."""
    disagreement, actor = _disagreement(pk), request.actor  # type: ignore[attr-defined]
    offer(request, act, disagreement)
    form = DecisionForm(request.POST or None, version=disagreement.version)
    return act_page(
        request,
        form,
        lambda data: act(disagreement, actor, **{words: data["decision"]}, **form.action_arguments()),
        title=title,
        about=disagreement.commitment,
        facts=_facts(disagreement),
        done=done,
    )


def _disagreement(pk: int) -> Disagreement:
    rows = Disagreement.objects.select_related("commitment", "unit", "other", "decider")
    return get_object_or_404(rows, pk=pk)


def _facts(disagreement: Disagreement) -> list[tuple[str, Any]]:
    return [
        (_("提出处室"), f"{disagreement.unit} {disagreement.raised_by} {disagreement.raised_on.isoformat()}"),
        (_("对方处室"), disagreement.other),
        (_("分歧事项"), disagreement.text),
        (_("裁定人"), disagreement.decider),
        (_("裁定时限"), disagreement.due),
    ]


def _deciders(asking: frozenset[str]) -> list[User]:
    """Who may decide and does not ask."""
    people = people_who(permission="commitments.decide_disagreement")
    return [user for user in people if str(user.pk) not in asking]

# SPDX-License-Identifier: Apache-2.0
"""Seeing a personal value whole, and who did."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from kechuang.commons.access.actions import unmask_field
from kechuang.commons.access.fieldclasses import field_class
from kechuang.commons.access.forms.personal import PurposeForm
from kechuang.commons.access.guards import guarded, signed_in
from kechuang.commons.access.permissions import can_unmask
from kechuang.commons.access.personal import shown
from kechuang.commons.access.tables.looks import LookList
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.ui.lists import list_response


@signed_in
@never_cache
def unmask(request: HttpRequest, ref: str, field: str) -> HttpResponse:
    """See one sensitive value whole (查看原文): say why, see it once."""
    thing = _fetched(ref)
    if field_class(thing, field).level != "sensitive":
        raise Http404
    actor = request.actor  # type: ignore[attr-defined]
    verdict = can_unmask(thing, actor)
    if not verdict:
        raise Refused(verdict)
    form, whole = PurposeForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            whole = unmask_field(thing, actor, field=field, purpose=form.words())
        except Problem as problem:
            form.blame(problem)
    pointer = Ref.of(thing)
    context = {
        "form": form,
        "thing": resolve_many([pointer], actor)[pointer],
        "label": field_class(thing, field).label,
        "masked": shown(thing, field),
        "whole": whole,
    }
    return render(request, "access/unmask.html", context, status=422 if form.errors else 200)


def _fetched(text: str) -> Model:
    try:
        return Ref.parse(text).fetch()
    except (ValueError, LookupError, OverflowError, ObjectDoesNotExist):
        raise Http404 from None


@guarded("access.view_look")
def look_list(request: HttpRequest) -> HttpResponseBase:
    """Who saw or took out personal data, for the audit administrator."""
    return list_response(request, LookList())

# SPDX-License-Identifier: Apache-2.0
"""A side says what it thinks of a record."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.registers.actions.consents import give_consent
from kechuang.commons.registers.consenting import may_speak
from kechuang.commons.registers.forms import ConsentForm
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import register_of


@guarded("registers.view_record")
def consent_give(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """Agree to the record as it stands, or not (各方同意)."""
    record = get_object_or_404(Record.objects.select_related("unit", "region"), pk=pk)
    piece, actor = register_of(record.register), request.actor  # type: ignore[attr-defined]
    consent = piece.consent(side)
    if consent is None:
        raise Http404
    verdict = may_speak(consent, record, actor)
    if not verdict:
        raise Refused(verdict)
    form = ConsentForm(request.POST or None, version=record.version)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = {"agreed": data["agreed"] == "yes", "text": data["text"]}
        try:
            give_consent(record, actor, side=side, **given, **form.action_arguments())
        except Refused:
            raise
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已记下“%(side)s”的意见。") % {"side": consent.label})
            return redirect("registers:record-detail", record.pk)
    context = {"form": form, "register": piece, "record": record, "consent": consent}
    context["over"] = [field.label for field in piece.fields if field.code in consent.over]
    return render(request, "registers/consent.html", context, status=422 if form.errors else 200)

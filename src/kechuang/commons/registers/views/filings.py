# SPDX-License-Identifier: Apache-2.0
"""Handing in a record without an account (公众提交): the form, the way back by a link, the answer, the rating."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kechuang.commons.access.guards import public
from kechuang.commons.access.secret_links import SecretLink
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.registers.actions.filings import file_record, rate_filing
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.dues import due_lines
from kechuang.commons.registers.forms import FilingForm
from kechuang.commons.registers.intake import (
    address_of,
    answered,
    fields_asked,
    filing_by,
    filing_purpose,
    filings,
    intake_of,
)
from kechuang.commons.registers.models import Filing, Record
from kechuang.commons.registers.queries import register_of
from kechuang.commons.registers.values import words_of

LINK = SecretLink(
    key="kc_filing",
    by_token=filing_by,
    rows=filings,
    page="registers:filing-status",
    gone_template="registers/filing_gone.html",
)


def _anybody() -> Actor:
    return Actor.system(_("公众提交"))


@public
@never_cache
def filing_make(request: HttpRequest, register: str) -> HttpResponse:
    """Hand in a record."""
    piece = register_of(register)
    intake_of(piece)
    form, purpose, status = FilingForm(request.POST or None, register=piece), filing_purpose(), 422
    if request.method == "POST" and form.is_valid():
        try:
            filing = file_record(
                None,
                _anybody(),
                register=piece.code,
                values=form.given(),
                sender=request.META.get("REMOTE_ADDR", ""),
                purpose=purpose if form.personal and form.agreed else None,
                idempotency_key=form.action_arguments()["idempotency_key"],
            )
        except Problem as problem:
            form.blame(problem)
            status = problem.status
        else:
            if filing.token:
                return LINK.show_once(request, filing, address_of(filing.token))
            return redirect(LINK.page)  # a form sent twice: the link of the first time is the one to show
    context = {"form": form, "register": piece, "purpose": purpose if form.personal else None}
    return render(request, "registers/filing_form.html", context, status=status if form.errors else 200)


@public
@never_cache
def filing_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opened from a bookmark: the secret leaves the address before anything is shown."""
    return LINK.open(request, token)


@public
@never_cache
def filing_status(request: HttpRequest) -> HttpResponse:
    """How what was handed in stands, what was answered, how content one is with it."""
    filing = LINK.opened(request)
    if filing is None:
        return LINK.gone(request)
    record = filing.record
    piece = register_of(record.register)
    done = answered(piece, record)
    rated = piece.field(intake_of(piece).rating or "")
    context = {
        "filing": filing,
        "register": piece,
        "record": record,
        "state": piece.state(record.state),
        "dues": [line for line in due_lines(piece, [record], record.opened_on) if not done],
        "own": _shown(piece, record, {field.code for field in fields_asked(piece)}),
        "answer": _shown(piece, record, _answer(piece)) if done else [],
        "rating": rated if rated and done and not record.data.get(rated.code) else None,
        "rated": rated.option(record.data[rated.code]) if rated and record.data.get(rated.code) else "",
        "link": LINK.to_show(request),
    }
    return render(request, "registers/filing_status.html", context)


def _answer(piece: RegisterPiece) -> set[str]:
    """The public fields that the office fills."""
    shown = set(piece.public.fields) if piece.public else set()
    return shown - {field.code for field in fields_asked(piece)}


def _shown(piece: RegisterPiece, record: Record, codes: set[str]) -> list[tuple[str, Any]]:
    """Fields that say something, in words; what tells who somebody is stays with the office."""
    fields = (field for field in piece.fields if field.code in codes and field.access != "sensitive")
    told = ((field.label, words_of(field, record.data.get(field.code))) for field in fields)
    return [(label, words) for label, words in told if words]


@public
@require_POST
def filing_rate(request: HttpRequest) -> HttpResponse:
    """Say how content one is with the answer."""
    filing: Filing | None = LINK.opened(request)
    if filing is None:
        return LINK.gone(request)
    try:
        rate_filing(filing, _anybody(), rating=request.POST.get("rating", ""))
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("感谢您的评价。"))
    return redirect("registers:filing-status")

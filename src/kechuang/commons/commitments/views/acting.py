# SPDX-License-Identifier: Apache-2.0
"""A page with one form that calls an action and leads back to the commitment (办理页)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kechuang.commons.commitments.models import Commitment
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref, Resolved, visible_to
from kechuang.commons.kernel.verdicts import Verdict
from kechuang.commons.ui.forms import IdempotentForm

Facts = Iterable[tuple[str, Any]]


def require(verdict: Verdict) -> None:
    """Nobody is shown a form whose action would refuse him."""
    if not verdict:
        raise Refused(verdict)


def page_of(commitment: Commitment, viewer: Actor) -> Resolved:
    """The page of a commitment, for who may open it; to everyone else it does not exist."""
    ref = Ref.of(commitment)
    seen = visible_to(viewer, [ref])
    if ref not in seen:
        raise Http404
    return seen[ref]


def act_page(
    request: HttpRequest,
    form: IdempotentForm,
    perform: Callable[[dict[str, Any]], object],
    *,
    title: str,
    about: Commitment,
    done: str,
    facts: Facts = (),
    back: str = "",
) -> HttpResponse:
    """Show the form under what is known; when it was sent, call the action and go back to where it hangs."""
    page = page_of(about, request.actor)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            perform(form.cleaned_data)
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, done)
            return redirect(back or page.url)
    shown = [(label, value.isoformat() if isinstance(value, dt.date) else value) for label, value in facts]
    context = {"form": form, "title": title, "about": about, "page": page, "facts": shown}
    context["back"] = back or page.url
    return render(request, "commitments/act.html", context, status=422 if form.errors else 200)

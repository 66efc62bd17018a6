# SPDX-License-Identifier: Apache-2.0
"""A form on a page of its own that calls one action (办理页)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kechuang.commons.access.guards import offer
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.ui.forms import IdempotentForm


@dataclass(frozen=True, slots=True)
class Act:
    """What a form's page says, what sending it does, and where that leads."""

    title: str
    about: str
    back: str
    button: str
    done: str
    action: Callable[..., Any]
    thing: object
    """What the action acts on; whom it would refuse is refused when the page opens."""
    given: Callable[[dict[str, Any]], dict[str, Any]]
    """The further arguments of the action, from the cleaned data; see ``named``."""
    after: Callable[[], object] | None = None
    to: Callable[[Any], str] | None = None
    note: str = ""
    back_label: str = ""
    of_organization: bool = True
    """Whether the list of organisations stands above it."""
    for_all: bool = False
    """Whether who may only look sees the page too; its template then says why."""
    template: str = "parties/act.html"
    context: dict[str, Any] = field(default_factory=dict)


def named(*names: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Arguments that the form's fields are named after."""
    return lambda data: {name: data[name] for name in names}


def answer(request: HttpRequest, form: IdempotentForm, act: Act) -> HttpResponse:
    """Show the form; when it is sent and holds, act and go on, else show what is wrong."""
    actor = request.actor  # type: ignore[attr-defined]
    if not act.for_all:
        offer(request, act.action, act.thing)
    if request.method == "POST" and form.is_valid():
        try:
            given = act.given(form.cleaned_data)
            made = act.action(act.thing, actor, **given, **form.action_arguments())
            if act.after:
                act.after()
        except Refused:
            raise
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, act.done)
            return redirect(act.to(made) if act.to else act.back)
    context = {"form": form, "act": act, **act.context}
    return render(request, act.template, context, status=422 if form.errors else 200)

# SPDX-License-Identifier: Apache-2.0
"""A form on a page of its own that calls one action (办理页)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.ui.forms import IdempotentForm


@dataclass(frozen=True, slots=True)
class Act:
    """What a form's page says, what sending it does, and where that leads."""

    title: str
    about: str
    back: str
    button: str
    done: str
    run: Callable[[dict[str, Any], dict[str, Any]], object]
    """``(cleaned data, arguments every action takes)``."""
    to: Callable[[Any], str] | None = None
    note: str = ""
    back_label: str = ""
    of_organization: bool = True
    """Whether the list of organisations stands above it."""
    template: str = "parties/act.html"
    context: dict[str, Any] = field(default_factory=dict)


def answer(request: HttpRequest, form: IdempotentForm, act: Act) -> HttpResponse:
    """Show the form; when it is sent and holds, act and go on, else show what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            made = act.run(form.cleaned_data, {**form.action_arguments()})
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, act.done)
            return redirect(act.to(made) if act.to else act.back)
    context = {"form": form, "act": act, **act.context}
    return render(request, act.template, context, status=422 if form.errors else 200)

# SPDX-License-Identifier: Apache-2.0
"""The journal page (日志): who did what, for auditors."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.refs import resolve_many
from kechuang.commons.kernel.verbs import verb_words


@guarded("kernel.view_journal")
def journal(request: HttpRequest) -> HttpResponse:
    """The newest entries first, by verb, person or outcome."""
    entries = Entry.objects.select_related("seal")
    wanted = request.GET.get("q", "").strip()
    if wanted:
        entries = entries.filter(actor_name__icontains=wanted) | entries.filter(verb__icontains=wanted)
    if request.GET.get("outcome") in Entry.Outcome.values:
        entries = entries.filter(outcome=request.GET["outcome"])
    page = Paginator(entries, 50).get_page(request.GET.get("page"))
    things = resolve_many([entry.ref for entry in page if entry.ref], request.actor)  # type: ignore[attr-defined]
    rows = [(entry, verb_words(entry.verb), things.get(entry.ref) if entry.ref else None) for entry in page]
    return render(request, "site/journal.html", {"page": page, "rows": rows, "q": wanted})

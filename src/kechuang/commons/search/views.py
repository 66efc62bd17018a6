# SPDX-License-Identifier: Apache-2.0
"""The results as a page, and under the search box while typing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from kechuang.commons.access.guards import signed_in
from kechuang.commons.search.queries import find, open_to

BOX = "kc-found"
IN_BOX, ON_PAGE, OF_ONE_KIND = 3, 10, 100


@signed_in
def results(request: HttpRequest) -> HttpResponse:
    """What was found, by kind, with the reason of each hit (全局搜索)."""
    question, kind = request.GET.get("q", "")[:100].strip(), request.GET.get("kind", "")
    actor = request.actor  # type: ignore[attr-defined]
    typing = request.headers.get("HX-Target") == BOX
    context = {
        "q": question,
        "kind": kind,
        "kinds": open_to(actor),
        "found": find(
            question, actor, kind=kind, each=IN_BOX if typing else OF_ONE_KIND if kind else ON_PAGE
        ),
    }
    response = render(request, "search/box.html" if typing else "search/results.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response

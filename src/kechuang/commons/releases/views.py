# SPDX-License-Identifier: Apache-2.0
"""Releases: the list, and one with what it says and what it changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from kechuang.commons.access.guards import guarded
from kechuang.commons.packs.pieces import kind_words
from kechuang.commons.releases.canonical import as_text
from kechuang.commons.releases.models import Release
from kechuang.commons.releases.queries import changes, history
from kechuang.commons.releases.tables import ReleaseList
from kechuang.commons.ui.lists import list_response


@guarded("releases.view_release")
def release_list(request: HttpRequest) -> HttpResponseBase:
    """Every release (内容版本)."""
    return list_response(request, ReleaseList())


@guarded("releases.view_release")
def release_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One release, with the difference to the version before."""
    release = get_object_or_404(Release, pk=pk)
    versions = history(release)
    place = versions.index(release)
    before = versions[place - 1] if place else None
    context = {
        "release": release,
        "kind": kind_words(release.kind),
        "versions": versions,
        "newest": versions[-1],
        "before": before,
        "changes": changes(before, release) if before else [],
        "text": as_text(release.content),
    }
    return render(request, "releases/release_detail.html", context)

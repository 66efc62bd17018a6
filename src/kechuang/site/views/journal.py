# SPDX-License-Identifier: Apache-2.0
"""The journal page (日志): who did what, for auditors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from kechuang.commons.access.guards import guarded
from kechuang.commons.ui.lists import list_response
from kechuang.site.tables import JournalList


@guarded("kernel.view_journal")
def journal(request: HttpRequest) -> HttpResponseBase:
    """The newest entries first, by verb, person, outcome or day."""
    return list_response(request, JournalList())

# SPDX-License-Identifier: Apache-2.0
"""Regions (区域)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from kechuang.commons.access.guards import guarded
from kechuang.commons.parties.models import QualificationKind
from kechuang.commons.parties.tables.places import RegionList
from kechuang.commons.ui.lists import list_response


@guarded("parties.view_organization")
def region_list(request: HttpRequest) -> HttpResponseBase:
    """Regions, with how many organisations there hold what (区域)."""
    return list_response(request, RegionList(QualificationKind.objects.order_by("code")))

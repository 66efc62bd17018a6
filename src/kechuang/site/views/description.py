# SPDX-License-Identifier: Apache-2.0
"""The description of the API (OpenAPI)."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from kechuang.commons.access.guards import signed_in
from kechuang.site.api import description


@signed_in
def openapi(request: HttpRequest) -> HttpResponse:
    """What may be asked and answered, generated from the routers."""
    del request
    return HttpResponse(
        json.dumps(description(), ensure_ascii=False, indent=1), content_type="application/json"
    )

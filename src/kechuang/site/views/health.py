# SPDX-License-Identifier: Apache-2.0
"""The health page (健康检查) for a proxy or a monitor."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from kechuang.commons.access.guards import public
from kechuang.commons.kernel.models import Entry, OutboxMessage, Seal


@public
def health(request: HttpRequest) -> HttpResponse:
    """200 and counts when the database answers; says nothing a stranger may not know."""
    del request
    last_entry = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    last_seal = Seal.objects.order_by("-seq").values_list("entry_id", flat=True).first() or 0
    waiting = OutboxMessage.objects.filter(delivered_at__isnull=True).count()
    state = {
        "status": "ok",
        "database": connection.vendor,
        "unsealed": last_entry - last_seal,
        "outbox": waiting,
    }
    return JsonResponse(state)

# SPDX-License-Identifier: Apache-2.0
"""Handing out files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from kechuang.commons.access.guards import signed_in
from kechuang.commons.documents.models import Document
from kechuang.commons.documents.permissions import can_read_document
from kechuang.commons.documents.storage import content
from kechuang.commons.kernel.problems import Refused


@signed_in
def document_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, always as a download under its own name: nothing somebody handed in is shown as a page of ours."""
    document = get_object_or_404(Document.objects.select_related("discard"), pk=pk)
    verdict = can_read_document(document, request.actor)  # type: ignore[attr-defined]
    if not verdict:
        raise Refused(verdict)
    response = HttpResponse(content(document.sha256), content_type=document.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=document.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

# SPDX-License-Identifier: Apache-2.0
"""Pages for requests that could not be answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def session_ended(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's session is over: what was typed stays in the browser, signing in again brings it back."""
    del reason
    return render(request, "403_csrf.html", status=403)

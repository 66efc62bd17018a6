# SPDX-License-Identifier: Apache-2.0
"""Who acts and on which day, once per request; and problems as pages."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.guards import came_from
from kechuang.commons.access.refusals import refusal_of
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.memo import remembering
from kechuang.commons.kernel.problems import Problem, Refused

Next = Callable[[HttpRequest], HttpResponse]


class FromProxy:
    """Behind a proxy of the site's own the visitor is whom the proxy names: locks, limits and sessions go by it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The last address of X-Forwarded-For that is no proxy of ours; what a stranger writes there is not read."""
        meta = request.META
        named = meta.get("HTTP_X_FORWARDED_FOR", "").split(",")
        while named and meta.get("REMOTE_ADDR", "") in settings.PROXIES:
            before = named.pop().strip()
            if not _is_address(before):
                break
            meta["REMOTE_ADDR"] = before
        return self.get_response(request)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


class ActorAndClock:
    """Gives the request its actor and pins the business date, so that a page is about one day."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer on the business date."""
        if request.path.startswith("/static/"):
            return self.get_response(request)
        chosen = clock.set_day()
        request.clock_day = chosen  # type: ignore[attr-defined]
        with clock.pinned(chosen or timezone.localdate()), remembering():
            request.actor = actor_of(request.user)  # type: ignore[attr-defined]
            return self.get_response(request)


class Problems:
    """A Problem that a view did not show beside its form becomes a page of its own."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; Django calls ``process_exception`` where the view raised. No page has NUL in its address."""
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Render what went wrong, why, and the remedy."""
        if not isinstance(exception, Problem):
            return None
        before = came_from(request)
        context = {"problem": exception, "back": before if before != request.get_full_path() else ""}
        if not isinstance(exception, Refused) or not request.user.is_authenticated:
            return render(request, "site/problem.html", context, status=exception.status)
        context["refusal"] = refusal_of(request, exception)
        return render(request, "access/refused.html", context, status=exception.status)

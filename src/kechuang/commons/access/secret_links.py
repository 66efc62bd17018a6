# SPDX-License-Identifier: Apache-2.0
"""A record opened by a secret address alone (专用链接), by whoever holds it: no account, no sign-in.

The secret leaves the address before anything is shown: the link puts the record into the session and goes on to a page
whose address says nothing. Where no mail goes, the address itself is shown once, on that page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

T = TypeVar("T", bound=Model)


def secret_address(url_name: str, token: str) -> str:
    """The full address of a secret: of the site as configured, never of what a request claims."""
    return f"{settings.PUBLIC_ADDRESS}{reverse(url_name, args=[token])}"


@dataclass(frozen=True, slots=True)
class SecretLink(Generic[T]):
    """Which records are opened, by a token and again by the session, on which page; which page says it is gone."""

    key: str
    by_token: Callable[[str], T | None]
    rows: Callable[[], QuerySet[T]]
    page: str
    gone_template: str
    gone_status: int = 404

    def open(self, request: HttpRequest, token: str) -> HttpResponse:
        """Opened from a mail, a sheet or a bookmark."""
        found = self.by_token(token)
        if found is None:
            return self.gone(request)
        request.session[self.key] = found.pk
        answer = redirect(self.page)
        answer["Referrer-Policy"] = "no-referrer"
        return answer

    def show_once(self, request: HttpRequest, thing: T, address: str) -> HttpResponse:
        """On to the page of a record just made, which shows its address this once."""
        request.session[self.key], request.session[self._shown] = thing.pk, address
        return redirect(self.page)

    def opened(self, request: HttpRequest) -> T | None:
        """The record this browser has opened, if it still opens."""
        return self.rows().filter(pk=request.session.get(self.key) or 0).first()

    def to_show(self, request: HttpRequest) -> str:
        """The address to show, once."""
        return str(request.session.pop(self._shown, ""))

    def gone(self, request: HttpRequest) -> HttpResponse:
        """Nothing is opened by this link, or by this browser any more."""
        self.forget(request)
        return render(request, self.gone_template, status=self.gone_status)

    def forget(self, request: HttpRequest) -> None:
        """Close what this browser has opened."""
        request.session.pop(self.key, None)

    @property
    def _shown(self) -> str:
        return f"{self.key}_address"

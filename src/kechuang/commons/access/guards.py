# SPDX-License-Identifier: Apache-2.0
"""Every address is guarded or declared public (把关); a test walks them all."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Refused
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Guard:
    """How an address is guarded: public, signed in, or a permission."""

    kind: str
    permission: str = ""

    def verdict(self, actor: Actor) -> Verdict:
        """Whether the actor may open the address at all."""
        if self.kind == "public":
            return ALLOWED
        if not actor.id:
            return refuse(_("请先登录。"))
        return ALLOWED if self.kind == "signed-in" else holds(actor, self.permission)


def _guard(view: View, guard: Guard) -> View:
    @functools.wraps(view)
    def guarded_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        verdict = guard.verdict(actor)
        if verdict:
            return view(request, *args, **kwargs)
        if not actor.id:
            return redirect_to_login(_way_back(request))
        raise Refused(verdict)

    guarded_view.guard = guard  # type: ignore[attr-defined]
    return guarded_view


def _way_back(request: HttpRequest) -> str:
    """The page to come back to: of a form that was sent, the page it stood on, where what was typed is offered."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return came_from(request) or "/"


def came_from(request: HttpRequest) -> str:
    """The page of this very site on which the person was before, if the browser says."""
    before = urlsplit(request.headers.get("referer", ""))
    own = before.netloc == request.get_host() and re.match(r"/(?![/\\])", before.path)
    return f"{before.path}{f'?{before.query}' if before.query else ''}" if own else ""


def guarded(permission: str) -> Callable[[View], View]:
    """Only for holders of the permission; the action asks again about the thing itself."""
    return lambda view: _guard(view, Guard("permission", permission))


def signed_in(view: View) -> View:
    """For every account."""
    return _guard(view, Guard("signed-in"))


def public(view: View) -> View:
    """For everyone."""
    return _guard(view, Guard("public"))


def offer(request: HttpRequest, act: Callable[..., Any], thing: object) -> None:
    """Raise Refused where the action would refuse the viewer: nobody is shown a form that he may not send.

    What is sent all the same is refused, and journaled, by the action itself.
    """
    if request.method != "POST":
        verdict: Verdict = act.permission(thing, request.actor)  # type: ignore[attr-defined]
        if not verdict:
            raise Refused(verdict)

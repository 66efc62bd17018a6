# SPDX-License-Identifier: Apache-2.0
"""What holds for every request of an account (会话规则).

The account works; the session is neither idle nor older than a working day; whom the person acts for; and what
must be done before anything else: a new password, a second factor.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.access import signing
from kechuang.commons.access.actors import NOBODY, actor_of
from kechuang.commons.access.duties import duty_of
from kechuang.commons.access.models import User
from kechuang.commons.access.queries.grants import giver_acted_for
from kechuang.commons.access.sessions import ABOUT

SEEN, TOUCH_SECONDS = "kc_seen", 60


class AccountRules:
    """Stands behind the middleware that gives the request its actor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check the session and set the actor before any view runs."""
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            _check(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """What must be done first is done first."""
        del args, kwargs
        guard = getattr(view, "guard", None)
        if not request.user.is_authenticated or guard is None or guard.kind == "public":
            return None
        duty = duty_of(request)
        if duty is None or request.resolver_match.view_name == duty.page:  # type: ignore[union-attr]
            return None
        messages.warning(request, duty.words)
        return redirect(duty.page)


def _check(request: HttpRequest) -> None:
    session, now = request.session, time.time()
    about = session.get(ABOUT)
    if about is None:
        about = session[ABOUT] = signing.about(request)
    works = request.user.works_on(timezone.localdate())  # type: ignore[union-attr]
    if not works or now - about["since"] > settings.SESSION_LONGEST:
        logout(request)
        request.actor = NOBODY  # type: ignore[attr-defined]
        return
    if now - session.get(SEEN, 0) >= TOUCH_SECONDS:
        session[SEEN] = int(now)  # saving it moves the end of the session
    if signing.ACTING in session:
        _act_for_another(request)


def _act_for_another(request: HttpRequest) -> None:
    user = request.user
    assert isinstance(user, User)
    giver = giver_acted_for(user.pk, request.session[signing.ACTING], timezone.localdate())
    if giver is None:
        del request.session[signing.ACTING]
        messages.warning(request, _("委托已经结束，您现在以本人身份办理。"))
        return
    request.actor = actor_of(user, on_behalf_of=giver)  # type: ignore[attr-defined]
    request.acting_for = str(giver)  # type: ignore[attr-defined]
    request.banners = ["access/acting_banner.html"]  # type: ignore[attr-defined]

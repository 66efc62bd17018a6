# SPDX-License-Identifier: Apache-2.0
"""Signing in and out (登录、退出): the machinery beside the write path, which keeps its own lines in the journal."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.signals import user_login_failed
from django.db.models import Q, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import User
from kechuang.commons.access.sessions import ABOUT
from kechuang.commons.kernel.journal import record
from kechuang.commons.kernel.refs import Ref

BACKEND = "kechuang.commons.access.backends.AccountBackend"
PENDING, PENDING_SECONDS = "kc_pending", 300
SPREAD, MOST_FROM_PLACE = dt.timedelta(minutes=15), 50
LONG, MOST_OF_ACCOUNT = dt.timedelta(days=1), 100
ACTING, FACTOR, NEXT = "kc_acting_for", "kc_factor", "kc_next"


def begin(request: HttpRequest, user: User, *, by: str) -> bool:
    """The first proof held: sign in, or wait for the second factor. Whether the person is in."""
    if not hasattr(user, "factor"):
        enter(request, user, by=by)
        return True
    request.session.cycle_key()
    request.session[PENDING] = {"user": user.pk, "until": time.time() + PENDING_SECONDS, "by": by}
    return False


def pending(request: HttpRequest) -> tuple[User, str] | None:
    """Who waits to give the second factor, and by what the first was proved."""
    waiting: dict[str, Any] = request.session.get(PENDING) or {}
    if not waiting or waiting["until"] < time.time():
        return None
    user = User.objects.select_related("factor").filter(pk=waiting["user"], factor__isnull=False).first()
    return (user, waiting["by"]) if user is not None and user.works_on(timezone.localdate()) else None


def enter(request: HttpRequest, user: User, *, by: str, factor: bool = False) -> None:
    """Sign in under a new session key, and write it down."""
    request.session.pop(PENDING, None)
    login(request, user, backend=BACKEND)
    request.session[ABOUT] = about(request)
    request.session[FACTOR] = factor
    _record("access.session.opened", request, user, by=by, factor=factor)


def leave(request: HttpRequest) -> None:
    """Sign out; the session and what it kept are gone."""
    if request.user.is_authenticated:
        _record("access.session.closed", request, request.user)
    logout(request)


def failed(request: HttpRequest, user: User) -> bool:
    """Count a wrong second factor like a wrong password. Whether more tries are allowed."""
    credentials = {"username": user.username}
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)
    return may_try(request, user)


def may_try(request: HttpRequest, user: User) -> bool:
    """Whether the account is not locked from where the request comes, and no locks hold beside it."""
    here = AxesProxyHandler.is_allowed(request, {"username": user.username})
    return bool(here) and not too_many(request, user.username)


def too_many(request: HttpRequest, username: str) -> bool:
    """Whether many accounts were tried from one place lately, or one account from many places (1 query).

    The lock of an account counts its failures from one address; this holds up whoever spreads them.
    """
    now = timezone.now()
    place = Q(ip_address=request.META.get("REMOTE_ADDR", ""), attempt_time__gt=now - SPREAD)
    account = Q(username=username, attempt_time__gt=now - LONG)
    tried = AccessAttempt.objects.filter(place | account).aggregate(
        place=Sum("failures_since_start", filter=place), account=Sum("failures_since_start", filter=account)
    )
    return (tried["place"] or 0) >= MOST_FROM_PLACE or (tried["account"] or 0) >= MOST_OF_ACCOUNT


def safe_next(request: HttpRequest) -> str:
    """Where the person was going, if that is a page of this very site; else the start."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=here, require_https=request.is_secure()):
        return wanted
    return reverse(settings.LOGIN_REDIRECT_URL)


def about(request: HttpRequest) -> dict[str, Any]:
    """What is noted of a session when it begins."""
    meta = request.META
    return {
        "since": time.time(),
        "address": meta.get("REMOTE_ADDR", "")[:45],
        "agent": meta.get("HTTP_USER_AGENT", "")[:200],
    }


def _record(verb: str, request: HttpRequest, user: Any, **facts: Any) -> None:
    address = request.META.get("REMOTE_ADDR", "")
    record(verb, actor_of(user), Ref.of(user), {"address": address, **facts})

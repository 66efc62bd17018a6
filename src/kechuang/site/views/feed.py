# SPDX-License-Identifier: Apache-2.0
"""Subscribing to one's due days (日历订阅): an address nobody can guess, shown once, taken back at any time."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.grants import holds
from kechuang.commons.access.guards import guarded, public
from kechuang.commons.api.actions import make_token
from kechuang.commons.api.bearer import token_of
from kechuang.commons.api.models import ApiToken
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.ui.forms import ActionForm
from kechuang.engines.basis.ical import calendar_text
from kechuang.site.feed import due_days

READ, DAYS = "site.read_feed", 366


@guarded(READ)
@never_cache
def subscription(request: HttpRequest) -> HttpResponse:
    """What would be in it, a button that makes an address, the addresses in force."""
    actor = request.actor  # type: ignore[attr-defined]
    form, address = ActionForm(request.POST) if request.method == "POST" else ActionForm(), ""
    if request.method == "POST" and form.is_valid():
        secret = secrets.token_urlsafe(32)
        key = form.action_arguments()["idempotency_key"]
        try:
            token = make_token(
                None,
                actor,
                name=_("日历订阅"),
                permissions=[READ],
                days=DAYS,
                secret=secret,
                idempotency_key=key,
            )
        except Problem as problem:
            form.blame(problem)
        else:
            if token.prefix == secret[:8]:
                address = f"{settings.PUBLIC_ADDRESS}{reverse('feed', args=[secret])}"
        form = form if form.errors else ActionForm()
    day = timezone.localdate()
    own = ApiToken.objects.filter(user_id=int(actor.id), permissions=[READ], revoked_at=None, until__gt=day)
    context = {
        "form": form,
        "address": address,
        "rows": [(token, ActionForm(version=token.version)) for token in own],
        "entries": due_days(actor, clock.today()),
    }
    return render(request, "site/subscription.html", context, status=422 if form.errors else 200)


@public
@never_cache
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind an address; one that was taken back, ran out or never was is not found."""
    del request
    token = token_of(secret)
    if token is None or READ not in token.permissions:
        raise Http404
    actor = actor_of(token.user)
    if not holds(actor, READ):
        raise Http404
    text = calendar_text(
        _("科创到期事项 %(who)s") % {"who": token.user}, due_days(actor, clock.today()), stamp=clock.now()
    )
    headers = {"Content-Disposition": 'inline; filename="kechuang.ics"', "X-Robots-Tag": "noindex"}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)

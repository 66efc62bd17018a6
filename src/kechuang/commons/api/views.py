# SPDX-License-Identifier: Apache-2.0
"""The page of one's tokens."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kechuang.commons.access.grants import held_by
from kechuang.commons.access.guards import guarded
from kechuang.commons.api.actions import make_token, revoke_token
from kechuang.commons.api.forms import TokenForm
from kechuang.commons.api.models import ApiToken
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.ui.forms import ActionForm


@guarded("api.make_token")
@never_cache
def token_list(request: HttpRequest) -> HttpResponse:
    """Make a token; its secret is shown on this one answer and never again (接口令牌)."""
    actor = request.actor  # type: ignore[attr-defined]
    own = {permission for held in held_by(actor) for permission in held.permissions}
    form = TokenForm(request.POST or None, own=own)
    shown = ""
    if request.method == "POST" and form.is_valid():
        data, secret = form.cleaned_data, secrets.token_urlsafe(32)
        key = form.action_arguments()["idempotency_key"]
        try:
            token = make_token(
                None,
                actor,
                name=data["name"],
                permissions=data["permissions"],
                days=data["days"],
                secret=secret,
                idempotency_key=key,
            )
        except Problem as problem:
            form.blame(problem)
        else:
            shown = secret if token.prefix == secret[:8] else ""
            form = TokenForm(own=own)
    tokens = ApiToken.objects.filter(user_id=int(actor.id))
    rows = [(token, ActionForm(version=token.version)) for token in tokens]
    context = {"form": form, "rows": rows, "secret": shown, "now": timezone.localdate()}
    return render(request, "api/token_list.html", context, status=422 if form.errors else 200)


@guarded("api.make_token")
@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one back."""
    token = get_object_or_404(ApiToken, pk=pk)
    form = ActionForm(request.POST)
    form.is_valid()
    revoke_token(token, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    messages.success(request, _("已撤销。"))
    return redirect("api:token-list")

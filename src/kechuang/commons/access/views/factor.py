# SPDX-License-Identifier: Apache-2.0
"""The own second factor: enrolled, its recovery codes renewed, left."""

from __future__ import annotations

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from kechuang.commons.access import signing, tokens
from kechuang.commons.access.actions import enrol_factor, leave_factor, renew_recovery
from kechuang.commons.access.forms.own import FactorCodeForm
from kechuang.commons.access.guards import signed_in
from kechuang.commons.access.models import SecondFactor, User
from kechuang.commons.access.views.persons import account_of
from kechuang.commons.access.views.sign_in import locked_out
from kechuang.commons.kernel.problems import Problem

NEW_KEY = "kc_new_factor"


@signed_in
@never_cache
@sensitive_post_parameters("code")
def factor(request: HttpRequest) -> HttpResponse:
    """Enrol a second factor: scan, prove, keep the recovery codes."""
    user = account_of(request)
    if SecondFactor.objects.filter(user=user).exists():
        return redirect("access:own")
    key = request.session.get(NEW_KEY) or tokens.new_generator()
    request.session[NEW_KEY] = key
    form = FactorCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enrolled = enrol_factor(
                user,
                request.actor,  # type: ignore[attr-defined]
                key=key,
                code=form.cleaned_data["code"],
                keep=request.session.session_key or "",
            )
        except Problem as problem:
            form.blame(problem)
        else:
            del request.session[NEW_KEY]
            request.session.cycle_key()
            request.session[signing.FACTOR] = True
            return render(request, "access/recovery_codes.html", {"codes": enrolled.recovery})
    context = {"form": form, "key": key, "qr": _qr(key, user)}
    return render(request, "access/factor.html", context, status=422 if form.errors else 200)


def _qr(key: str, user: User) -> SafeString:
    address = tokens.generator_address(key, account=user.username, issuer=str(settings.PRODUCT_NAME))
    drawn = segno.make(address, error="m").svg_inline(border=3, omitsize=True, title=_("验证器二维码"))
    return mark_safe(drawn)  # noqa: S308 -- drawn here from a key of our own


@signed_in
@never_cache
@sensitive_post_parameters("code")
def factor_change(request: HttpRequest, what: str) -> HttpResponse:
    """New recovery codes, or an end of the second factor; proved by a code of it."""
    user = account_of(request)
    own = get_object_or_404(SecondFactor.objects.select_related("user"), user=user)
    form = FactorCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not signing.may_try(request, user):
            return locked_out(request)
        act = renew_recovery if what == "recovery" else leave_factor
        try:
            done = act(own, request.actor, code=form.cleaned_data["code"])  # type: ignore[attr-defined]
        except Problem as problem:
            if problem.field == "code" and not signing.failed(request, user):
                return locked_out(request)
            form.blame(problem)
        else:
            if isinstance(done, SecondFactor):
                return render(request, "access/recovery_codes.html", {"codes": done.recovery})
            request.session[signing.FACTOR] = False
            messages.success(request, _("第二因素已停用。"))
            return redirect("access:own")
    context = {"form": form, "what": what}
    return render(request, "access/factor_change.html", context, status=422 if form.errors else 200)

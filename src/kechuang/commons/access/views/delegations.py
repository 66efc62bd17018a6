# SPDX-License-Identifier: Apache-2.0
"""Acting for a colleague: given, taken, begun, left."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.commons.access import signing
from kechuang.commons.access.actions import delegate, end_delegation
from kechuang.commons.access.catalogue import permission_words
from kechuang.commons.access.forms.delegations import DelegationForm
from kechuang.commons.access.guards import signed_in
from kechuang.commons.access.models import Delegation
from kechuang.commons.access.permissions import can_delegate
from kechuang.commons.access.queries.grants import delegations_on, giver_acted_for
from kechuang.commons.access.views.persons import account_of
from kechuang.commons.kernel.problems import Problem, Refused

LONGEST_KEY = 19  # digits of a key that every database takes


@signed_in
def delegation_list(request: HttpRequest) -> HttpResponse:
    """What I gave, and what was given to me."""
    user, today = account_of(request), timezone.localdate()
    in_force = set(delegations_on(today).values_list("pk", flat=True))
    given = list(user.given.select_related("deputy").order_by("-since", "-pk")[:50])
    taken = list(user.taken.select_related("giver").order_by("-since", "-pk")[:50])
    for line in (*given, *taken):
        line.open = line.ended_at is None and today < line.until  # type: ignore[attr-defined]
        line.now = line.pk in in_force  # type: ignore[attr-defined]
        line.words = [permission_words(name) for name in line.permissions]  # type: ignore[attr-defined]
    verdict = can_delegate(user, request.actor)  # type: ignore[attr-defined]
    context = {"given": given, "taken": taken, "can_delegate": verdict}
    return render(request, "access/delegations.html", context)


@signed_in
def delegation_new(request: HttpRequest) -> HttpResponse:
    """Let a colleague act for me."""
    user = account_of(request)
    verdict = can_delegate(user, request.actor)  # type: ignore[attr-defined]
    if not verdict:
        raise Refused(verdict)
    form = DelegationForm(request.POST or None, giver=user)
    if request.method == "POST" and form.is_valid():
        try:
            delegate(user, request.actor, **form.arguments(), **form.action_arguments())  # type: ignore[attr-defined]
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已委托。"))
            return redirect("access:delegation-list")
    context = {"form": form}
    return render(request, "access/delegation_new.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def delegation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one before its day."""
    delegation = get_object_or_404(Delegation, pk=pk)
    end_delegation(delegation, request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("委托已结束。"))
    return redirect("access:delegation-list")


@signed_in
@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """Begin to act for the colleague named, or act as oneself again."""
    user, wanted = account_of(request), request.POST.get("giver", "")
    request.session.cycle_key()
    request.session.pop(signing.ACTING, None)
    if not wanted:
        messages.success(request, _("您现在以本人身份办理。"))
        return redirect("home")
    is_key = wanted.isdecimal() and len(wanted) < LONGEST_KEY
    giver = giver_acted_for(user.pk, int(wanted), timezone.localdate()) if is_key else None
    if giver is None:
        raise Problem(_("没有生效中的委托。"), remedy=_("请在“委托代办”中查看期限。"))
    request.session[signing.ACTING] = giver.pk
    return redirect("home")

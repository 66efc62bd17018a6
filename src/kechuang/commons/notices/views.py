# SPDX-License-Identifier: Apache-2.0
"""The inbox, how one wants to be told, and what is sent."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.commons.access.guards import guarded, signed_in
from kechuang.commons.access.models import User
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import visible_to
from kechuang.commons.notices.actions import clear_inbox, read_receipt, retry_delivery, set_preference
from kechuang.commons.notices.forms import PreferenceForm
from kechuang.commons.notices.models import Delivery, Notice
from kechuang.commons.notices.queries import inbox_of, preferences_of, unread_count
from kechuang.commons.notices.tables import DeliveryList, Inbox
from kechuang.commons.ui.forms import ActionForm
from kechuang.commons.ui.lists import list_response


@signed_in
def inbox(request: HttpRequest) -> HttpResponseBase:
    """What one was told (消息)."""
    unread = unread_count(request.actor)  # type: ignore[attr-defined]
    return list_response(request, Inbox(), context={"unread": unread, "action": ActionForm()})


@signed_in
@require_POST
def inbox_clear(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    form = ActionForm(request.POST)
    form.is_valid()
    clear_inbox(None, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    return redirect("notices:inbox")


@signed_in
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """To what a notice is about; having been there, it is read. What is closed meanwhile says so.

    What a robot told a group leads everybody of it there who may open it.
    """
    actor = request.actor  # type: ignore[attr-defined]
    notice = get_object_or_404(Notice, pk=pk)
    receipt = inbox_of(actor).filter(notice=notice).first()
    if receipt is None and not notice.kind.for_group:
        raise Http404
    if receipt is not None and receipt.read_at is None:
        read_receipt(receipt, actor)
    seen = visible_to(actor, [notice.ref])
    if notice.ref in seen:
        return redirect(seen[notice.ref].url)
    if receipt is None:
        raise Http404
    return render(request, "notices/closed.html", {"notice": notice}, status=404)


@signed_in
def preference(request: HttpRequest) -> HttpResponse:
    """How one wants to be told."""
    user = request.user
    assert isinstance(user, User)
    known = preferences_of([user])[user.pk]
    initial = {name: getattr(known, name) for name in ("mail", "quiet_from", "quiet_to", "unmailed")}
    form = PreferenceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = {name: data[name] for name in ("mail", "quiet_from", "quiet_to", "unmailed")}
        try:
            set_preference(None, request.actor, **chosen, **form.action_arguments())  # type: ignore[attr-defined]
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("接收方式已保存。"))
            return redirect("notices:inbox")
    context = {"form": form, "mail_on": settings.MAIL_ON, "has_address": bool(user.email)}
    return render(request, "notices/preference.html", context, status=422 if form.errors else 200)


@guarded("notices.view_delivery")
def delivery_list(request: HttpRequest) -> HttpResponseBase:
    """What goes out, and what could not (消息投递)."""
    return list_response(request, DeliveryList())


@guarded("notices.retry_delivery")
def delivery_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Send again."""
    delivery = get_object_or_404(Delivery.objects.select_related("notice", "user"), pk=pk)
    form = ActionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        retry_delivery(delivery, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
        messages.success(request, _("已重新排入投递。"))
        return redirect("notices:delivery-list")
    return render(request, "notices/retry.html", {"form": form, "delivery": delivery})

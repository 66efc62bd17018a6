# SPDX-License-Identifier: Apache-2.0
"""Many accounts from one file: the template, the dry run, the confirmation, the links."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kechuang.commons.access.actions import (
    confirm_onboarding,
    drop_onboarding,
    hand_in_accounts,
    renew_links,
)
from kechuang.commons.access.background import after_answer
from kechuang.commons.access.forms.accounts import SheetForm
from kechuang.commons.access.guards import guarded
from kechuang.commons.access.mailing import address_of, mail_links
from kechuang.commons.access.models import Onboarding
from kechuang.commons.access.onboarding import FIELDS, labels
from kechuang.commons.access.queries.accounts import rows_of
from kechuang.commons.access.sheets import link_sheet, template_sheet
from kechuang.commons.access.tables.accounts import OnboardingList
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.ui.forms import ActionForm
from kechuang.commons.ui.lists import list_response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guarded("access.create_account")
def onboarding_list(request: HttpRequest) -> HttpResponseBase:
    """Every list handed in."""
    return list_response(request, OnboardingList())


@guarded("access.create_account")
def template(request: HttpRequest) -> FileResponse:
    """The sheet to fill in, with the roles, scopes and offices to choose from."""
    del request
    return FileResponse(
        template_sheet(), as_attachment=True, filename=f"{_('开户名单模板')}.xlsx", content_type=XLSX
    )


@guarded("access.create_account")
def onboarding_new(request: HttpRequest) -> HttpResponse:
    """Hand a list in: it is read and checked, nothing is opened."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = hand_in_accounts(None, request.actor, file_name=file.name, data=file.read())  # type: ignore[attr-defined]
        except Problem as problem:
            form.blame(problem)
        else:
            return redirect("access:onboarding-detail", batch.pk)
    return render(request, "access/onboarding_new.html", {"form": form}, status=422 if form.errors else 200)


@guarded("access.create_account")
@never_cache
def onboarding_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run of a list, or what became of it."""
    batch = get_object_or_404(Onboarding.objects.select_related("made_by"), pk=pk)
    rows = rows_of(batch)
    context = {
        "batch": batch,
        "form": ActionForm(version=batch.version),
        "labels": labels().values(),
        "rows": [(row, [row.cells.get(name, "") for name in FIELDS]) for row in rows],
        "faulty": batch.faulty,
        "good": batch.count - batch.faulty,
        "opened": batch.opened.order_by("username"),
        "mail_on": settings.MAIL_ON,
    }
    return render(request, "access/onboarding_detail.html", context)


@guarded("access.create_account")
@never_cache
@require_POST
def onboarding_confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open the accounts, and hand out the links as the button said."""
    batch = get_object_or_404(Onboarding, pk=pk)
    form, by_mail = ActionForm(request.POST), request.POST.get("deliver") == "mail"
    form.is_valid()
    leave_out = request.POST.get("leave_out") == "yes"
    return _handed_out(
        request,
        batch,
        lambda: confirm_onboarding(
            batch,
            request.actor,  # type: ignore[attr-defined]
            leave_out=leave_out,
            by_mail=by_mail,
            **form.action_arguments(),
        ),
    )


def _handed_out(request: HttpRequest, batch: Onboarding, act: Callable[[], Onboarding]) -> HttpResponseBase:
    """What was done; what could not be is told on the page of the list, where it can be mended."""
    try:
        return _hand_out(request, act())
    except Refused:
        raise
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("access:onboarding-detail", batch.pk)


@guarded("access.create_account")
@never_cache
@require_POST
def onboarding_links(request: HttpRequest, pk: int) -> HttpResponseBase:
    """New links for those who have not used theirs."""
    batch = get_object_or_404(Onboarding, pk=pk)
    form, by_mail = ActionForm(request.POST), request.POST.get("deliver") == "mail"
    form.is_valid()
    actor = request.actor  # type: ignore[attr-defined]
    return _handed_out(
        request, batch, lambda: renew_links(batch, actor, by_mail=by_mail, **form.action_arguments())
    )


def _hand_out(request: HttpRequest, batch: Onboarding) -> HttpResponseBase:
    """Links for the mail go by mail; the others are shown, or written into a sheet, this once."""
    deliver = request.POST.get("deliver", "page")
    if not batch.links:
        messages.info(request, _("已经办理过；链接只显示一次，需要时请重新生成。"))
        return redirect("access:onboarding-detail", batch.pk)
    mailed = [link for link in batch.links if deliver == "mail" and link.user.email]
    after_answer(functools.partial(mail_links, mailed))
    rest = [(link, address_of(link)) for link in batch.links if link not in mailed]
    if deliver == "sheet":
        return FileResponse(
            link_sheet(rest), as_attachment=True, filename=f"{_('开户链接')}.xlsx", content_type=XLSX
        )
    context = {"batch": batch, "links": rest, "mailed": len(mailed)}
    return render(request, "access/onboarding_links.html", context)


@guarded("access.create_account")
@require_POST
def onboarding_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a list up."""
    drop_onboarding(get_object_or_404(Onboarding, pk=pk), request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("名单已放弃。"))
    return redirect("access:onboarding-list")

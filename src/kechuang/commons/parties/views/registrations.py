# SPDX-License-Identifier: Apache-2.0
"""Applications checked by the district or the office; an organisation's own page and its people's accounts."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kechuang.commons.access.actions import give_consent, withdraw_consent
from kechuang.commons.access.background import after_answer
from kechuang.commons.access.guards import guarded
from kechuang.commons.access.mailing import address_of, tell_person
from kechuang.commons.access.models import Purpose, User
from kechuang.commons.access.permissions import can_keep_consent
from kechuang.commons.access.queries.personal import consents_of
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.journal import history_of
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.parties.actions.colleagues import close_colleague, open_colleague
from kechuang.commons.parties.actions.registrations import (
    accept_registration,
    decline_registration,
    erase_registration,
    return_registration,
)
from kechuang.commons.parties.forms.organizations import CauseForm
from kechuang.commons.parties.forms.registrations import AcceptForm, ColleagueForm, DeclineForm, ReturnForm
from kechuang.commons.parties.mailing import mail_standing
from kechuang.commons.parties.models import Organization, Qualification, Registration
from kechuang.commons.parties.permissions import can_keep_colleagues, can_settle_registration
from kechuang.commons.parties.queries.identity import entries_of, holder_of_code, namesakes_of
from kechuang.commons.parties.queries.registrations import (
    administrators_of,
    grants_over,
    own_organizations,
    registrations_for,
)
from kechuang.commons.parties.tables.registrations import TONES, RegistrationList
from kechuang.commons.parties.views.sending import Act, answer, named
from kechuang.commons.parties.wording import standing_words
from kechuang.commons.ui.forms import IdempotentForm
from kechuang.commons.ui.lists import list_response

SETTLE, OWN, KEEP = "parties.settle_registration", "parties.view_own", "parties.open_colleague"


def _page(registration: Registration) -> str:
    return reverse("parties:registration-detail", args=[registration.pk])


def _one(request: HttpRequest, pk: int) -> Registration:
    """An application the viewer may check; another's is not there."""
    rows = registrations_for(request.actor)  # type: ignore[attr-defined]
    return get_object_or_404(rows.select_related("kind", "region", "organization", "user", "proof"), pk=pk)


def _known(registration: Registration) -> Organization | None:
    """The organisation that is registered under its code already."""
    return holder_of_code(registration.uscc) if registration.uscc else None


@guarded(SETTLE)
def registration_list(request: HttpRequest) -> HttpResponseBase:
    """Applications to check (注册申请)."""
    return list_response(request, RegistrationList())


@guarded(SETTLE)
def registration_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One application beside what is known of its code and name."""
    registration, actor = _one(request, pk), request.actor  # type: ignore[attr-defined]
    known = _known(registration)
    proof = resolve_many([Ref.of(registration.proof)], actor) if registration.proof else {}
    context = {
        "registration": registration,
        "tone": TONES[Registration.State(registration.state)],
        "known": known,
        "administrators": [grant.user for grant in administrators_of(known)] if known else [],
        "namesakes": [one for one in namesakes_of(registration.name) if one != known],
        "proof": next(iter(proof.values()), None),
        "may_settle": can_settle_registration(registration, actor),
        "history": [(entry, verb_words(entry.verb)) for entry in history_of(Ref.of(registration))[:20]],
        "ref": Ref.of(registration),
    }
    return render(request, "parties/registration_detail.html", context)


def _settle(
    request: HttpRequest,
    pk: int,
    kind: type[IdempotentForm],
    *,
    words: tuple[str, str],
    action: Callable[..., Registration],
    given: Callable[[dict[str, Any]], dict[str, Any]],
    note: str = "",
    former: Sequence[User] = (),
    **more: Any,
) -> HttpResponse:
    """A form on a page of its own that settles an application, by who may settle this one.

    ``words`` name the act and say that it is done. The applicant is told, and the administrators who gave way.
    """
    title, done = words
    registration = _one(request, pk)
    form = kind(request.POST or None, version=registration.version, **more)

    def tell() -> None:
        if settings.MAIL_ON and registration.email:
            after_answer(functools.partial(mail_standing, registration, title))
        for user in former:
            tell_person(user.email, user, _("不再是“%(name)s”的单位管理员") % {"name": registration.name})

    act = Act(
        title,
        registration.name,
        _page(registration),
        title,
        done,
        action,
        registration,
        given,
        after=tell,
        note=note,
        of_organization=False,
        back_label=registration.name,
    )
    return answer(request, form, act)


@guarded(SETTLE)
def registration_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back once with all that is missing (退回补正)."""
    title, done = _("退回补正"), _("已退回。")

    def given(data: dict[str, Any]) -> dict[str, Any]:
        return {"missing": data["missing"].splitlines()}

    return _settle(request, pk, ReturnForm, words=(title, done), action=return_registration, given=given)


@guarded(SETTLE)
def registration_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the applicant in (通过)."""
    title, done = _("通过注册"), _("已通过；申请人从自己的链接领取账号。")
    note = _("按代码登记或关联机构，并为被授权人开通账号；首次密码由申请人本人设置。")
    known = _known(_one(request, pk))
    before = [grant.user for grant in administrators_of(known)] if known else []
    return _settle(
        request,
        pk,
        AcceptForm,
        words=(title, done),
        action=accept_registration,
        given=lambda data: {"replace": data.get("replace", False)},
        note=note,
        former=before,
        replaces=bool(before),
    )


@guarded(SETTLE)
def registration_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, with the reason (不予通过)."""
    title, done = _("不予通过"), _("已办结。")
    return _settle(
        request, pk, DeclineForm, words=(title, done), action=decline_registration, given=named("reason")
    )


@guarded(SETTLE)
def registration_erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase what is personal in a declined application (删除申请人信息)."""
    title, done = _("删除申请人信息"), _("已删除。")
    note = _("姓名、手机、电子邮箱和证明材料不可恢复；申请事项和办理记录保留。")
    return _settle(
        request,
        pk,
        CauseForm,
        words=(title, done),
        action=erase_registration,
        given=named("reason"),
        note=note,
    )


@guarded(OWN)
def own(request: HttpRequest) -> HttpResponse:
    """The viewer's own organisation: what it holds, its people's accounts, what it agreed to (本单位)."""
    day, actor, found = clock.today(), request.actor, []  # type: ignore[attr-defined]
    for organization in own_organizations(actor):
        rows = Qualification.objects.filter(organization__in=entries_of(organization)).select_related("kind")
        people: dict[int, tuple[User, list[str]]] = {}
        for grant in grants_over(organization):
            people.setdefault(grant.user_id, (grant.user, []))[1].append(grant.role.name)
        found.append(
            (
                organization,
                [(row, *standing_words(row, day)) for row in rows.order_by("-valid_from", "-pk")],
                list(people.values()),
                can_keep_colleagues(organization, actor),
                consents_of(Ref.of(organization)) if can_keep_consent(organization, actor) else [],
            )
        )
    return render(request, "parties/own.html", {"organizations": found})


def _consent(run: Callable[..., object], done: object) -> Callable[..., HttpResponseBase]:
    """A button beside a use of the organisation's data; the action asks whether the viewer speaks for it."""

    def view(request: HttpRequest, pk: int, code: str) -> HttpResponse:
        organization = get_object_or_404(Organization, pk=pk)
        purpose = get_object_or_404(Purpose, code=code, current=True, asked_of=Purpose.AskedOf.ORGANIZATION)
        run(organization, request.actor, purpose)  # type: ignore[attr-defined]
        messages.success(request, str(done) % {"name": purpose.name})
        return redirect("parties:own")

    return guarded(OWN)(require_POST(view))


consent_give = _consent(
    lambda organization, actor, purpose: give_consent(organization, actor, purpose=purpose),
    gettext_lazy("本单位已同意：%(name)s"),
)
consent_withdraw = _consent(
    lambda organization, actor, purpose: withdraw_consent(organization, actor, code=purpose.code),
    gettext_lazy("本单位已撤回同意：%(name)s"),
)


def _own_one(request: HttpRequest, pk: int) -> Organization:
    organization = get_object_or_404(Organization, pk=pk)
    verdict = can_keep_colleagues(organization, request.actor)  # type: ignore[attr-defined]
    if not verdict:
        raise Refused(verdict)
    return organization


@guarded(KEEP)
def colleague_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an account for a colleague; its link is shown once (同事开户)."""
    organization, form = _own_one(request, pk), ColleagueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            link = open_colleague(
                organization,
                request.actor,  # type: ignore[attr-defined]
                display_name=data["display_name"],
                email=data["email"],
                phone=data["phone"],
            )
        except Problem as problem:
            form.blame(problem)
        else:
            context = {"organization": organization, "user": link.user, "link": address_of(link)}
            return render(request, "parties/colleague_opened.html", context)
    context = {"organization": organization, "form": form}
    return render(request, "parties/colleague_open.html", context, status=422 if form.errors else 200)


@guarded(KEEP)
def colleague_close(request: HttpRequest, pk: int, user: int) -> HttpResponse:
    """Take away what a colleague may do for the organisation (停用同事账号)."""
    organization = _own_one(request, pk)
    grant = get_object_or_404(grants_over(organization).filter(user=user)[:1])
    form = CauseForm(request.POST or None)
    act = Act(
        _("停用同事账号"),
        f"{organization} · {grant.user}",
        reverse("parties:own"),
        _("停用"),
        _("已停用。"),
        action=close_colleague,
        thing=organization,
        given=lambda data: {"user": grant.user, "reason": data["reason"]},
        of_organization=False,
        back_label=_("本单位"),
    )
    return answer(request, form, act)

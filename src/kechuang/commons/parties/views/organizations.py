# SPDX-License-Identifier: Apache-2.0
"""Organisations: the list; one on a page, in parts that are fetched when it is shown; registered and kept."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.journal import history_of
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.parties import actions
from kechuang.commons.parties.forms.organizations import (
    EditForm,
    EndRoleForm,
    RecodeForm,
    RegisterForm,
    RenameForm,
    RoleForm,
    regions_kept_by,
)
from kechuang.commons.parties.models import (
    Organization,
    OrganizationCode,
    OrganizationMerge,
    OrganizationName,
    OrganizationRole,
    OrganizationZone,
    Qualification,
    Region,
    Statement,
    Unit,
)
from kechuang.commons.parties.panels import Party, leads_from, panels_of
from kechuang.commons.parties.permissions import (
    can_keep_organization,
    can_merge_organizations,
    can_register_qualification,
    can_revoke_qualification,
)
from kechuang.commons.parties.queries.identity import entries_of
from kechuang.commons.parties.statements import newest_facts
from kechuang.commons.parties.tables.organizations import OrganizationList
from kechuang.commons.parties.views.sending import Act, answer, named
from kechuang.commons.parties.wording import standing_words
from kechuang.commons.ui.lists import list_response

KEEP = "parties.keep_organization"
MOST_BRANCHES, MOST_HISTORY = 50, 50


@guarded("parties.view_organization")
def organization_list(request: HttpRequest) -> HttpResponseBase:
    """Every organisation (企业与机构)."""
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "may_register": can_keep_organization(None, actor),
        "may_merge": can_merge_organizations(None, actor),
    }
    return list_response(request, OrganizationList(), context=context)


def _one(pk: int) -> Organization:
    return get_object_or_404(Organization.objects.select_related("region", "head", "merged_into"), pk=pk)


def page_of(organization: Organization) -> str:
    """The address of an organisation's page."""
    return reverse("parties:organization-detail", args=[organization.pk])


@guarded("parties.view_organization")
def organization_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation: its qualifications on the business date and before; the rest is fetched as parts.

    An entry that was merged leads to the one it was merged into.
    """
    organization = _one(pk)
    if organization.merged_into is not None:
        return redirect(page_of(organization.merged_into))
    day, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    entries = entries_of(organization)
    rows = list(
        Qualification.objects.filter(organization__in=entries)
        .select_related("kind", "region")
        .order_by("-valid_from", "-pk")
    )
    sources = resolve_many([Ref(row.source_kind, row.source_id) for row in rows if row.source_id], actor)
    roles = OrganizationRole.objects.filter(organization__in=entries).select_related("kind")
    zones = OrganizationZone.objects.filter(organization__in=entries).select_related("zone")
    context = {
        "organization": organization,
        "ref": Ref.of(organization),
        "day": day,
        "qualifications": [
            (row, *standing_words(row, day), sources.get(Ref(row.source_kind, row.source_id))) for row in rows
        ],
        "zones": [
            (place, place.since <= day and (place.until is None or day < place.until)) for place in zones
        ],
        "roles": [(role, role.since <= day and (role.until is None or day < role.until)) for role in roles],
        "entries": entries,
        "leads": leads_from(Ref.of(organization), actor),
        "may_keep": can_keep_organization(organization, actor),
        "may_register": can_register_qualification(organization, actor),
        "may_revoke": can_revoke_qualification(organization, actor),
        "may_merge": can_merge_organizations(organization, actor),
    }
    return render(request, "parties/organization_detail.html", context)


@guarded("parties.view_organization")
def organization_related(request: HttpRequest, pk: int) -> HttpResponse:
    """What rooms above know of an organisation: promises, records, papers, lists (part of its page)."""
    organization = _one(pk)
    party = Party(organization, entries_of(organization))
    found = panels_of(party, clock.today(), request.actor)  # type: ignore[attr-defined]
    return _part(request, "parties/_related.html", organization, _("相关事项"), {"panels": found})


@guarded("parties.view_organization")
def organization_identity(request: HttpRequest, pk: int) -> HttpResponse:
    """Codes, names, branches, what each source says, merges, history of an organisation (part of its page)."""
    organization = _one(pk)
    entries, actor = entries_of(organization), request.actor  # type: ignore[attr-defined]
    said = list(Statement.objects.filter(organization__in=entries))
    sources = resolve_many({Ref(one.source_kind, one.source_id) for one in said if one.source_id}, actor)
    merges = OrganizationMerge.objects.filter(survivor__in=entries) | OrganizationMerge.objects.filter(
        absorbed__in=entries
    )
    context = {
        "codes": list(OrganizationCode.objects.filter(organization__in=entries)),
        "names": list(OrganizationName.objects.filter(organization__in=entries)),
        "branches": list(organization.branches.select_related("region")[:MOST_BRANCHES]),
        "units": list(Unit.objects.filter(organization__in=entries)),
        "facts": newest_facts(said),
        "said": [(one, sources.get(Ref(one.source_kind, one.source_id))) for one in said],
        "merges": list(merges.select_related("absorbed", "survivor")),
        "may_merge": can_merge_organizations(organization, actor),
        "may_keep": can_keep_organization(organization, actor),
        "history": [
            (entry, verb_words(entry.verb)) for entry in history_of(*_recorded(entries))[:MOST_HISTORY]
        ],
    }
    return _part(request, "parties/_identity.html", organization, _("登记事项与历史"), context)


def _recorded(entries: list[int]) -> list[Ref]:
    """What is journaled of an organisation: its entries, its qualifications and its roles (2 queries)."""
    refs = [Ref(Organization._meta.label_lower, str(key)) for key in entries]
    for model in (Qualification, OrganizationRole):
        rows = model.objects.filter(organization__in=entries).values_list("pk", flat=True)
        refs += [Ref(model._meta.label_lower, str(key)) for key in rows]
    return refs


def _part(
    request: HttpRequest, template: str, organization: Organization, title: str, context: dict[str, Any]
) -> HttpResponse:
    """A part of the page: alone where the page asks for it, else as a page of its own."""
    context |= {"organization": organization, "title": title, "part": template}
    whole = request.headers.get("HX-Request") != "true"
    return render(request, "parties/organization_part.html" if whole else template, context)


@guarded(KEEP)
def organization_register(request: HttpRequest) -> HttpResponse:
    """Register an organisation by hand (登记机构)."""
    actor = request.actor  # type: ignore[attr-defined]
    form = RegisterForm(request.POST or None, regions=regions_kept_by(actor, KEEP))
    act = Act(
        _("登记机构"),
        _("手工登记一家企业或机构；成批登记请导入名单"),
        reverse("parties:organization-list"),
        _("登记"),
        _("已登记。"),
        action=actions.register_organization,
        thing=None,
        given=lambda data: {
            "profile": form.profile(),
            "kinds": data["kinds"],
            "since": data["since"],
            "source": data["source"],
            "namesake": data["namesake"],
        },
        to=page_of,
    )
    return answer(request, form, act)


@guarded(KEEP)
def organization_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change where an organisation is, its head office and other facts."""
    organization, actor = _one(pk), request.actor  # type: ignore[attr-defined]
    facts = newest_facts(list(organization.statements.all()))
    head = organization.head
    initial = {**facts, "region": organization.region, "head": head and (head.uscc or head.name)}
    regions = Region.objects.filter(
        Q(pk__in=regions_kept_by(actor, KEEP).values("pk")) | Q(pk=organization.region_id)
    )  # one that is former, or a zone, stays until another is chosen
    form = EditForm(request.POST or None, regions=regions, version=organization.version, initial=initial)
    act = _act(
        organization,
        _("修改机构"),
        _("保存"),
        action=actions.edit_organization,
        thing=organization,
        given=lambda data: {
            "region": data["region"],
            "head": data["head"],
            "facts": form.facts(),
            "source": data["source"],
        },
    )
    return answer(request, form, act)


@guarded(KEEP)
def organization_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an organisation its new name (更名)."""
    organization, _actor = _one(pk), request.actor  # type: ignore[attr-defined]
    form = RenameForm(request.POST or None, version=organization.version)
    act = _act(
        organization,
        _("更名"),
        _("更名"),
        action=actions.rename_organization,
        thing=organization,
        given=named("name", "on", "reason"),
    )
    return answer(request, form, act)


@guarded(KEEP)
def organization_recode(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an organisation another code (换码)."""
    organization, _actor = _one(pk), request.actor  # type: ignore[attr-defined]
    form = RecodeForm(request.POST or None, version=organization.version)
    act = _act(
        organization,
        _("换码"),
        _("保存"),
        action=actions.change_code,
        thing=organization,
        given=named("kind", "value", "on", "reason"),
    )
    return answer(request, form, act)


@guarded(KEEP)
def role_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what an organisation is from a day on (主体身份)."""
    organization, _actor = _one(pk), request.actor  # type: ignore[attr-defined]
    form = RoleForm(request.POST or None, version=organization.version)
    act = _act(
        organization,
        _("登记主体身份"),
        _("登记"),
        action=actions.give_role,
        thing=organization,
        given=named("kind", "since", "until"),
    )
    return answer(request, form, act)


@guarded(KEEP)
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say from which day it is that no longer."""
    role = get_object_or_404(OrganizationRole.objects.select_related("organization__region", "kind"), pk=pk)
    form = EndRoleForm(request.POST or None, initial={"on": clock.today()})
    act = _act(
        role.organization,
        _("终止主体身份：%(kind)s") % {"kind": role.kind},
        _("终止"),
        action=actions.end_role,
        thing=role,
        given=named("on", "reason"),
    )
    return answer(request, form, act)


def _act(organization: Organization, title: str, button: str, **more: Any) -> Act:
    return Act(title, organization.name, page_of(organization), button, _("已保存。"), **more)

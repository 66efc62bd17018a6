# SPDX-License-Identifier: Apache-2.0
"""Organisations registered, corrected, renamed; their codes and what they are over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.parties.models import (
    Organization,
    OrganizationCode,
    OrganizationKind,
    OrganizationName,
    OrganizationRole,
    Region,
    Statement,
)
from kechuang.commons.parties.permissions import can_keep_organization
from kechuang.commons.parties.queries.identity import holder_of_code, namesakes_of
from kechuang.commons.parties.statements import (
    FREE,
    Profile,
    clean_code,
    clean_name,
    identity_facts,
    require_one_holder,
    statements,
)

Kind = OrganizationCode.Kind


@action("parties.organization.registered", permission=can_keep_organization, silent=("profile",))
def register_organization(
    thing: None,
    actor: Actor,
    *,
    profile: Profile,
    kinds: Iterable[OrganizationKind] = (),
    since: dt.date | None = None,
    source: str = "",
    namesake: bool = False,
    demo: bool = False,
) -> Organization:
    """Register an organisation (登记机构) by hand, as of kinds since a day.

    Raises Problem where a code is wrong or somebody's, or another has this name and ``namesake`` does not say that it
    is a different one.
    """
    del thing
    name = clean_name(profile.name)
    codes = {kind: clean_code(profile.codes.get(kind, ""), kind) for kind in Kind.values}
    require_one_holder(codes[Kind.USCC], codes[Kind.ORGANIZATION])
    _refuse_holders(codes)
    if not namesake:
        _refuse_namesakes(name)
    organization = Organization(
        name=name, uscc=codes[Kind.USCC] or None, region=profile.region, source=source[:120], demo=demo
    )
    _require_reach(organization, actor)
    _place_under(organization, profile.head)
    organization.save()
    OrganizationCode.objects.bulk_create(
        OrganizationCode(organization=organization, kind=kind, value=value, since=since)
        for kind, value in codes.items()
        if value and kind != Kind.USCC
    )
    day = clock.today()
    for kind in kinds:
        OrganizationRole.objects.create(organization=organization, kind=kind, since=since or day)
    said = {**identity_facts(name, organization.uscc, profile.region), **_free(profile.facts)}
    Statement.objects.bulk_create(statements(organization, said, source=source or _("手工登记"), day=day))
    note(name=name, codes={kind: value for kind, value in codes.items() if value})
    return organization


@action("parties.organization.edited", permission=can_keep_organization, silent=("facts",))
def edit_organization(
    organization: Organization,
    actor: Actor,
    *,
    region: Region | None,
    head: Organization | None,
    facts: Mapping[str, str],
    source: str = "",
) -> Organization:
    """Change where an organisation is, whose branch it is, and what else is known of it (修改)."""
    note(before_region=organization.region, before_head=organization.head, facts=sorted(facts))
    organization.region = region
    _require_reach(organization, actor)
    _place_under(organization, head)
    organization.save(update_fields=["region", "head"])
    known = {said.field: said.value for said in organization.statements.order_by("said_on", "pk")}
    fresh = {
        field: value
        for field, value in {"region": region.name if region else "", **_free(facts)}.items()
        if known.get(field) != value
    }
    said = statements(organization, fresh, source=source or _("手工修改"), day=clock.today())
    Statement.objects.bulk_create(said)
    return organization


@action("parties.organization.renamed", permission=can_keep_organization)
def rename_organization(
    organization: Organization, actor: Actor, *, name: str, on: dt.date | None = None, reason: str
) -> Organization:
    """Give an organisation its new name from a day on (更名); without a day a mistaken name is put right."""
    del actor
    name = clean_name(name)
    if name == organization.name:
        raise Problem(_("新名称与现名称相同。"), remedy=_("请填写变更后的名称。"), field="name")
    _require_reason(reason)
    note(before=organization.name)
    if on is not None:
        _require_past(on)
        OrganizationName.objects.update_or_create(
            organization=organization, name=organization.name, defaults={"until": on}
        )
    organization.name = name
    organization.save(update_fields=["name", "name_key"])
    said = statements(organization, {"name": name}, source=reason, day=on or clock.today())
    Statement.objects.bulk_create(said)
    return organization


@action("parties.organization.recoded", permission=can_keep_organization)
def change_code(
    organization: Organization,
    actor: Actor,
    *,
    kind: str,
    value: str,
    on: dt.date | None = None,
    reason: str,
) -> Organization:
    """Give an organisation another code of a kind from a day on (换码); without a day a mistaken code is put right."""
    del actor
    code = clean_code(value, kind)
    _require_reason(reason)
    if not code:
        raise Problem(_("请填写代码。"), remedy=_("如原代码有误而新代码未知，请先查明。"), field="value")
    other = holder_of_code(code)
    if other is not None and other != organization:
        raise _held(code, other, field="value")
    if on is not None:
        _require_past(on)
    if kind == Kind.USCC:
        _change_uscc(organization, code, on)
    else:
        _change_old_code(organization, kind, code, on)
    return organization


@action("parties.role.given", permission=can_keep_organization)
def give_role(
    organization: Organization,
    actor: Actor,
    *,
    kind: OrganizationKind,
    since: dt.date,
    until: dt.date | None = None,
) -> OrganizationRole:
    """Say what an organisation is from a day on (主体身份); it may be several things at once."""
    del actor
    if until is not None and until <= since:
        raise Problem(_("止日须晚于起日。"), remedy=_("请更正日期。"), field="until")
    own = organization.roles.filter(kind=kind)
    overlapping = (
        own.exclude(until__lte=since)
        if until is None
        else own.exclude(until__lte=since).filter(since__lt=until)
    )
    if overlapping.exists():
        raise Problem(
            _("这段时间内已登记为“%(kind)s”。") % {"kind": kind}, remedy=_("请更正起止日期。"), field="since"
        )
    return OrganizationRole.objects.create(organization=organization, kind=kind, since=since, until=until)


@action("parties.role.ended", permission=can_keep_organization)
def end_role(role: OrganizationRole, actor: Actor, *, on: dt.date, reason: str) -> OrganizationRole:
    """Say from which day an organisation is no longer something (终止主体身份)."""
    del actor
    _require_reason(reason)
    if role.until is not None or on <= role.since:
        raise Problem(
            _("止日须晚于起日 %(since)s，且这项身份尚未终止。") % {"since": role.since.isoformat()},
            remedy=_("请更正日期。"),
            field="on",
        )
    role.until = on
    role.save(update_fields=["until"])
    return role


def _free(facts: Mapping[str, str] | None) -> dict[str, str]:
    return {field: value for field, value in (facts or {}).items() if field in set(FREE)}


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Problem(_("请填写依据。"), remedy=_("写明文号、登记机关通知或其他依据。"), field="reason")


def _require_past(on: dt.date) -> None:
    if on > clock.today():
        raise Problem(_("变更日期不能晚于今天。"), remedy=_("请更正日期。"), field="on")


def _require_reach(organization: Organization, actor: Actor) -> None:
    """Whoever keeps one region's organisations puts none into another's."""
    verdict = can_keep_organization(organization, actor)
    if not verdict:
        raise Refused(verdict)


def _held(code: str, other: Organization, *, field: str) -> Problem:
    return Problem(
        _("代码 %(code)s 已属于“%(name)s”。") % {"code": code, "name": other.name},
        remedy=_("请打开该机构办理；如两条是同一机构，请合并。"),
        field=field,
    )


def _refuse_holders(codes: Mapping[str, str]) -> None:
    for kind, code in codes.items():
        other = holder_of_code(code) if code else None
        if other is not None:
            raise _held(code, other, field=kind)


def _refuse_namesakes(name: str) -> None:
    others = namesakes_of(name)
    if others:
        known = "、".join(f"{one.name}（{one.uscc or _('无代码')}）" for one in others[:3])
        raise Problem(
            _("系统里已有同名机构：%(known)s。") % {"known": known},
            remedy=_("如是同一家，请打开它办理；确非同一家，请勾选“同名但不是同一家”后再登记。"),
            field="namesake",
        )


def _place_under(organization: Organization, head: Organization | None) -> None:
    """Make it a branch of another, which is no branch of its own."""
    above = head
    while above is not None:
        if above == organization:
            raise Problem(
                _("“%(name)s”是本机构的分支，不能作为总部。") % {"name": head},
                remedy=_("请另选总部。"),
                field="head",
            )
        above = above.head
    organization.head = head


def _change_uscc(organization: Organization, code: str, on: dt.date | None) -> None:
    note(before=organization.uscc)
    if organization.uscc and on is not None:
        OrganizationCode.objects.update_or_create(
            kind=Kind.USCC,
            value=organization.uscc,
            defaults={"organization": organization, "until": on},
        )
    old = organization.codes.filter(kind=Kind.ORGANIZATION, until=None).first()
    if old is not None and on is None:
        require_one_holder(code, old.value)
    organization.codes.filter(kind=Kind.USCC, value=code).delete()
    organization.uscc = code
    organization.save(update_fields=["uscc"])


def _change_old_code(organization: Organization, kind: str, code: str, on: dt.date | None) -> None:
    if kind == Kind.ORGANIZATION:
        require_one_holder(organization.uscc or "", code)
    present = organization.codes.filter(kind=kind, until=None).first()
    note(before=present.value if present else "")
    if present is not None and on is None:
        present.delete()
    elif present is not None:
        present.until = on
        present.save(update_fields=["until"])
    OrganizationCode.objects.create(organization=organization, kind=kind, value=code, since=on)

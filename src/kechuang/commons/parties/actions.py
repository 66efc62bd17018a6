# SPDX-License-Identifier: Apache-2.0
"""Changes of parties: reference data from content; who leads a unit; a qualification taken away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from kechuang.commons.access.models import User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import (
    Charge,
    Organization,
    Qualification,
    QualificationKind,
    Region,
    Unit,
)
from kechuang.commons.parties.permissions import (
    can_assign_leader,
    can_install_reference,
    can_revoke_qualification,
)
from kechuang.commons.parties.pieces import QualificationKindPiece, RegionPiece, UnitPiece
from kechuang.commons.parties.queries import charges_on, ends_of_term, may_lead


@action("parties.regions.installed", permission=can_install_reference, silent=("pieces",))
def install_regions(thing: None, actor: Actor, *, pieces: Iterable[RegionPiece]) -> None:
    """Bring the regions in line with the content; one no longer named stays. Raises Problem on an unknown parent."""
    del thing, actor
    given = list(pieces)
    Region.objects.bulk_create(
        [
            Region(code=piece.code, name=piece.name, kind=piece.kind, since=piece.since, until=piece.until)
            for piece in given
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "since", "until"],
    )
    known = {region.code: region for region in Region.objects.all()}
    for piece in given:
        region = known[piece.code]
        if piece.parent and piece.parent not in known:
            raise Problem(
                _("区域“%(name)s”的上级代码 %(parent)s 不存在。")
                % {"name": piece.name, "parent": piece.parent},
                remedy=_("请在内容包中补上上级区域。"),
            )
        region.parent = known[piece.parent] if piece.parent else None
    Region.objects.bulk_update([known[piece.code] for piece in given], ["parent"])
    note(regions=len(given))


@action("parties.units.installed", permission=can_install_reference, silent=("pieces",))
def install_units(
    thing: None, actor: Actor, *, organization: str, pieces: Iterable[UnitPiece], source: str = ""
) -> Organization:
    """Bring an organisation and its units in line with the content; a unit no longer named stays."""
    del thing, actor
    owner = Organization.objects.filter(name=organization).order_by("pk").first()
    owner = owner or Organization.objects.create(name=organization, source=source)
    units = [
        Unit(
            organization=owner,
            code=piece.code,
            name=piece.name,
            short_name=piece.short_name,
            aliases=list(piece.aliases),
            order=piece.order,
            since=piece.since,
            until=piece.until,
        )
        for piece in pieces
    ]
    Unit.objects.bulk_create(
        units,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["organization", "name", "short_name", "aliases", "order", "since", "until"],
    )
    note(units=[unit.code for unit in units])
    return owner


@action("parties.kinds.installed", permission=can_install_reference, silent=("pieces",))
def install_qualification_kinds(
    thing: None, actor: Actor, *, pieces: Iterable[QualificationKindPiece]
) -> None:
    """Bring the kinds of qualification in line with the content. Raises Problem on a term that cannot be read."""
    del thing, actor
    kinds = [
        QualificationKind(
            code=piece.code,
            name=piece.name,
            issuer=piece.issuer,
            basis=piece.basis,
            term=piece.term,
            number_pattern=piece.number_pattern,
            verified=piece.verified,
            release=piece.version,
        )
        for piece in pieces
    ]
    for kind in kinds:
        ends_of_term(kind.term, dt.date(2019, 1, 1))
    QualificationKind.objects.bulk_create(
        kinds,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "issuer", "basis", "term", "number_pattern", "verified", "release"],
    )
    note(kinds={kind.code: kind.release for kind in kinds})


@action("parties.leader.assigned", permission=can_assign_leader)
def assign_leader(unit: Unit, actor: Actor, *, leader: User | None) -> Unit:
    """Put a leader in charge of a unit from today (分管), or nobody; who led it until now stays on record."""
    del actor
    if leader is not None and not may_lead().filter(pk=leader.pk).exists():
        raise Problem(
            _("%(who)s不能分管处室。") % {"who": leader},
            remedy=_("请选择局领导，或请安全管理员先授予局领导角色。"),
            field="leader",
        )
    day = clock.today()
    before = charges_on(day).filter(unit=unit).first()
    if before is not None and leader is not None and before.user_id == leader.pk:
        raise Problem(_("%(unit)s已由%(who)s分管。") % {"unit": unit, "who": leader}, field="leader")
    note(before=before.user if before else "")
    if before is not None:
        before.until = day
        before.save(update_fields=["until"])
    if leader is not None:
        Charge.objects.create(user=leader, unit=unit, since=day)
    return unit


@action("parties.qualification.revoked", permission=can_revoke_qualification)
def revoke_qualification(
    qualification: Qualification, actor: Actor, *, on: dt.date, reason: str
) -> Qualification:
    """Take a qualification away from a day on (撤销); it stays counted on the days before."""
    del actor
    if not reason.strip():
        raise Problem(_("请填写撤销原因。"), remedy=_("写明决定的文号或事由。"), field="reason")
    if qualification.revoked_on is not None:
        raise Problem(
            _("这项资质已于 %(day)s 撤销。") % {"day": qualification.revoked_on.isoformat()},
            remedy=_("请刷新页面。"),
        )
    if not qualification.valid_from < on < qualification.valid_to:
        raise Problem(
            _("撤销日期须在有效期 %(start)s 至 %(end)s 之内。")
            % {"start": qualification.valid_from.isoformat(), "end": qualification.valid_to.isoformat()},
            remedy=_("请核对撤销决定的日期。"),
            field="on",
        )
    qualification.revoked_on = on
    qualification.save(update_fields=["revoked_on"])
    return qualification

# SPDX-License-Identifier: Apache-2.0
"""Regions, units and kinds brought in line with the content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import (
    Organization,
    OrganizationKind,
    QualificationKind,
    Region,
    Unit,
    UnitSuccession,
)
from kechuang.commons.parties.permissions import can_install_reference
from kechuang.commons.parties.pieces import (
    OrganizationKindPiece,
    QualificationKindPiece,
    RegionPiece,
    UnitPiece,
)
from kechuang.commons.parties.queries import ends_of_term


@action("parties.regions.installed", permission=can_install_reference, silent=("pieces",))
def install_regions(thing: None, actor: Actor, *, pieces: Iterable[RegionPiece]) -> None:
    """Bring the regions in line with the content; one no longer named stays. Raises Problem on an unknown one."""
    del thing, actor
    given = list(pieces)
    Region.objects.bulk_create(
        [
            Region(
                code=piece.code,
                name=piece.name,
                kind=piece.kind,
                since=piece.since,
                until=piece.until,
                verified=piece.verified,
            )
            for piece in given
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "since", "until", "verified"],
    )
    known = {region.code: region for region in Region.objects.all()}
    for piece in given:
        region = known[piece.code]
        region.parent = _named(known, piece, piece.parent)
        region.successor = _named(known, piece, piece.successor)
    Region.objects.bulk_update([known[piece.code] for piece in given], ["parent", "successor"])
    lies = Region.divisions.through
    lies.objects.filter(from_region__in=[known[piece.code] for piece in given]).delete()
    lies.objects.bulk_create(
        lies(from_region=known[piece.code], to_region=_named(known, piece, code))
        for piece in given
        for code in piece.divisions
    )
    note(regions=len(given))


def _named(known: Mapping[str, Region], piece: RegionPiece, code: str | None) -> Region | None:
    if code is not None and code not in known:
        raise Problem(
            _("区域“%(name)s”所指的代码 %(code)s 不存在。") % {"name": piece.name, "code": code},
            remedy=_("请在内容包中补上这个区域。"),
        )
    return known[code] if code is not None else None


@action("parties.organization_kinds.installed", permission=can_install_reference, silent=("pieces",))
def install_organization_kinds(thing: None, actor: Actor, *, pieces: Iterable[OrganizationKindPiece]) -> None:
    """Bring what organisations can be in line with the content; a kind no longer named stays."""
    del thing, actor
    kinds = [
        OrganizationKind(
            code=piece.code,
            name=piece.name,
            account_role=piece.account_role or "",
            person=piece.person,
            order=piece.order,
            release=piece.version,
        )
        for piece in pieces
    ]
    OrganizationKind.objects.bulk_create(
        kinds,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "account_role", "person", "order", "release"],
    )
    note(kinds={kind.code: kind.release for kind in kinds})


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
    for gone in UnitSuccession.objects.filter(unit__code__in=[unit.code for unit in units]):
        Unit.objects.filter(pk=gone.unit_id).update(
            until=gone.on
        )  # dissolved here, whatever the content still says
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

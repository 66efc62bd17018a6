# SPDX-License-Identifier: Apache-2.0
"""The content of this site's city: read once per process, and installed room by room."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from kechuang.commons.access.actions import install_purposes, install_roles
from kechuang.commons.access.models import Role
from kechuang.commons.access.pieces import PurposePiece, RolePiece
from kechuang.commons.calendar.actions.days import install_years
from kechuang.commons.calendar.pieces import CalendarYearPiece
from kechuang.commons.facts.actions import install_indicators, install_observations
from kechuang.commons.facts.pieces import IndicatorPiece, ObservationPiece
from kechuang.commons.figures.registry import coded_figures
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.packs.faults import ContentErrors, Fault
from kechuang.commons.packs.library import Library
from kechuang.commons.packs.loading import load_library
from kechuang.commons.parties.actions import (
    install_organization_kinds,
    install_qualification_kinds,
    install_regions,
    install_units,
)
from kechuang.commons.parties.pieces import (
    OrganizationKindPiece,
    OrganizationPiece,
    QualificationKindPiece,
    RegionPiece,
    UnitPiece,
)
from kechuang.commons.registers.actions.definitions import bring_over_records
from kechuang.commons.registers.actions.records import install_records
from kechuang.commons.registers.definitions import circles_of
from kechuang.commons.registers.pieces import RecordPiece, RegisterPiece
from kechuang.commons.releases.actions import release_pieces
from kechuang.site.pieces import FRAME


@functools.cache
def library() -> Library:
    """The packs of the nation, the province, the city and its years, checked; raises ContentErrors."""
    return read_content({})


def read_content(known: Mapping[str, Collection[str]]) -> Library:
    """As ``library``, checked against what the program knows as well: permissions, figures, pages."""
    words = {"task": {FRAME}, "figure": {figure.code for figure in coded_figures()}, **known}
    found = load_library(settings.CONTENT_ROOT, city=settings.CITY, known=words)
    circles = circles_of({piece.code: piece for piece in found.of(RegisterPiece)})
    if circles:
        raise ContentErrors(_circle(found, circle) for circle in circles)
    return found


def _circle(content: Library, circle: list[str]) -> Fault:
    """Registers that require each other, at the first of them."""
    words = _("必填链接成环：%(circle)s，第一条记录永远无法登记") % {"circle": " → ".join(circle)}
    return content.held["register", circle[0]].fault(("fields",), words)


@transaction.atomic
def install(content: Library, actor: Actor) -> int:
    """Release every piece, then bring every room in line, what others stand on first; returns the new releases.

    Again, it changes nothing. Raises Problem and changes nothing where a piece was changed under its old version.
    """
    fresh: int = release_pieces(None, actor, held=content.held.values())
    install_years(None, actor, pieces=content.of(CalendarYearPiece))
    install_regions(None, actor, pieces=content.of(RegionPiece))
    units = content.of(UnitPiece)
    for organization in content.of(OrganizationPiece):
        own = [unit for unit in units if unit.organization == organization.code]
        install_units(None, actor, organization=organization.name, pieces=own, source=organization.source)
    install_organization_kinds(None, actor, pieces=content.of(OrganizationKindPiece))
    install_qualification_kinds(None, actor, pieces=content.of(QualificationKindPiece))
    install_indicators(None, actor, pieces=content.of(IndicatorPiece))
    install_observations(None, actor, pieces=content.of(ObservationPiece))
    install_roles(None, actor, roles=[_role(piece) for piece in content.of(RolePiece)])
    install_purposes(None, actor, pieces=content.of(PurposePiece))
    bring_over_records(None, actor)
    install_records(None, actor, pieces=content.of(RecordPiece))
    return fresh


def _role(piece: RolePiece) -> Role:
    return Role(
        code=piece.code,
        name=piece.name,
        family=piece.family,
        permissions=list(piece.permissions),
        release=piece.version,
    )

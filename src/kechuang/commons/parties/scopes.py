# SPDX-License-Identifier: Apache-2.0
"""The offices and regions that a grant may name (授权范围), and who sees an applicant whole."""

from __future__ import annotations

from django.utils import timezone

from kechuang.commons.access.reach import ScopeObjects, scope_objects, unmasking
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Region
from kechuang.commons.parties.permissions import can_unmask_registration
from kechuang.commons.parties.queries import units_on


def _units() -> list[tuple[str, str]]:
    units = units_on(timezone.localdate()).order_by("organization", "order", "code")
    return [(str(Ref.of(unit)), unit.short_name or unit.name) for unit in units]


def _regions() -> list[tuple[str, str]]:
    return [(str(Ref.of(region)), region.name) for region in Region.objects.order_by("code")]


unmasking.fill("parties.registration", can_unmask_registration)
scope_objects.fill("unit", ScopeObjects("parties.unit", _units))
scope_objects.fill("region", ScopeObjects("parties.region", _regions))

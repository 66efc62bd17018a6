# SPDX-License-Identifier: Apache-2.0
"""Who there is.

regions          divisions as a tree, zones laid over them
organizations    organisations with their codes, names, roles over time, statements by source, merges
zones            zones that organisations lie in, beside their district
units            offices, who succeeds them, leads them, works in them
incoming         what every list that comes in as a file keeps of itself and of its lines
lists            lists of organisations, entries that may be one organisation
registrations    those who register themselves
qualifications   dated facts that organisations hold
"""

from kechuang.commons.parties.models.incoming import IncomingList, IncomingRow
from kechuang.commons.parties.models.lists import OrganizationPair, PartyList, PartyRow
from kechuang.commons.parties.models.organizations import (
    Organization,
    OrganizationCode,
    OrganizationKind,
    OrganizationMerge,
    OrganizationName,
    OrganizationRole,
    Statement,
)
from kechuang.commons.parties.models.qualifications import Qualification, QualificationKind
from kechuang.commons.parties.models.regions import Region
from kechuang.commons.parties.models.registrations import Registration
from kechuang.commons.parties.models.units import Charge, Membership, Unit, UnitSuccession
from kechuang.commons.parties.models.zones import OrganizationZone

__all__ = (
    "Charge",
    "IncomingList",
    "IncomingRow",
    "Membership",
    "Organization",
    "OrganizationCode",
    "OrganizationKind",
    "OrganizationMerge",
    "OrganizationName",
    "OrganizationPair",
    "OrganizationRole",
    "OrganizationZone",
    "PartyList",
    "PartyRow",
    "Qualification",
    "QualificationKind",
    "Region",
    "Registration",
    "Statement",
    "Unit",
    "UnitSuccession",
)

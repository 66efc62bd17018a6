# SPDX-License-Identifier: Apache-2.0
"""Changes of parties.

reference        regions, units and kinds from content
organizations    registered, edited, renamed, recoded, given and taken roles
lists            a list handed in, settled, confirmed, undone
batches          a list read, taken and undone, batch after batch
pairs            entries that may be one sought, told apart
merging          two entries that are one organisation, and back
qualifications   registered with proof, corrected, revoked
zones            which zones an organisation lies in
units            who leads them, works there; added, dissolved
"""

from kechuang.commons.parties.actions.lists import (
    accept_suggestions,
    confirm_list,
    drop_list,
    settle_row,
    undo_list,
    upload_list,
)
from kechuang.commons.parties.actions.merging import merge_organizations, undo_merge
from kechuang.commons.parties.actions.organizations import (
    change_code,
    edit_organization,
    end_role,
    give_role,
    register_organization,
    rename_organization,
)
from kechuang.commons.parties.actions.pairs import seek_pairs, tell_apart
from kechuang.commons.parties.actions.qualifications import (
    correct_qualification,
    register_qualification,
    revoke_qualification,
)
from kechuang.commons.parties.actions.reference import (
    install_organization_kinds,
    install_qualification_kinds,
    install_regions,
    install_units,
)
from kechuang.commons.parties.actions.units import (
    add_unit,
    assign_leader,
    dissolve_unit,
    end_membership,
    place_member,
)
from kechuang.commons.parties.actions.zones import enter_zone, leave_zone

__all__ = (
    "accept_suggestions",
    "add_unit",
    "assign_leader",
    "change_code",
    "confirm_list",
    "correct_qualification",
    "dissolve_unit",
    "drop_list",
    "edit_organization",
    "end_membership",
    "end_role",
    "enter_zone",
    "give_role",
    "install_organization_kinds",
    "install_qualification_kinds",
    "install_regions",
    "install_units",
    "leave_zone",
    "merge_organizations",
    "place_member",
    "register_organization",
    "register_qualification",
    "rename_organization",
    "revoke_qualification",
    "seek_pairs",
    "settle_row",
    "tell_apart",
    "undo_list",
    "undo_merge",
    "upload_list",
)

# SPDX-License-Identifier: Apache-2.0
"""Changes of parties.

reference        regions, units and kinds from content
organizations    registered, edited, renamed, recoded, given and taken roles
merging          two entries that are one organisation, and back
qualifications   registered with proof, corrected, revoked
units            who leads them
"""

from kechuang.commons.parties.actions.merging import merge_organizations, undo_merge
from kechuang.commons.parties.actions.organizations import (
    change_code,
    edit_organization,
    end_role,
    give_role,
    register_organization,
    rename_organization,
)
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
from kechuang.commons.parties.actions.units import assign_leader

__all__ = (
    "assign_leader",
    "change_code",
    "correct_qualification",
    "edit_organization",
    "end_role",
    "give_role",
    "install_organization_kinds",
    "install_qualification_kinds",
    "install_regions",
    "install_units",
    "merge_organizations",
    "register_organization",
    "register_qualification",
    "rename_organization",
    "revoke_qualification",
    "undo_merge",
)

# SPDX-License-Identifier: Apache-2.0
"""Reading parties.

stock      qualifications in force on a day, who holds them where, how long a term lasts
bridges    how many hold a kind on a day, what changed since another
identity   which entry a code, a name, a merged entry means; what is known of an organisation
likeness   which organisations may be the same one
places     regions on a day, by every name a list may use
units      offices on a day, who works in them, what an actor acts for
"""

from kechuang.commons.parties.queries.bridges import MONTHS, changes
from kechuang.commons.parties.queries.identity import (
    entries_of,
    holder_of_code,
    names_known,
    namesakes_of,
    organization_meant,
    organizations_named,
    survivors,
)
from kechuang.commons.parties.queries.likeness import likely_same
from kechuang.commons.parties.queries.places import divisions_on, regions_by_name, regions_on
from kechuang.commons.parties.queries.stock import (
    HOLDER,
    ends_of_term,
    holders_by_region,
    holding,
    in_force,
    one_each,
    registered_in_year,
    standing,
    valid_on,
)
from kechuang.commons.parties.queries.units import charges_on, may_lead, unit_ids_of, units_on

__all__ = (
    "HOLDER",
    "MONTHS",
    "changes",
    "charges_on",
    "divisions_on",
    "ends_of_term",
    "entries_of",
    "holder_of_code",
    "holders_by_region",
    "holding",
    "in_force",
    "likely_same",
    "may_lead",
    "names_known",
    "namesakes_of",
    "one_each",
    "organization_meant",
    "organizations_named",
    "regions_by_name",
    "regions_on",
    "registered_in_year",
    "standing",
    "survivors",
    "unit_ids_of",
    "units_on",
    "valid_on",
)

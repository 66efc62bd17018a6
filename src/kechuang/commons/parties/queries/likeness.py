# SPDX-License-Identifier: Apache-2.0
"""Which organisations may be the same one, weighed by the linkage (疑似同一机构)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from rapidfuzz import fuzz

from kechuang.commons.parties.models import Organization, OrganizationName
from kechuang.commons.parties.queries.identity import survivors
from kechuang.commons.parties.queries.stock import HOLDER
from kechuang.commons.parties.statements import described
from kechuang.engines.linkage.evidence import DOUBTFUL, Evidence, weigh
from kechuang.engines.linkage.names import block_key

SHARED_LETTERS, MOST_IN_BLOCK = 3, 5000
WORTH_WEIGHING, MOST_WEIGHED, MOST_SHOWN = 70, 30, 5


@dataclass(frozen=True, slots=True)
class Alike:
    """An organisation that may be meant, with what speaks for and against it."""

    organization: Organization
    evidence: Evidence


def whole(organizations: QuerySet[Organization]) -> QuerySet[Organization]:
    """Organisations with all that the linkage weighs (3 queries more)."""
    return organizations.select_related("region").prefetch_related("codes", "former_names", "statements")


def near_names(name: str) -> list[int]:
    """The keys of organisations whose name, of now or before, begins alike and is alike, the most alike first."""
    key = block_key(name)
    if not key:
        return []
    begins = {"name_key__startswith": key[:SHARED_LETTERS]}
    present = survivors().filter(**begins).values_list("pk", "name_key")[:MOST_IN_BLOCK]
    former = OrganizationName.objects.filter(**begins).annotate(holder=HOLDER)
    known = [*present, *former.values_list("holder", "name_key")[:MOST_IN_BLOCK]]
    alike = sorted(((round(fuzz.ratio(key, text)), pk) for pk, text in known), reverse=True)
    return list(dict.fromkeys(pk for likeness, pk in alike if likeness >= WORTH_WEIGHING))[:MOST_WEIGHED]


def likely_same(organization: Organization, among: Iterable[Organization] | None = None) -> list[Alike]:
    """Other entries that may be this organisation, the likeliest first; what cannot be is left out."""
    if among is None:
        among = whole(survivors().filter(pk__in=near_names(organization.name)))
    own = described(organization)
    found = [Alike(other, weigh(own, described(other))) for other in among if other != organization]
    fit = [one for one in found if not one.evidence.forbidden and one.evidence.likeness >= DOUBTFUL]
    return sorted(fit, key=lambda one: (-one.evidence.likeness, one.organization.pk))[:MOST_SHOWN]

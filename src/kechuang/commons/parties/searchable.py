# SPDX-License-Identifier: Apache-2.0
"""Organisations in the global search: by name, code, district, and the numbers of what they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.searching import Searchable, changes_search, searchable
from kechuang.commons.parties.models import Organization, Qualification

KIND = "parties.organization"
CHUNK = 2000


@searchable(KIND, _("企业与机构"), permission="parties.view_organization", order=30)
def organizations(ids: Collection[str] | None) -> Iterator[Searchable]:
    """Name; code, district, qualifications with their numbers."""
    rows = Organization.objects.all() if ids is None else Organization.objects.filter(pk__in=ids)
    held = Qualification.objects.select_related("kind").order_by("pk")
    rows = rows.select_related("region").prefetch_related(Prefetch("qualifications", held)).order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        numbers = [f"{one.kind.name} {one.number}" for one in row.qualifications.all()]
        yield Searchable(
            str(row.pk), row.name, " ".join([row.uscc or "", str(row.region or ""), *numbers]).strip()
        )


@changes_search(KIND, "parties.qualification.revoked")
def holder(entry: Entry) -> list[str]:
    """Who held it."""
    return [
        str(pk) for pk in Qualification.objects.filter(pk=entry.ref_id).values_list("organization", flat=True)
    ]

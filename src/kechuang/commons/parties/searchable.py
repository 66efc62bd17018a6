# SPDX-License-Identifier: Apache-2.0
"""What of parties is found: organisations by name and code of any time, regions, offices, lists of organisations."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.searching import Searchable, changes_search, searchable
from kechuang.commons.parties.models import (
    Organization,
    OrganizationMerge,
    PartyList,
    PartyRow,
    Qualification,
    Region,
    Unit,
)
from kechuang.commons.parties.queries import survivors

KIND = "parties.organization"
CHUNK = 2000


@searchable(KIND, _("企业与机构"), permission="parties.view_organization", order=30)
def organizations(ids: Collection[str] | None) -> Iterator[Searchable]:
    """Name; codes, district, former names, names of merged entries, qualifications with their numbers."""
    rows = survivors() if ids is None else survivors().filter(pk__in=ids)
    for row in _whole(rows).order_by("pk").iterator(chunk_size=CHUNK):
        entries = (row, *row.merged)  # type: ignore[attr-defined]
        words = [
            row.uscc or "",
            str(row.region or ""),
            *(entry.name for entry in entries[1:]),
            *(code.value for entry in entries for code in entry.codes.all()),
            *(former.name for entry in entries for former in entry.former_names.all()),
            *(f"{one.kind.name} {one.number}" for entry in entries for one in entry.qualifications.all()),
        ]
        yield Searchable(str(row.pk), row.name, " ".join(word for word in words if word))


def _whole(rows: QuerySet[Organization]) -> QuerySet[Organization]:
    held = Prefetch("qualifications", Qualification.objects.select_related("kind").order_by("pk"))
    parts = ("codes", "former_names", held)
    merged = Prefetch("aliases", Organization.objects.order_by().prefetch_related(*parts), to_attr="merged")
    return rows.select_related("region").prefetch_related(*parts, merged)


@searchable("parties.region", _("区域"), permission="parties.view_organization", order=32)
def regions(ids: Collection[str] | None) -> Iterator[Searchable]:
    """Name, code, what lies above it."""
    rows = Region.objects.all() if ids is None else Region.objects.filter(pk__in=ids)
    for row in rows.select_related("parent").order_by("pk"):
        yield Searchable(str(row.pk), row.name, f"{row.code} {row.parent or ''}".strip())


@searchable("parties.unit", _("处室"), permission="parties.view_organization", order=34)
def units(ids: Collection[str] | None) -> Iterator[Searchable]:
    """Every name a document may use for it."""
    rows = Unit.objects.all() if ids is None else Unit.objects.filter(pk__in=ids)
    for row in rows.order_by("pk"):
        yield Searchable(str(row.pk), row.short_name, " ".join(row.spoken_names[1:]))


@searchable("parties.partylist", _("机构名单"), permission="parties.view_organization", order=52)
def lists(ids: Collection[str] | None) -> Iterator[Searchable]:
    """Title, kind, who handed it in."""
    rows = PartyList.objects.all() if ids is None else PartyList.objects.filter(pk__in=ids)
    for row in rows.select_related("kind").order_by("pk"):
        yield Searchable(str(row.pk), row.title, f"{row.kind or ''} {row.uploaded_by}".strip())


@changes_search("parties.region", "parties.regions.installed")
@changes_search("parties.unit", "parties.units.installed", "parties.unit.added", "parties.unit.dissolved")
def all_of_them(entry: Entry) -> None:
    """They are few: all are read anew."""
    del entry


@changes_search(
    KIND,
    "parties.qualification.registered",
    "parties.qualification.corrected",
    "parties.qualification.revoked",
)
def holder(entry: Entry) -> list[str]:
    """Who holds or held it."""
    rows = Qualification.objects.filter(pk=entry.ref_id).values_list(
        "organization", "organization__merged_into"
    )
    return [str(pk) for row in rows for pk in row if pk is not None]


@changes_search(KIND, "parties.rows.taken")
def listed(entry: Entry) -> list[str]:
    """The organisations that a batch of a list registered or completed."""
    lines = entry.data.get("lines") or [0, 0]
    rows = PartyRow.objects.filter(listed=int(entry.ref_id), line__range=lines, organization__isnull=False)
    return [str(pk) for pk in rows.values_list("organization", flat=True)]


@changes_search(KIND, "parties.rows.undone")
def withdrawn(entry: Entry) -> list[str] | None:
    """After the last batch of a withdrawn list all of them: what it made is gone and names nothing any more."""
    done = PartyList.objects.filter(pk=entry.ref_id, state=PartyList.State.UNDONE).exists()
    return None if done else []


@changes_search(KIND, "parties.organization.merged", "parties.merge.undone")
def merged(entry: Entry) -> list[str]:
    """The two that became one, or two again."""
    rows = OrganizationMerge.objects.filter(pk=entry.ref_id).values_list("absorbed", "survivor")
    return [str(pk) for row in rows for pk in row]

# SPDX-License-Identifier: Apache-2.0
"""What some lines of a list make of the register, and how it is taken back (登记与撤回一批).

Each line keeps what it made (``made``): the organisation itself, a code or region that was missing, codes, roles,
former names. What it said is kept as statements under the list. Used by actions alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import (
    Organization,
    OrganizationCode,
    OrganizationName,
    OrganizationRole,
    OrganizationZone,
    PartyList,
    PartyRow,
    Statement,
)
from kechuang.commons.parties.pointing import pointed_at
from kechuang.commons.parties.queries.identity import organizations_named
from kechuang.commons.parties.reading import zones_in
from kechuang.commons.parties.statements import FREE
from kechuang.engines.linkage.codes import USCC, contained
from kechuang.engines.linkage.names import normalised

Decision = PartyRow.Decision
SIZE = 500


class Batch:
    """Some lines of one list."""

    def __init__(
        self,
        listed: PartyList,
        regions: Mapping[str, int],
        zones: Mapping[str, int],
        kinds: Mapping[str, str],
    ) -> None:
        self.listed, self.regions, self.zones, self.kinds = listed, regions, zones, kinds
        self.ref = Ref.of(listed)

    def register(self, rows: Sequence[PartyRow]) -> int:
        """Register what the lines say; returns how many organisations are new."""
        created = self._place(rows)
        firms = {row.organization_id: _firm(row) for row in rows}
        self._complete(rows, firms)
        self._codes(rows)
        self._former_names(rows)
        self._roles(rows)
        self._zones(rows)
        self._heads(rows, firms)
        Statement.objects.bulk_create(
            [said for row in rows for said in self._statements(row)], batch_size=SIZE
        )
        for row in rows:
            row.done = True
        _store(rows, "organization", "done", "made")
        return created

    def _place(self, rows: Sequence[PartyRow]) -> int:
        """Give every line its organisation; a code that somebody took meanwhile is his."""
        codes = {row.uscc for row in rows if row.valid}
        known = {one.uscc: one for one in Organization.objects.filter(uscc__in=codes)}
        fresh: list[Organization] = []
        for row in rows:
            row.made = {}
            if row.decision == Decision.TAKE:
                continue
            firm = known.get(row.uscc) if row.valid else None
            if firm is None:
                firm = Organization(
                    name=row.name,
                    uscc=row.uscc if row.valid else None,
                    region_id=self._region(row),
                    source=self.listed.title,
                    demo=self.listed.demo,
                )
                fresh.append(firm)
                row.made["organization"] = True
                if row.valid:
                    known[row.uscc] = firm
            row.organization = firm
        Organization.objects.bulk_create(fresh, batch_size=SIZE)
        taken = Organization.objects.in_bulk(
            [row.organization_id for row in rows if row.decision == Decision.TAKE]
        )
        for row in rows:
            if row.decision == Decision.TAKE and row.organization_id is not None:
                row.organization = taken[row.organization_id]
            else:
                row.organization = row.organization  # the key is known only now
        return len(fresh)

    def _region(self, row: PartyRow) -> int | None:
        return self.regions.get(row.data["texts"].get("region", ""))

    def _complete(self, rows: Sequence[PartyRow], firms: Mapping[int | None, Organization]) -> None:
        """An organisation learns the code and the region it lacks, unless the code is somebody's."""
        wanted = {row.uscc for row in rows if row.valid}
        held = set(Organization.objects.filter(uscc__in=wanted).values_list("uscc", flat=True))
        changed: dict[int, Organization] = {}
        for row in rows:
            firm, region = firms[row.organization_id], self._region(row)
            if row.valid and firm.uscc is None and row.uscc not in held:
                firm.uscc, row.made["uscc"] = row.uscc, True
                held.add(row.uscc)
                changed[firm.pk] = firm
            if region is not None and firm.region_id is None:
                firm.region_id, row.made["region"] = region, True
                changed[firm.pk] = firm
        Organization.objects.bulk_update(changed.values(), ["uscc", "region"], batch_size=100)

    def _codes(self, rows: Sequence[PartyRow]) -> None:
        """Old codes that nobody has yet."""
        wanted = [
            (row, kind, code)
            for row in rows
            for kind, code in row.data["codes"].items()
            if kind != USCC and not (_firm(row).uscc and contained(_firm(row).uscc or "") == code)
        ]
        known = set(
            OrganizationCode.objects.filter(value__in={code for _row, _kind, code in wanted}).values_list(
                "kind", "value"
            )
        )
        made = []
        for row, kind, code in wanted:
            if (kind, code) not in known:
                known.add((kind, code))
                made.append((row, OrganizationCode(organization=_firm(row), kind=kind, value=code)))
        _made(made, "codes")

    def _former_names(self, rows: Sequence[PartyRow]) -> None:
        firms = [row.organization_id for row in rows]
        known: set[tuple[int | None, str]] = {
            (key, normalised(name))
            for key, name in OrganizationName.objects.filter(organization__in=firms).values_list(
                "organization", "name"
            )
        }
        made = []
        for row in rows:
            for name in row.data["texts"].get("former", "").replace("；", "、").split("、"):
                mark = (row.organization_id, normalised(name))
                if mark[1] and mark[1] != normalised(_firm(row).name) and mark not in known:
                    known.add(mark)
                    made.append((row, OrganizationName(organization=_firm(row), name=name[:120])))
        _made(made, "former")

    def _roles(self, rows: Sequence[PartyRow]) -> None:
        day = self.listed.said_on
        firms = [row.organization_id for row in rows]
        known: set[tuple[int | None, str]] = {
            (key, kind)
            for key, kind, until in OrganizationRole.objects.filter(organization__in=firms).values_list(
                "organization", "kind", "until"
            )
            if until is None or until > day
        }
        made = []
        for row in rows:
            kind = self.kinds.get(row.data["texts"].get("kind", "")) or self.listed.kind_id
            if kind and (row.organization_id, kind) not in known:
                known.add((row.organization_id, kind))
                made.append((row, OrganizationRole(organization=_firm(row), kind_id=kind, since=day)))
        _made(made, "roles")

    def _zones(self, rows: Sequence[PartyRow]) -> None:
        day = self.listed.said_on
        places = OrganizationZone.objects.filter(organization__in=[row.organization_id for row in rows])
        known: set[tuple[int | None, int]] = {
            (key, zone)
            for key, zone, until in places.values_list("organization", "zone", "until")
            if until is None or until > day
        }
        made = []
        for row in rows:
            for name in zones_in(row.data["texts"].get("zone", "")):
                mark = (row.organization_id, self.zones.get(name, 0))
                if mark[1] and mark not in known:
                    known.add(mark)
                    made.append((row, OrganizationZone(organization=_firm(row), zone_id=mark[1], since=day)))
        _made(made, "zones")

    def _heads(self, rows: Sequence[PartyRow], firms: Mapping[int | None, Organization]) -> None:
        """A branch is linked to the head office its line names, where there is one of that name or code."""
        texts = {row.data["texts"]["head"] for row in rows if row.data["texts"].get("head")}
        if not texts:
            return
        by_text: dict[str, list[int]] = {}
        for key, said in organizations_named(texts).items():
            for text in said:
                by_text.setdefault(text, []).append(key)
        changed = []
        for row in rows:
            found = by_text.get(row.data["texts"].get("head", ""), [])
            firm = firms[row.organization_id]
            if len(found) == 1 and found[0] != firm.pk and firm.head_id is None:
                firm.head_id, row.made["head"] = found[0], True
                changed.append(firm)
        Organization.objects.bulk_update(changed, ["head"], batch_size=100)

    def _statements(self, row: PartyRow) -> Iterable[Statement]:
        texts = row.data["texts"]
        said = {"name": row.name, "uscc": row.uscc if row.valid else "", "region": texts.get("region", "")}
        said |= {field.value: texts.get(field.value, "") for field in FREE}
        for field, value in said.items():
            if value:
                yield Statement(
                    organization=_firm(row),
                    field=field,
                    value=value,
                    source=self.listed.title,
                    source_kind=self.ref.kind,
                    source_id=self.ref.id,
                    said_on=self.listed.said_on,
                )

    def withdraw(self, rows: Sequence[PartyRow]) -> int:
        """Take back what the lines made; returns how many organisations stay because something points to them."""
        firms = {row.organization_id for row in rows}
        said = Statement.objects.filter(source_kind=self.ref.kind, source_id=self.ref.id)
        said.filter(organization__in=firms).update(withdrawn=True)
        for model, name in (
            (OrganizationCode, "codes"),
            (OrganizationRole, "roles"),
            (OrganizationName, "former"),
            (OrganizationZone, "zones"),
        ):
            keys = [key for row in rows for key in row.made.get(name, ())]
            model.objects.filter(pk__in=keys).delete()
        self._empty(rows)
        made = {row.organization_id for row in rows if row.made.get("organization") and row.organization_id}
        kept = pointed_at(made) if made else set()
        for row in rows:
            row.done = False
            if row.organization_id in made - kept:
                row.organization = None
            row.made = {}
        _store(rows, "organization", "done", "made")
        Organization.objects.filter(pk__in=made - kept).delete()
        return len(kept)

    def _empty(self, rows: Sequence[PartyRow]) -> None:
        """A code, region or head that came with the list goes with it, where it is still the same."""
        filled = [row for row in rows if {"uscc", "region", "head"} & set(row.made)]
        firms = Organization.objects.in_bulk([row.organization_id for row in filled])
        for row in filled:
            firm = firms[row.organization_id]
            if row.made.get("uscc") and firm.uscc == row.uscc:
                firm.uscc = None
            if row.made.get("region"):
                firm.region_id = None
            if row.made.get("head"):
                firm.head_id = None
        Organization.objects.bulk_update(firms.values(), ["uscc", "region", "head"], batch_size=100)


def _firm(row: PartyRow) -> Organization:
    assert row.organization is not None
    return row.organization


def _made(made: Sequence[tuple[PartyRow, object]], name: str) -> None:
    """Store what lines made and note the keys in the lines."""
    if not made:
        return
    model = type(made[0][1])
    model.objects.bulk_create([one for _row, one in made], batch_size=SIZE)  # type: ignore[attr-defined]
    for row, one in made:
        row.made.setdefault(name, []).append(one.pk)  # type: ignore[attr-defined]


def _store(rows: Sequence[PartyRow], *fields: str) -> None:
    PartyRow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=list(fields), batch_size=SIZE
    )

# SPDX-License-Identifier: Apache-2.0
"""Which organisation is meant: by a code of any time, by a name of any time, through merges."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from kechuang.commons.parties.models import Organization, OrganizationCode, OrganizationName
from kechuang.engines.linkage.codes import ORGANIZATION, USCC, kind_of, plain_code
from kechuang.engines.linkage.names import block_key, normalised

PARTY = Coalesce("merged_into", "pk")
"""Of an organisation: the key of the one it is or was merged into."""


def survivors() -> QuerySet[Organization]:
    """The organisations that were not merged into another."""
    return Organization.objects.filter(merged_into__isnull=True)


def entries_of(organization: Organization) -> list[int]:
    """The keys of all entries that are this organisation, its own first."""
    aliases = (
        Organization.objects.filter(merged_into=organization).order_by("pk").values_list("pk", flat=True)
    )
    return [organization.pk, *aliases]


def holder_of_code(code: str) -> Organization | None:
    """The organisation that has or had a code, an old organisation code also by the unified one around it."""
    plain = plain_code(code)
    kind = kind_of(plain)
    if not kind:
        return None
    rows = Organization.objects.select_related("region", "merged_into")
    by_history = OrganizationCode.objects.filter(value=plain, kind=kind).values("organization")
    present = Q(uscc=plain) if kind == USCC else Q(inner_code=plain) if kind == ORGANIZATION else Q(pk__in=())
    found = rows.filter(present).first() or rows.filter(pk__in=by_history).first()
    return found.merged_into or found if found is not None else None


def namesakes_of(name: str) -> list[Organization]:
    """The organisations that have or had a name, however it is written."""
    key, wanted = block_key(name), normalised(name)
    if not key:
        return []
    present = Organization.objects.filter(name_key=key).select_related("region", "merged_into")
    former = OrganizationName.objects.filter(name_key=key).select_related(
        "organization__region", "organization__merged_into"
    )
    found = [row for row in present if normalised(row.name) == wanted]
    found += [row.organization for row in former if normalised(row.name) == wanted]
    return list({one.pk: one for row in found for one in [row.merged_into or row]}.values())


def organization_meant(text: str) -> list[Organization]:
    """The organisations of this code, else of this very name, else of this name however it is written."""
    by_code = holder_of_code(text)
    if by_code is not None:
        return [by_code]
    found = namesakes_of(text)
    exact = [one for one in found if one.name == text.strip()]
    return exact if len(exact) == 1 else found


def names_known() -> list[tuple[int, str, str | None]]:
    """Every organisation as (key, name, code), for matching; before it under its own key what else it is called.

    The other names stand first and without a code, so that the last word on a key is its present name.
    """
    former = OrganizationName.objects.annotate(
        party=Coalesce("organization__merged_into", "organization")
    ).values_list("party", "name")
    entries = Organization.objects.annotate(party=PARTY).order_by(F("merged_into").asc(nulls_last=True), "pk")
    return [
        *((key, name, None) for key, name in former),
        *entries.values_list("party", "name", "uscc"),
    ]


def organizations_named(texts: Collection[str], keys: Iterable[int] = ()) -> dict[int, list[str]]:
    """Organisations by their names, codes or keys as people type them: key -> the texts that mean it (3 queries)."""
    codes = {plain_code(text) for text in texts}
    rows = (
        Organization.objects.filter(Q(name__in=texts) | Q(uscc__in=codes) | Q(pk__in=keys))
        .annotate(party=PARTY)
        .values_list("pk", "party", "name", "uscc")
    )
    found: dict[int, dict[str, None]] = {}
    for pk, party, name, uscc in rows:
        found.setdefault(party, {}).update(dict.fromkeys([str(pk), name, *([uscc] if uscc else [])]))
    for model, names in ((OrganizationName, {"name__in": texts}), (OrganizationCode, {"value__in": codes})):
        former = model.objects.filter(**names).annotate(
            party=Coalesce("organization__merged_into", "organization"),
            text=F(next(iter(names)).partition("__")[0]),
        )
        for party, text in former.values_list("party", "text"):
            found.setdefault(party, {}).setdefault(text)
    return {party: list(said) for party, said in found.items()}

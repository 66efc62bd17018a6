# SPDX-License-Identifier: Apache-2.0
"""The same evidence for two commitments (佐证重复使用): the same record, or a file of the same content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kechuang.commons.commitments.models import Commitment, Evidence
from kechuang.commons.documents.models import Document
from kechuang.commons.kernel.refs import Ref

FILE = Document._meta.label_lower


def used_elsewhere(refs: Iterable[Ref], commitment: Commitment) -> dict[Ref, list[str]]:
    """For each piece of evidence the other commitments that it was given for, by title (at most 3 queries)."""
    wanted = set(refs)
    if not wanted:
        return {}
    contents = dict(
        Document.objects.filter(pk__in=[ref.id for ref in wanted if ref.kind == FILE]).values_list(
            "pk", "sha256"
        )
    )
    alike: dict[str, str] = {}
    if contents:
        same = Document.objects.filter(sha256__in=set(contents.values())).values_list("pk", "sha256")
        alike = {str(pk): digest for pk, digest in same}
    rows = Evidence.objects.filter(
        ref_id__in={ref.id for ref in wanted if ref.kind != FILE} | set(alike),
        ref_kind__in={ref.kind for ref in wanted},
    ).exclude(report__responsibility__commitment=commitment)
    others: dict[object, set[str]] = defaultdict(set)
    for kind, key, title in rows.values_list(
        "ref_kind", "ref_id", "report__responsibility__commitment__title"
    ):
        others[alike.get(key) if kind == FILE else Ref(kind, key)].add(title)
    found = {ref: others.get(contents.get(int(ref.id)) if ref.kind == FILE else ref) for ref in wanted}
    return {ref: sorted(titles) for ref, titles in found.items() if titles}

# SPDX-License-Identifier: Apache-2.0
"""Entries that may be one organisation are sought, and told apart by a person (疑似重复)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice

from django.db.models import Count
from django.utils.translation import gettext as _

from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Organization, OrganizationName, OrganizationPair
from kechuang.commons.parties.permissions import can_merge_organizations
from kechuang.commons.parties.queries.identity import survivors
from kechuang.commons.parties.queries.likeness import whole
from kechuang.commons.parties.queries.stock import HOLDER
from kechuang.commons.parties.statements import described
from kechuang.engines.linkage.evidence import DOUBTFUL, weigh

MOST_IN_BLOCK, MOST_BLOCKS, CHUNK = 20, 5000, 200
Pair = OrganizationPair


@action("parties.pairs.sought", permission=can_merge_organizations)
def seek_pairs(thing: None, actor: Actor) -> int:
    """Look for entries that share a name, of now or before, and may be one (查找疑似重复); returns how many are new."""
    del thing, actor
    found, blocks = 0, _blocks()
    while chunk := list(islice(blocks, CHUNK)):
        found += _kept(chunk)
    note(found=found)
    return found


@action("parties.pair.told_apart", permission=can_merge_organizations)
def tell_apart(pair: OrganizationPair, actor: Actor, *, reason: str) -> OrganizationPair:
    """Say that two entries are two organisations (不是同一家); they are not asked about again."""
    if pair.state != Pair.State.OPEN:
        raise Problem(_("这一对已经核对过。"), remedy=_("请刷新页面。"))
    if not reason.strip():
        raise Problem(_("请填写依据。"), remedy=_("写明凭什么认定不是同一家。"), field="reason")
    pair.state, pair.decided_by, pair.why = Pair.State.APART, actor.name, reason.strip()[:200]
    pair.save(update_fields=["state", "decided_by", "why"])
    return pair


def _blocks() -> Iterator[set[int]]:
    """Sets of organisations that share a key of a name."""
    shared = survivors().order_by().values("name_key").annotate(n=Count("pk"))
    keys = (
        shared.filter(n__gt=1, n__lte=MOST_IN_BLOCK).exclude(name_key="").values_list("name_key", flat=True)
    )
    members: dict[str, set[int]] = defaultdict(set)
    for key, pk in survivors().filter(name_key__in=keys[:MOST_BLOCKS]).values_list("name_key", "pk"):
        members[key].add(pk)
    for key, pk in _renamed():
        members[key].add(pk)
    yield from (block for block in members.values() if len(block) > 1)


def _renamed() -> Iterable[tuple[str, int]]:
    """Of a former name that is another's present one: both."""
    former = OrganizationName.objects.filter(
        name_key__in=survivors().exclude(name_key="").values("name_key")
    ).annotate(holder=HOLDER)
    rows = list(former.values_list("name_key", "holder")[:MOST_BLOCKS])
    yield from rows
    present = survivors().filter(name_key__in={key for key, _pk in rows})
    yield from present.values_list("name_key", "pk")


def _kept(blocks: Sequence[set[int]]) -> int:
    keys = {pk for block in blocks for pk in block}
    firms = {one.pk: described(one) for one in whole(Organization.objects.filter(pk__in=keys))}
    known = set(Pair.objects.filter(one__in=keys, other__in=keys).values_list("one", "other"))
    made = {}
    for block in blocks:
        for one, other in combinations(sorted(block), 2):
            evidence = weigh(firms[one], firms[other])
            if (one, other) not in known and not evidence.forbidden and evidence.likeness >= DOUBTFUL:
                made[one, other] = Pair(
                    one_id=one, other_id=other, likeness=evidence.likeness, reasons=list(evidence.reasons)
                )
    Pair.objects.bulk_create(made.values(), batch_size=500)
    return len(made)

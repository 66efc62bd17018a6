# SPDX-License-Identifier: Apache-2.0
"""Entries merged by a pointer that everything follows, and taken apart again with nothing lost."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from django.core import serializers
from django.db import IntegrityError, transaction

from house_fixtures import Person, lacking
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.parties.actions import edit_organization, merge_organizations, undo_merge
from kechuang.commons.parties.models import Organization, OrganizationCode, OrganizationMerge, Qualification
from kechuang.commons.parties.queries import (
    changes,
    entries_of,
    holder_of_code,
    holders_by_region,
    likely_same,
    namesakes_of,
    one_each,
    survivors,
    valid_on,
)
from kechuang.commons.parties.spans import stock
from party_samples import KEEPER, KIND, code, firm, held, inner_code

DAY = dt.date(2019, 10, 15)
pytestmark = pytest.mark.guarantee


@pytest.fixture
def head(person: Person) -> Actor:
    return person("处长", *KEEPER, "parties.merge_organizations")


def test_a_merge_counts_once_and_everything_finds_the_survivor(head: Actor) -> None:
    kept, second = firm("云川华宇科技有限公司", 1), firm("云川华宇科技有限责任公司")
    held(kept, "GR1")
    held(second, "GR2")
    assert holders_by_region(DAY) == {(None, KIND): 2}
    merge_organizations(second, head, survivor=kept, reason="同一地址同一法人")
    assert entries_of(kept) == [kept.pk, second.pk]
    assert list(survivors()) == [kept]
    assert holders_by_region(DAY) == {(None, KIND): 1}
    assert (stock(changes(KIND, DAY, DAY), DAY), one_each(valid_on(KIND, DAY)).count()) == (1, 1)
    assert namesakes_of("云川华宇科技有限责任公司") == [kept]


def test_undoing_a_merge_leaves_the_data_as_they_were(head: Actor) -> None:
    kept, second = firm("云川华宇科技有限公司", 1), firm("云川华宇科技有限责任公司")
    held(second, "GR2")
    OrganizationCode.objects.create(organization=second, kind="registration", value="210100000012345")

    def state() -> str:
        return serializers.serialize(
            "json", itertools.chain(Organization.objects.order_by("pk"), Qualification.objects.all()),
            fields=["name", "uscc", "merged_into", "organization", "number"],
        )  # fmt: skip

    before = state()
    merge = merge_organizations(second, head, survivor=kept, reason="x")
    assert state() != before
    assert holder_of_code("210100000012345") == kept
    undo_merge(merge, head, reason="法人不同")
    assert state() == before
    assert holder_of_code("210100000012345") == second
    with pytest.raises(Problem, match="已经撤销"):
        undo_merge(merge, head, reason="x")


def test_merges_of_merges_lead_to_the_last_and_come_apart_in_any_order(head: Actor) -> None:
    one, two, three = (firm(f"云川{name}有限公司") for name in "甲乙丙")
    first = merge_organizations(one, head, survivor=two, reason="x")
    second = merge_organizations(two, head, survivor=three, reason="x")

    def into() -> list[int | None]:
        return list(Organization.objects.order_by("pk").values_list("merged_into", flat=True))

    assert into() == [three.pk, three.pk, None]
    undo_merge(second, head, reason="x")
    assert into() == [two.pk, None, None]
    merge_organizations(two, head, survivor=three, reason="x")
    undo_merge(first, head, reason="x")
    assert into() == [None, three.pk, None]


@pytest.mark.parametrize("other_code", ["uscc", "organization"])
def test_two_different_valid_codes_are_never_merged(head: Actor, other_code: str) -> None:
    kept, second = firm("云川华宇科技有限公司", 1), firm("云川华宇科技有限责任公司")
    if other_code == "uscc":
        Organization.objects.filter(pk=second.pk).update(uscc=code(2))
    else:
        OrganizationCode.objects.create(organization=second, kind="organization", value=inner_code(2))
    with pytest.raises(Problem, match="有效代码不同"):
        merge_organizations(second, head, survivor=kept, reason="x")
    assert OrganizationMerge.objects.count() == 0


def test_an_old_code_inside_the_new_one_is_no_difference(head: Actor) -> None:
    kept, second = firm("云川华宇科技有限公司", 1), firm("云川天行有限公司")
    OrganizationCode.objects.create(organization=second, kind="organization", value=inner_code(1))
    merge_organizations(second, head, survivor=kept, reason="x")
    assert entries_of(kept) == [kept.pk, second.pk]


def test_who_has_the_code_stays_and_neither_oneself_nor_a_branch_is_merged(head: Actor) -> None:
    coded, bare = firm("云川华宇科技有限公司", 1), firm("云川华宇有限公司")
    with pytest.raises(Problem, match="保留方"):
        merge_organizations(coded, head, survivor=bare, reason="x")
    with pytest.raises(Problem, match="自己"):
        merge_organizations(bare, head, survivor=bare, reason="x")
    with pytest.raises(Problem, match="依据"):
        merge_organizations(bare, head, survivor=coded, reason=" ")
    bare.head = coded
    bare.save()
    with pytest.raises(Problem, match="分支"):
        merge_organizations(bare, head, survivor=coded, reason="x")


def test_a_merged_entry_is_neither_merged_nor_edited_again(head: Actor) -> None:
    kept, second, third = firm("云川甲有限公司", 1), firm("云川乙有限公司"), firm("云川丙有限公司")
    merge_organizations(second, head, survivor=kept, reason="x")
    with pytest.raises(Problem, match="已并入"):
        merge_organizations(second, head, survivor=third, reason="x")
    with pytest.raises(Problem, match="已并入"):
        merge_organizations(third, head, survivor=second, reason="x")
    with pytest.raises(Refused, match="保留的机构页"):
        edit_organization(second, head, region=None, head=None, facts={})


def test_the_database_holds_one_standing_merge_and_no_entry_merged_into_itself(head: Actor) -> None:
    kept, second = firm("云川甲有限公司", 1), firm("云川乙有限公司")
    merge = merge_organizations(second, head, survivor=kept, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganizationMerge.objects.create(absorbed=second, survivor=kept, reason="x", by="x", at=merge.at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.filter(pk=kept.pk).update(merged_into=kept)


def test_who_may_not_merge_is_refused(person: Person, head: Actor) -> None:
    one, other = firm("云川甲有限公司"), firm("云川乙有限公司")
    clerk = person("登记员", *KEEPER)
    with lacking("parties.merge_organizations"):
        merge_organizations(one, clerk, survivor=other, reason="x")
    merge = merge_organizations(one, head, survivor=other, reason="x")
    with lacking("parties.merge_organizations"):
        undo_merge(merge, clerk, reason="x")


def test_the_likeliest_entries_come_first_and_what_cannot_be_is_left_out(db: None) -> None:
    one = firm("云川华宇科技有限公司", 1)
    same, near = firm("云川华宇科技有限责任公司"), firm("云川华宁科技有限公司")
    firm("云川华宇科技有限公司", 2)
    firm("云川海天贸易有限公司")
    assert [(alike.organization, alike.evidence.likeness) for alike in likely_same(one)] == [
        (same, 97),
        (near, 83),
    ]

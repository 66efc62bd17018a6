# SPDX-License-Identifier: Apache-2.0
"""Entries that may be one are sought among those that share a name; told apart once, they are not asked about again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from house_fixtures import Person
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.parties.actions import merge_organizations, seek_pairs, tell_apart, undo_merge
from kechuang.commons.parties.models import OrganizationName, OrganizationPair
from kechuang.commons.parties.queries.lists import pairs_open
from party_samples import KEEPER, firm

pytestmark = pytest.mark.guarantee


@pytest.fixture
def head(person: Person) -> Actor:
    return person("处长", *KEEPER, "parties.merge_organizations")


def open_pairs() -> list[tuple[int, int]]:
    return list(pairs_open().order_by("pk").values_list("one", "other"))


def test_pairs_share_a_present_or_former_name_and_never_have_two_valid_codes(head: Actor) -> None:
    one, same = firm("云川华宇有限公司", 1), firm("云川华宇有限责任公司")
    firm("云川天行有限公司", 2)
    firm("云川天行有限公司", 3)
    renamed = firm("东海集团有限公司", 4)
    OrganizationName.objects.create(organization=renamed, name="云川老名有限公司")
    old = firm("云川老名有限公司")
    assert seek_pairs(None, head) == 2
    assert open_pairs() == [(one.pk, same.pk), (renamed.pk, old.pk)]
    assert seek_pairs(None, head) == 0


def test_a_pair_told_apart_or_merged_is_not_asked_about_again(head: Actor) -> None:
    one, same = firm("云川华宇有限公司", 1), firm("云川华宇有限责任公司")
    third, fourth = firm("云川天行有限公司", 2), firm("云川天行有限责任公司")
    seek_pairs(None, head)
    pair = OrganizationPair.objects.get(one=one)
    with pytest.raises(Problem, match="依据"):
        tell_apart(pair, head, reason=" ")
    tell_apart(pair, head, reason="地址不同")
    with pytest.raises(Problem, match="已经核对"):
        tell_apart(pair, head, reason="x")
    merge = merge_organizations(fourth, head, survivor=third, reason="x")
    assert open_pairs() == []
    undo_merge(merge, head, reason="法人不同")
    assert (open_pairs(), seek_pairs(None, head)) == ([], 0)
    assert OrganizationPair.objects.get(one=third).why == "法人不同"
    assert same.merged_into is None


def test_who_may_not_merge_neither_seeks_nor_tells_apart(person: Person, head: Actor) -> None:
    firm("云川华宇有限公司", 1)
    firm("云川华宇有限责任公司")
    seek_pairs(None, head)
    clerk = person("登记员", *KEEPER)
    with pytest.raises(Refused):
        seek_pairs(None, clerk)
    with pytest.raises(Refused):
        tell_apart(OrganizationPair.objects.get(), clerk, reason="x")


def test_pairs_are_sought_compared_and_told_apart_from_pages(
    browser_of: Callable[[Actor], Client], head: Actor
) -> None:
    one, same = firm("云川华宇有限公司", 1), firm("云川华宇有限责任公司")
    browser, page = browser_of(head), reverse("parties:pair-list")
    assert browser.post(reverse("parties:pair-seek"))["Location"] == page
    shown = browser.get(page).content.decode()
    assert reverse("parties:merge-compare", args=[same.pk, one.pk]) in shown
    apart = reverse("parties:pair-apart", args=[OrganizationPair.objects.get().pk])
    assert apart in shown
    assert browser.post(apart, {"reason": "地址不同"})["Location"] == page
    assert apart not in browser.get(page).content.decode()

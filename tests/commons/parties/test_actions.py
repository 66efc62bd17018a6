# SPDX-License-Identifier: Apache-2.0
"""Reference data come from content alone; a qualification is taken away by who may, for a reason, within its time."""

from __future__ import annotations

import datetime as dt

import pytest

from house_fixtures import Person, lacking
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused, Stale
from kechuang.commons.parties.actions import (
    install_qualification_kinds,
    install_regions,
    install_units,
    revoke_qualification,
)
from kechuang.commons.parties.models import Organization, Qualification, QualificationKind, Region, Unit
from kechuang.commons.parties.pieces import QualificationKindPiece, RegionPiece, UnitPiece

START, END, REVOKED = dt.date(2018, 10, 12), dt.date(2021, 10, 12), dt.date(2019, 6, 10)
pytestmark = pytest.mark.django_db


def region(code: str, name: str, parent: str | None = None) -> RegionPiece:
    return RegionPiece(code=code, name=name, parent=parent, version="1", source="样例")


@pytest.fixture
def qualification(db: None) -> Qualification:
    kind = QualificationKind.objects.create(code="high_tech_firm", name="高新技术企业", term="years:3")
    firm = Organization.objects.create(name="云川启明有限公司")
    return Qualification.objects.create(
        organization=firm, kind=kind, number="GR1", valid_from=START, valid_to=END
    )


@pytest.fixture
def keeper(person: Person) -> Actor:
    return person("登记员", "parties.revoke_qualification")


def test_regions_follow_the_content_and_one_no_longer_named_stays(system: Actor) -> None:
    install_regions(None, system, pieces=[region("990100", "云川市"), region("990102", "城东区", "990100")])
    install_regions(None, system, pieces=[region("990100", "云川市（改）")])
    assert dict(Region.objects.values_list("code", "name")) == {"990100": "云川市（改）", "990102": "城东区"}
    assert Region.objects.get(code="990102").parent == Region.objects.get(code="990100")


def test_a_region_under_an_unknown_one_is_a_problem_and_leaves_nothing(system: Actor) -> None:
    with pytest.raises(Problem, match="990100"):
        install_regions(None, system, pieces=[region("990102", "城东区", "990100")])
    assert Region.objects.count() == 0


def test_units_follow_the_content_under_their_organisation(system: Actor) -> None:
    pieces = [
        UnitPiece(
            code="gaoxin",
            organization="x",
            name="高新技术处",
            short_name="高新处",
            aliases=("高新",),
            version="1",
            source="样例",
        )
    ]
    owner = install_units(None, system, organization="云川市科学技术局", pieces=pieces)
    install_units(None, system, organization="云川市科学技术局", pieces=pieces)
    assert (Organization.objects.count(), Unit.objects.get().organization) == (1, owner)
    assert Unit.objects.get().spoken_names == ("高新处", "高新技术处", "高新")


def test_a_kind_with_a_term_that_cannot_be_read_is_a_problem(system: Actor) -> None:
    piece = QualificationKindPiece(code="x", name="某资质", term="years:3", version="1", source="样例")
    with pytest.raises(Problem, match="永久"):
        install_qualification_kinds(None, system, pieces=[piece.model_copy(update={"term": "永久"})])
    assert QualificationKind.objects.count() == 0


def test_a_kind_says_whether_its_basis_was_checked(system: Actor) -> None:
    piece = QualificationKindPiece(code="x", name="某资质", term="years:3", version="2", source="样例")
    install_qualification_kinds(None, system, pieces=[piece])
    kind = QualificationKind.objects.get()
    assert (kind.verified, kind.release) == (False, "2")


def test_people_do_not_install_what_content_says(person: Person) -> None:
    somebody = person("甲", "parties.revoke_qualification")
    with pytest.raises(Refused, match="内容包"):
        install_regions(None, somebody, pieces=[])
    with pytest.raises(Refused, match="内容包"):
        install_units(None, somebody, organization="x", pieces=[])
    with pytest.raises(Refused, match="内容包"):
        install_qualification_kinds(None, somebody, pieces=[])


def test_revoking_takes_effect_on_its_day_and_is_journaled_with_its_reason(
    qualification: Qualification, keeper: Actor
) -> None:
    revoke_qualification(qualification, keeper, on=REVOKED, reason="年度抽查不符合条件")
    qualification.refresh_from_db()
    assert (qualification.revoked_on, qualification.version) == (REVOKED, 2)
    entry = Entry.objects.get(verb="parties.qualification.revoked")
    assert entry.data == {"on": "2019-06-10", "reason": "年度抽查不符合条件"}


def test_who_may_not_revoke_is_refused(qualification: Qualification, person: Person) -> None:
    with lacking("parties.revoke_qualification"):
        revoke_qualification(qualification, person("旁人"), on=REVOKED, reason="x")
    qualification.refresh_from_db()
    assert qualification.revoked_on is None


@pytest.mark.parametrize(
    ("on", "reason", "words", "field"),
    [
        (REVOKED, "  ", "请填写原因", "reason"),
        (START, "x", "有效期", "on"),
        (END, "x", "有效期", "on"),
        (dt.date(2015, 1, 1), "x", "有效期", "on"),
    ],
)
def test_a_revocation_needs_a_reason_and_a_day_within_the_term(
    qualification: Qualification, keeper: Actor, on: dt.date, reason: str, words: str, field: str
) -> None:
    with pytest.raises(Problem, match=words) as caught:
        revoke_qualification(qualification, keeper, on=on, reason=reason)
    assert caught.value.field == field


def test_nothing_is_revoked_twice_nor_over_a_newer_version(
    qualification: Qualification, keeper: Actor
) -> None:
    revoke_qualification(qualification, keeper, on=REVOKED, reason="x", expected_version=1)
    with pytest.raises(Stale):
        revoke_qualification(qualification, keeper, on=REVOKED, reason="x", expected_version=1)
    with pytest.raises(Problem, match="2019-06-10"):
        revoke_qualification(qualification, keeper, on=REVOKED, reason="x")

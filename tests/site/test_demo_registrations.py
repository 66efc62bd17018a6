# SPDX-License-Identifier: Apache-2.0
"""The demo's district has applications to check, made and partly settled by the actions that people use."""

from __future__ import annotations

from typing import Any

import pytest

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import Grant, Purpose, Role, User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.desks import todos_for
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization, OrganizationKind, Region, Registration
from kechuang.commons.parties.queries.registrations import administrators_of, grants_over
from kechuang.site.demo.registrations import fill_registrations
from party_samples import code, firm, region

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> User:
    place: Region = region()
    Purpose.objects.create(code="self_registration", release="1", name="注册", text="告知内容")
    for name in ("firm", "expert", "unit_admin"):
        permissions = ["parties.view_own", *(["parties.open_colleague"] if name == "unit_admin" else [])]
        Role.objects.create(code=name, name=name, permissions=permissions)
    OrganizationKind.objects.create(code="enterprise", name="企业", account_role="firm")
    OrganizationKind.objects.create(code="expert", name="专家", account_role="expert", person=True)
    user = User.objects.create(username="demo-district", display_name="区科技局", demo=True)
    role = Role.objects.create(code="district", name="区县", permissions=["parties.settle_registration"])
    Grant.objects.create(user=user, role=role, scope="region", over=str(Ref.of(place)))
    for serial in range(1, 5):
        one = firm(f"云川演示{serial}有限公司", serial)
        Organization.objects.filter(pk=one.pk).update(demo=True, region=place)
    return user


def test_some_are_settled_and_the_others_wait_on_the_districts_desk(district: User) -> None:
    assert fill_registrations() == 6
    states = list(Registration.objects.order_by("pk").values_list("uscc", "state"))
    assert states == [
        (code(1), "accepted"),
        (code(2), "returned"),
        (code(3), "submitted"),
        (code(4), "submitted"),
        (code(1), "submitted"),
        ("", "submitted"),
    ]
    own = Organization.objects.get(uscc=code(1))
    assert (administrators_of(own).count(), grants_over(own).values("user").distinct().count()) == (1, 2)
    assert len(todos_for(actor_of(district), clock.today())) == 4
    assert set(Registration.objects.exclude(settled_by="").values_list("settled_by", flat=True)) == {
        "区科技局"
    }


def test_a_second_run_adds_nothing(district: User) -> None:
    fill_registrations()
    assert (fill_registrations(), Registration.objects.count()) == (0, 6)


def test_without_firms_of_the_district_there_is_nothing_to_file(district: User, settings: Any) -> None:
    Organization.objects.update(demo=False)
    assert (fill_registrations(), Registration.objects.count()) == (0, 0)

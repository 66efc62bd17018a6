# SPDX-License-Identifier: Apache-2.0
"""Organisations registered, edited, renamed, recoded, and what they are over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from house_fixtures import Person
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.parties.actions import (
    change_code,
    edit_organization,
    end_role,
    give_role,
    register_organization,
    rename_organization,
)
from kechuang.commons.parties.models import (
    Organization,
    OrganizationCode,
    OrganizationKind,
    OrganizationName,
    Statement,
)
from kechuang.commons.parties.queries import (
    holder_of_code,
    namesakes_of,
    organization_meant,
    organizations_named,
)
from kechuang.commons.parties.statements import Profile, newest_facts
from party_samples import KEEPER, code, firm, inner_code, region

REGISTRATION = "210100000012345"
DAY = dt.date(2019, 6, 1)
pytestmark = pytest.mark.guarantee


@pytest.fixture
def keeper(person: Person) -> Actor:
    return person("登记员", *KEEPER)


@pytest.fixture
def enterprise(db: None) -> OrganizationKind:
    return OrganizationKind.objects.create(code="enterprise", name="企业")


def keeper_of(place: object) -> Actor:
    """Somebody of a district."""
    user = User.objects.create(username="区县", display_name="区县")
    role = Role.objects.create(code="d", name="区县", permissions=list(KEEPER))
    Grant.objects.create(user=user, role=role, scope="region", over=f"parties.region:{place.pk}")  # type: ignore[attr-defined]
    return actor_of(user)


def test_an_organisation_is_registered_with_codes_roles_and_what_was_said(
    keeper: Actor, enterprise: OrganizationKind
) -> None:
    profile = Profile(
        " 云川华宇科技有限公司 ",
        {"uscc": code(1).lower(), "registration": REGISTRATION},
        region(),
        facts={"address": "一号路1号", "name": "不是事实", "industry": ""},
    )
    made = register_organization(
        None, keeper, profile=profile, kinds=[enterprise], since=DAY, source="营业执照"
    )
    assert (made.name, made.uscc, made.region) == ("云川华宇科技有限公司", code(1), region())
    made.refresh_from_db()
    assert (made.name_key, made.inner_code) == ("云川华宇科技", inner_code(1))
    assert list(made.codes.values_list("kind", "value")) == [("registration", REGISTRATION)]
    assert list(made.roles.values_list("kind", "since", "until")) == [("enterprise", DAY, None)]
    said = {one.field: (one.value, one.source) for one in made.statements.all()}
    assert said == {
        "name": ("云川华宇科技有限公司", "营业执照"),
        "uscc": (code(1), "营业执照"),
        "region": ("城东区", "营业执照"),
        "address": ("一号路1号", "营业执照"),
    }
    entry = Entry.objects.get(verb="parties.organization.registered")
    assert entry.data["codes"] == {"uscc": code(1), "registration": REGISTRATION}
    assert "一号路" not in str(entry.data)


@pytest.mark.parametrize(
    ("codes", "field", "words"),
    [
        ({"uscc": code(1)[:-1] + "!"}, "uscc", "校验位"),
        ({"uscc": code(1).replace("9", "O", 1)}, "uscc", "校验位"),
        ({"registration": "123"}, "registration", "15 位"),
        ({"organization": inner_code(1)[:-1] + "?"}, "organization", "校验位"),
        ({"uscc": code(1), "organization": inner_code(2)}, "organization", "不一致"),
    ],
)
def test_a_wrong_code_is_told_at_its_field_and_nothing_is_stored(
    keeper: Actor, codes: dict[str, str], field: str, words: str
) -> None:
    with pytest.raises(Problem, match=words) as caught:
        register_organization(None, keeper, profile=Profile("云川华宇有限公司", codes))
    assert (caught.value.field, Organization.objects.count()) == (field, 0)


def test_a_mistyped_code_is_answered_with_the_code_it_may_be(keeper: Actor) -> None:
    wrong = code(1)[:10] + code(1)[11] + code(1)[10] + code(1)[12:]
    swapped = wrong if wrong != code(1) else code(1).replace("0", "O", 1)
    with pytest.raises(Problem, match=code(1)):
        register_organization(None, keeper, profile=Profile("云川华宇有限公司", {"uscc": swapped}))


@pytest.mark.parametrize("given", [{"uscc": code(1)}, {"organization": inner_code(1)}])
def test_a_code_of_somebody_is_refused_also_where_his_holds_it_inside(
    keeper: Actor, given: dict[str, str]
) -> None:
    firm("云川天行有限公司", 1)
    with pytest.raises(Problem, match="云川天行有限公司"):
        register_organization(None, keeper, profile=Profile("云川华宇有限公司", given))


def test_a_namesake_must_be_said_to_be_another(keeper: Actor) -> None:
    firm("云川华宇科技有限责任公司", 1)
    profile = Profile("云川华宇科技有限公司", {"uscc": code(2)})
    with pytest.raises(Problem, match="同名机构") as caught:
        register_organization(None, keeper, profile=profile)
    assert caught.value.field == "namesake"
    register_organization(None, keeper, profile=profile, namesake=True)
    assert Organization.objects.count() == 2


def test_a_district_registers_and_edits_only_what_lies_in_its_region(db: None) -> None:
    own, other = region(), region("城西区", "990103")
    actor = keeper_of(own)
    made = register_organization(None, actor, profile=Profile("云川华宇有限公司", region=own))
    with pytest.raises(Refused, match="授权范围"):
        register_organization(None, actor, profile=Profile("云川天行有限公司", region=other))
    with pytest.raises(Refused, match="授权范围"):
        edit_organization(made, actor, region=other, head=None, facts={})
    with pytest.raises(Refused, match="授权范围"):
        rename_organization(firm("云川三号有限公司", region=other), actor, name="x", reason="x")
    with pytest.raises(Refused, match="注明所在区县"):
        register_organization(None, actor, profile=Profile("云川无区有限公司"))
    made.refresh_from_db()
    assert (made.region, Organization.objects.count()) == (own, 2)


@pytest.mark.parametrize(
    "page",
    [
        "organization-edit", "organization-rename", "organization-recode", "role-give", "qualification-register",
    ],
)  # fmt: skip
def test_no_form_opens_to_a_district_whose_organisation_it_is_not(
    page: str, browser_of: Callable[[Actor], Client], enterprise: OrganizationKind
) -> None:
    own, other = region(), region("城西区", "990103")
    user = User.objects.create(username="区县", display_name="区县")
    permissions = [*KEEPER, "parties.register_qualification"]
    role = Role.objects.create(code="d", name="区县", permissions=permissions)
    Grant.objects.create(user=user, role=role, scope="region", over=f"parties.region:{own.pk}")
    browser = browser_of(actor_of(user))
    mine, theirs = firm("云川一号有限公司", region=own), firm("云川二号有限公司", region=other)
    assert browser.get(reverse(f"parties:{page}", args=[mine.pk])).status_code == 200
    refused = browser.get(reverse(f"parties:{page}", args=[theirs.pk]))
    assert (refused.status_code, "授权范围" in refused.content.decode()) == (403, True)
    assert not Entry.objects.filter(outcome="refused").exists()  # nobody tried anything yet


def test_form_sent_all_the_same_is_refused_and_journaled(
    browser_of: Callable[[Actor], Client], db: None
) -> None:
    browser = browser_of(keeper_of(region()))
    theirs = firm("云川二号有限公司", region=region("城西区", "990103"))
    sent = {"name": "云川新名有限公司", "on": "2019-10-15", "reason": "x"}
    assert browser.post(reverse("parties:organization-rename", args=[theirs.pk]), sent).status_code == 403
    assert Entry.objects.get(outcome="refused").verb == "parties.organization.renamed"


def test_an_office_of_the_bureau_keeps_organisations_of_every_region(person: Person, office: Any) -> None:
    clerk = person("处员", *KEEPER, over=office("高新处"))
    made = register_organization(None, clerk, profile=Profile("云川华宇有限公司", region=region()))
    edit_organization(made, clerk, region=None, head=None, facts={})
    assert made.region is None


def test_who_may_not_keep_organisations_is_refused(person: Person, enterprise: OrganizationKind) -> None:
    nobody, one = person("旁人", "parties.view_organization"), firm()
    with pytest.raises(Refused):
        register_organization(None, nobody, profile=Profile("云川天行有限公司"))
    with pytest.raises(Refused):
        edit_organization(one, nobody, region=None, head=None, facts={})
    with pytest.raises(Refused):
        change_code(one, nobody, kind="uscc", value=code(1), reason="x")
    with pytest.raises(Refused):
        give_role(one, nobody, kind=enterprise, since=DAY)


def test_a_name_changed_on_a_day_stays_as_a_former_one_and_still_finds_the_organisation(
    keeper: Actor,
) -> None:
    one = firm("云川华宇有限公司")
    rename_organization(one, keeper, name="云川华宇科技股份有限公司", on=DAY, reason="变更登记通知书")
    one.refresh_from_db()
    assert (one.name, one.name_key) == ("云川华宇科技股份有限公司", "云川华宇科技")
    assert list(OrganizationName.objects.values_list("name", "until")) == [("云川华宇有限公司", DAY)]
    assert organization_meant("云川华宇有限责任公司") == [one]
    assert Entry.objects.get(verb="parties.organization.renamed").data["before"] == "云川华宇有限公司"


def test_a_mistaken_name_is_put_right_without_becoming_a_former_one(keeper: Actor) -> None:
    one = firm("云川华于有限公司")
    rename_organization(one, keeper, name="云川华宇有限公司", reason="录入错误")
    assert (OrganizationName.objects.count(), namesakes_of("云川华于有限公司")) == (0, [])


@pytest.mark.parametrize(
    ("name", "on", "reason", "field"),
    [
        ("云川华宇有限公司", None, "x", "name"),
        ("", None, "x", "name"),
        ("字" * 121, None, "x", "name"),
        ("新名", None, " ", "reason"),
        ("新名", dt.date(2020, 1, 1), "x", "on"),
    ],
)
def test_a_rename_that_cannot_be_is_told(
    keeper: Actor, name: str, on: dt.date | None, reason: str, field: str
) -> None:
    one = firm("云川华宇有限公司")
    with pytest.raises(Problem) as caught:
        rename_organization(one, keeper, name=name, on=on, reason=reason)
    one.refresh_from_db()
    assert (caught.value.field, one.name) == (field, "云川华宇有限公司")


def test_a_code_changed_on_a_day_stays_as_an_old_one_and_still_finds_the_organisation(keeper: Actor) -> None:
    one = firm(serial=1)
    change_code(one, keeper, kind="uscc", value=code(2), on=DAY, reason="迁入换发")
    one.refresh_from_db()
    assert (one.uscc, list(OrganizationCode.objects.values_list("kind", "value", "until"))) == (
        code(2),
        [("uscc", code(1), DAY)],
    )
    assert [holder_of_code(text) for text in (code(1), code(2), inner_code(2))] == [one, one, one]
    change_code(one, keeper, kind="uscc", value=code(1), on=DAY, reason="撤销变更")
    assert list(OrganizationCode.objects.values_list("value", flat=True)) == [code(2)]


def test_a_mistaken_code_is_put_right_and_an_old_one_must_fit_the_new_one(keeper: Actor) -> None:
    one = firm(serial=1)
    change_code(one, keeper, kind="registration", value=REGISTRATION, reason="旧执照")
    change_code(one, keeper, kind="registration", value=REGISTRATION[:-1] + "6", reason="录入错误")
    assert list(OrganizationCode.objects.values_list("value", flat=True)) == [REGISTRATION[:-1] + "6"]
    with pytest.raises(Problem, match="不一致"):
        change_code(one, keeper, kind="organization", value=inner_code(2), reason="x")
    firm("云川天行有限公司", 2)
    with pytest.raises(Problem, match="云川天行"):
        change_code(one, keeper, kind="uscc", value=code(2), reason="x")


def test_an_organisation_may_be_several_things_but_one_only_once_at_a_time(
    keeper: Actor, enterprise: OrganizationKind
) -> None:
    university = OrganizationKind.objects.create(code="university", name="高等学校")
    one = firm()
    first = give_role(one, keeper, kind=enterprise, since=DAY)
    give_role(one, keeper, kind=university, since=DAY)
    with pytest.raises(Problem, match="企业"):
        give_role(one, keeper, kind=enterprise, since=dt.date(2018, 1, 1))
    end_role(first, keeper, on=dt.date(2019, 8, 1), reason="注销")
    give_role(one, keeper, kind=enterprise, since=dt.date(2019, 8, 1))
    assert list(one.roles.filter(kind=enterprise).values_list("since", "until")) == [
        (DAY, dt.date(2019, 8, 1)),
        (dt.date(2019, 8, 1), None),
    ]
    with pytest.raises(Problem, match="止日"):
        end_role(first, keeper, on=dt.date(2019, 9, 1), reason="x")
    with pytest.raises(Problem, match="止日"):
        give_role(one, keeper, kind=enterprise, since=DAY, until=DAY)


def test_a_branch_names_its_head_and_no_circle_of_heads_can_be(keeper: Actor) -> None:
    head, branch = firm("云川华宇有限公司", 1), firm("云川华宇有限公司城东分公司", 2)
    edit_organization(branch, keeper, region=None, head=head, facts={})
    assert list(head.branches.all()) == [branch]
    with pytest.raises(Problem, match="分支"):
        edit_organization(head, keeper, region=None, head=branch, facts={})
    with pytest.raises(Problem, match="分支"):
        edit_organization(head, keeper, region=None, head=head, facts={})


def test_an_edit_adds_only_what_is_new_to_what_sources_say(keeper: Actor) -> None:
    one = firm()
    edit_organization(one, keeper, region=region(), head=None, facts={"address": "一号路1号"}, source="甲")
    edit_organization(one, keeper, region=region(), head=None, facts={"address": "二号路2号"}, source="乙")
    assert list(Statement.objects.order_by("pk").values_list("field", "value", "source")) == [
        ("region", "城东区", "甲"),
        ("address", "一号路1号", "甲"),
        ("address", "二号路2号", "乙"),
    ]
    assert newest_facts(one.statements.all()) == {"region": "城东区", "address": "二号路2号"}


def test_organisations_are_found_by_names_codes_and_keys_of_any_time_in_three_queries(
    keeper: Actor, django_assert_num_queries: object
) -> None:
    one, other = firm("云川华宇有限公司", 1), firm("云川天行有限公司")
    rename_organization(one, keeper, name="云川华宇集团有限公司", on=DAY, reason="x")
    texts = {"云川华宇有限公司", "云川天行有限公司", code(1), "没有的"}
    with django_assert_num_queries(3):  # type: ignore[operator]
        found = organizations_named(texts, [other.pk])
    assert set(found) == {one.pk, other.pk}
    assert {"云川华宇有限公司", code(1)} <= set(found[one.pk])
    assert str(other.pk) in found[other.pk]

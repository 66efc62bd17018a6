# SPDX-License-Identifier: Apache-2.0
"""The API: what it answers, and everything its description allows thrown at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import negative_data_rejection

from kechuang.commons.api.actions import make_token
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import Organization, Qualification, QualificationKind
from kechuang.commons.registers.models import Record
from kechuang.site.api import description
from kechuang.site.wsgi import application
from register_samples import release

pytestmark = pytest.mark.django_db
SECRET = "s" * 43
HEADERS = {"Authorization": f"Bearer {SECRET}"}
ALL = (
    "api.make_token", "parties.view_organization", "figures.view_figure", "workplan.view_plan",
    "registers.view_record", "registers.keep_record",
)  # fmt: skip


@pytest.fixture(autouse=True)
def token(person: Callable[..., Actor]) -> None:
    release()
    owner = person("程序", *ALL)
    make_token(None, owner, name="t", permissions=list(ALL), days=5, secret=SECRET)


@pytest.fixture(autouse=True)
def kept_connection() -> Iterator[None]:
    """A whole WSGI application closes what it takes for an old connection: the test's own is kept."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def get(client: Client, address: str, **params: Any) -> Any:
    return client.get(f"/api/v1/{address}", params, headers=HEADERS)


def test_pages_are_counted_and_bounded(client: Client) -> None:
    for number in range(3):
        Organization.objects.create(name=f"企业{number}")
    page = get(client, "organizations", page=2, size=2).json()
    assert (page["total"], page["page"], page["size"], [one["name"] for one in page["items"]]) == (
        3,
        2,
        2,
        ["企业2"],
    )
    assert get(client, "organizations", size=201).status_code == 422
    assert get(client, "organizations", page=0).status_code == 422


def test_organization_comes_with_what_it_holds(client: Client) -> None:
    kind = QualificationKind.objects.create(code="k", name="资质", term="years:3")
    firm = Organization.objects.create(name="演示企业")
    days = {"valid_from": dt.date(2019, 1, 1), "valid_to": dt.date(2022, 1, 1)}
    Qualification.objects.create(organization=firm, kind=kind, number="A1", **days)
    [held] = get(client, f"organizations/{firm.pk}").json()["qualifications"]
    assert held == {
        "kind": "k",
        "number": "A1",
        "valid_from": "2019-01-01",
        "valid_to": "2022-01-01",
        "revoked_on": None,
    }


def test_merged_entry_is_listed_under_the_one_it_is_and_keeps_its_address(client: Client) -> None:
    kind = QualificationKind.objects.create(code="k", name="资质", term="years:3")
    firm = Organization.objects.create(name="演示企业")
    entry = Organization.objects.create(name="演示企业（旧）", merged_into=firm)
    days = {"valid_from": dt.date(2019, 1, 1), "valid_to": dt.date(2022, 1, 1)}
    Qualification.objects.create(organization=entry, kind=kind, number="A1", **days)
    assert [one["id"] for one in get(client, "organizations").json()["items"]] == [firm.pk]
    assert get(client, f"organizations/{entry.pk}").json()["merged_into"] == firm.pk
    assert [one["number"] for one in get(client, f"organizations/{firm.pk}").json()["qualifications"]] == [
        "A1"
    ]


@pytest.mark.parametrize(
    ("method", "address", "body", "status", "words"),
    [
        ("post", "organizations", "{}", 405, ("这个地址不接受 POST。", "可用：GET")),
        (
            "post",
            "registers/pilot_base/records",
            "{bad",
            400,
            ("请求正文不是有效的 JSON。", "请以 UTF-8 的 JSON 发送。"),
        ),
        (
            "get",
            "organizations?page=0&size=x",
            "",
            422,
            ("参数不符合接口说明。", "请对照接口说明 /api/v1/openapi.json 更正后重试。"),
        ),
    ],
)
def test_every_fault_is_told_as_problem_details_with_a_remedy(
    client: Client, method: str, address: str, body: str, status: int, words: tuple[str, str]
) -> None:
    answer = client.generic(method.upper(), f"/api/v1/{address}", body, "application/json", headers=HEADERS)
    told = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert told["status"] == status
    assert [word in told[name] for name, word in zip(("title", "remedy"), words, strict=True)] == [True, True]
    if status == 422:
        assert [part.partition(":")[0] for part in told["detail"].split("; ")] == ["page", "size"]


def test_token_that_lacks_the_permission_says_so(client: Client, person: Callable[..., Actor]) -> None:
    narrow = "n" * 43
    owner = person("程序二", *ALL)
    make_token(None, owner, name="n", permissions=["parties.view_organization"], days=5, secret=narrow)
    answer = client.get("/api/v1/figures", headers={"Authorization": f"Bearer {narrow}"})
    assert (answer.status_code, "这个令牌没有带权限 figures.view_figure" in answer.json()["title"]) == (
        403,
        True,
    )


def test_what_is_not_there_is_a_problem_of_404(client: Client) -> None:
    for address in (
        "organizations/999999",
        "figures/none/members",
        "registers/none/records",
        "records/999999",
        "tasks/999999",
    ):
        answer = get(client, address)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json"), address


def test_record_is_made_once_for_one_key(client: Client) -> None:
    def post() -> Any:
        return client.post(
            "/api/v1/registers/pilot_base/records",
            {"values": {"title": "甲基地", "level": "市级", "price": "12"}},
            content_type="application/json",
            headers={**HEADERS, "Idempotency-Key": "abc-1"},
        )

    first, second = post(), post()
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] == second.json()["id"]
    assert Record.objects.count() == 1
    assert "price" not in first.json()["data"]


def test_value_at_fault_is_named(client: Client) -> None:
    answer = client.post(
        "/api/v1/registers/pilot_base/records",
        {"values": {"title": "甲", "level": "没有"}},
        content_type="application/json",
        headers=HEADERS,
    )
    assert (answer.status_code, answer.json()["field"]) == (422, "level")
    assert answer.json()["remedy"]


def test_members_of_a_figure_add_up(client: Client) -> None:
    values = {one["code"]: one["value"] for one in get(client, "figures").json()}
    members = get(client, "figures/registers.pilot_bases/members").json()
    assert float(values["registers.pilot_bases"]) == members["total"] == 0


CONFIG = SchemathesisConfig.from_dict({"generation": {"max-examples": 25}})
schema = schemathesis.openapi.from_dict(description(), config=CONFIG)
schema.app = application


@schema.parametrize()
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_fits_the_description(case: Any) -> None:
    """Unknown parameters are ignored, as everywhere on the site; all else that breaks the description is refused."""
    case.call_and_validate(headers=HEADERS, excluded_checks=[negative_data_rejection])

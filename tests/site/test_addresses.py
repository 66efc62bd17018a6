# SPDX-License-Identifier: Apache-2.0
"""An address that no page can have is not found, on either engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from kechuang.commons.kernel.actors import Actor


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/figures/indicators/%00/", "/workplan/tasks/?q=%00"])
def test_an_address_with_nul_is_not_found(
    address: str, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    reader = person("读者", "figures.view_figure", "workplan.view_plan")
    assert browser_of(reader).get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/plans?q=%00", "/api/v1/nothing", "/api/v1/records/%00"])
def test_an_address_that_is_none_is_told_to_a_program_as_a_problem(address: str, client: Client) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["status"] == 404

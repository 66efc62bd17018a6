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

# SPDX-License-Identifier: Apache-2.0
"""Who keeps the sample register, and how a record comes into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.registers.actions.records import make_record
from kechuang.commons.registers.models import Record
from register_samples import release


@pytest.fixture
def keeper(person: Callable[..., Actor]) -> Actor:
    """Somebody who keeps the sample register."""
    release()
    return person("经办", "registers.view_record", "registers.keep_record")


@pytest.fixture
def make(keeper: Actor) -> Callable[..., Record]:
    """Make a record of the sample register: ``make("甲基地", level="市级")``."""

    def made(title: str = "甲基地", **values: Any) -> Record:
        return make_record(None, keeper, register="pilot_base", values={"title": title, **values})

    return made

# SPDX-License-Identifier: Apache-2.0
"""The examples in the docstrings of the engines are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import kechuang.engines

MODULES = [
    m.name for m in pkgutil.walk_packages(kechuang.engines.__path__, "kechuang.engines.") if not m.ispkg
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0

# SPDX-License-Identifier: Apache-2.0
"""What all tests share."""

from __future__ import annotations

import gc
import os

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings

gc.set_threshold(100_000, 20, 20)  # looked for rarely: a tenth of the suite's time is saved
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")
pytest_plugins = ["house_fixtures", "harness.site", "harness.visitor", "harness.proofs"]


def pytest_sessionstart() -> None:
    """The engine that the tests run on is the one asked for, or nothing runs."""
    wanted = os.environ.get("KECHUANG_TEST_ENGINE", "sqlite")
    if connection.vendor != wanted:
        pytest.exit(
            f"{wanted} is asked for, the settings say {connection.vendor}: run python3 dev.py test", 4
        )

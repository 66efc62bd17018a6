# SPDX-License-Identifier: Apache-2.0
"""Which journeys passed on this very code (走通记录): written to build/journeys.json, read by ``site/proofs.py``.

    @proves("plan-from-document")
    def test_a_published_document_becomes_a_tracked_plan(visitor): ...

A run of some journeys keeps what others proved on the same code. Failed or skipped is not proved. Code that changed
while the journeys ran proves nothing.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from harness.site import ROOT, stamps
from kechuang.site.proofs import code_digest

PROOF = ROOT / "build/journeys.json"


def proves(name: str) -> Callable[[Any], Any]:
    """Mark the one journey that proves ``name``."""
    return lambda test: pytest.mark.journey(pytest.mark.proves(name)(test))


def merged(file: Path, code: str, outcomes: dict[str, bool], day: str) -> dict[str, Any]:
    """The record after a run: what the file says of the same code, and how this run's journeys went."""
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    before = known["passed"] if known.get("code") == code else []
    passed = (set(before) - set(outcomes)) | {name for name, well in outcomes.items() if well}
    return {"code": code, "day": day, "passed": sorted(passed)}


class Proofs:
    """Listens to one run."""

    def __init__(self) -> None:
        self.code = code_digest(ROOT)
        self.names: dict[str, str] = {}
        self.outcomes: dict[str, bool] = {}

    def pytest_collection_modifyitems(self, items: Iterable[pytest.Item]) -> None:
        """Learn who proves what; a name has one journey."""
        for item in items:
            for mark in item.iter_markers("proves"):
                other = next((test for test, name in self.names.items() if name == mark.args[0]), None)
                assert other is None, f"{mark.args[0]} is proved by {other} and {item.nodeid}"
                self.names[item.nodeid] = mark.args[0]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Passed is: set-up, call and tear-down passed."""
        if name := self.names.get(report.nodeid):
            self.outcomes[name] = self.outcomes.get(name, True) and report.outcome == "passed"

    def pytest_sessionfinish(self) -> None:
        """Write the record."""
        if self.outcomes and code_digest(ROOT) == self.code:
            record = merged(PROOF, self.code, self.outcomes, dt.datetime.now(dt.UTC).date().isoformat())
            stamps.write(PROOF, json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def pytest_configure(config: pytest.Config) -> None:
    """Take part in the run."""
    config.pluginmanager.register(Proofs(), "kechuang-proofs")

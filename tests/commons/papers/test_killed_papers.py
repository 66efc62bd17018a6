# SPDX-License-Identifier: Apache-2.0
"""A process killed at any stage of an upload or of issuing a paper leaves nothing half-written; the journal is whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from commons.papers.killed_stages import STAGES

UPLOADED = {"documents": 1, "entries": 1}
ISSUED = {"documents": 2, "entries": 3, "numbers": 1, "issued": 1}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What every stage left, from a process of its own on an embedded database."""
    var = tmp_path_factory.mktemp("killed")
    source = settings.ROOT / "src"
    env = {
        **os.environ, "KECHUANG_VAR": str(var), "PYTHONPATH": f"{source}{os.pathsep}{settings.ROOT / 'tests'}",
        "KECHUANG_DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "kechuang.site.settings",
    }  # fmt: skip
    script, out = Path(__file__).with_name("killed_stages.py"), var / "told.json"
    done = subprocess.run(
        [sys.executable, str(script), str(out)], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, dict[str, Any]] = json.loads(out.read_text())
    return found


@pytest.mark.timeout(400)
@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_act_is_done_whole_or_not_at_all_and_once_when_it_is_done_again(
    told: dict[str, dict[str, Any]], stage: str
) -> None:
    found, whole = told[stage], UPLOADED if stage.startswith("upload") else ISSUED
    messages = {"messages": found["again"].get("messages", 0)} if "messages" in found["again"] else {}
    assert found["ended"] == signal.SIGKILL
    assert found["left"] == ({**whole, **messages} if "committed, nothing" in stage else {})
    assert found["again"] == {**whole, **messages}
    assert (found["unreadable"], found["intact"]) == (0, True)

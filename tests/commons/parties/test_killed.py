# SPDX-License-Identifier: Apache-2.0
"""A process killed at any stage of a list (kill -9) leaves whole batches only; the tick carries on; the journal fits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

pytestmark = [
    pytest.mark.guarantee,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
]
DRIVER = Path(__file__).with_name("_killed_list.py")
Stage = tuple[dict[str, Any], dict[str, Any], bool]


@contextmanager
def database_of_its_own() -> Iterator[str]:
    """On the engine of the run; on SQLite a file in the folder, which needs no address."""
    given = os.environ.get("KECHUANG_DATABASE_URL", "")
    if not given.startswith("postgresql:"):
        yield ""
        return
    import psycopg  # noqa: PLC0415 -- only where a server is

    with psycopg.connect(given, autocommit=True) as server:
        server.execute("CREATE DATABASE killed")
        yield given.replace("/kechuang?", "/killed?")
        server.execute("DROP DATABASE killed WITH (FORCE)")


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Stage]:
    """What stood there after the kill of each stage, and after the tick; whether the journal verified."""
    with database_of_its_own() as address:
        env = {
            **os.environ,
            "KECHUANG_VAR": str(tmp_path_factory.mktemp("killed")),
            "KECHUANG_DATABASE_URL": address,
            "PYTHONPATH": os.pathsep.join((str(settings.ROOT / "src"), str(settings.ROOT / "tests"))),
        }
        ran = subprocess.run(
            [sys.executable, str(DRIVER)], env=env, check=False, capture_output=True, text=True
        )
    assert ran.returncode == 0, ran.stderr[-3000:]
    told = (json.loads(line) for line in ran.stdout.splitlines())
    return {stage: (after, then, intact) for stage, after, then, intact in told}


@pytest.mark.parametrize(
    ("stage", "killed", "carried_on", "last_verb"),
    [  # states of the lists, lines kept, organisations; after the kill and after the tick
        ("upload", ([], [], 0), ([], [], 0), ""),
        ("read", (["reading"], [3], 0), (["draft"], [7], 0), "rows.read"),
        ("weigh", (["draft", "reading"], [7, 7], 0), (["draft", "draft"], [7, 7], 0), "rows.read"),
        ("confirm", (["draft", "draft"], [7, 7], 0), (["draft", "draft"], [7, 7], 0), "list.read"),
        ("take", (["draft", "taking"], [7, 7], 2), (["draft", "taken"], [7, 7], 7), "rows.taken"),
        ("undo", (["draft", "undoing"], [7, 7], 3), (["draft", "undone"], [7, 7], 0), "rows.undone"),
    ],
)
def test_a_list_killed_at_any_stage_is_whole_and_goes_on(
    stages: dict[str, Stage],
    stage: str,
    killed: tuple[list[str], list[int], int],
    carried_on: tuple[list[str], list[int], int],
    last_verb: str,
) -> None:
    after, then, intact = stages[stage]
    for found, expected in ((after, killed), (then, carried_on)):
        assert (found["states"], found["rows"], found["organizations"]) == expected
        assert found["told"] == found["rows"]
        assert found["documents"] == len(found["states"])
        assert found["whole"]
    verbs = [verb for verb in after["verbs"] if verb.startswith(("list.", "rows."))]
    assert (verbs[-1] if verbs else "") == last_verb
    assert intact

# SPDX-License-Identifier: Apache-2.0
"""A process killed in the middle of an import or an issue leaves nothing behind, and may simply start again."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from apps.workplan._files import PLAN

STOP = """
import sys, time, django
django.setup()
from kechuang.apps.workplan.models import Item, ItemOffice, ItemTarget, Plan, PlanVersion
def stop(rows):
    print("in the middle", Item.objects.count(), flush=True)
    time.sleep(60)
if sys.argv[1] == "stop":
    ItemOffice.objects.bulk_create = stop
from django.core.management import call_command
call_command("plan", "import", sys.argv[2])
"""
TABLES = (
    "workplan_plan",
    "workplan_planversion",
    "workplan_item",
    "workplan_area",
    "documents_document",
    "kernel_entry",
)


def counts(database: Path) -> dict[str, int]:
    with sqlite3.connect(database) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 -- names of our own
            for table in TABLES
        }


@pytest.mark.timeout(120)
def test_a_killed_import_leaves_nothing_and_starts_again(tmp_path: Path) -> None:
    source = settings.ROOT / "src"
    env = {
        **os.environ, "KECHUANG_VAR": str(tmp_path), "PYTHONPATH": str(source), "KECHUANG_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "kechuang.site.settings",
    }  # fmt: skip
    file = tmp_path / "要点.txt"
    file.write_text(PLAN, encoding="utf-8")
    run = [sys.executable, "-m", "kechuang.site.cli"]
    subprocess.run([*run, "migrate", "-v0"], env=env, check=True, capture_output=True)
    database = tmp_path / "kechuang.sqlite3"
    before = counts(database)

    with subprocess.Popen(
        [sys.executable, "-c", STOP, "stop", str(file)], env=env, stdout=subprocess.PIPE, text=True
    ) as killed:
        assert killed.stdout is not None
        words = killed.stdout.readline().split()
        assert words[:3] == ["in", "the", "middle"]
        assert int(words[3]) > 3  # lines are written by now, but not committed
        os.kill(killed.pid, signal.SIGKILL)
    assert killed.returncode == -signal.SIGKILL
    assert counts(database) == before

    done = subprocess.run(
        [sys.executable, "-c", STOP, "go", str(file)], env=env, capture_output=True, text=True, check=True
    )
    assert "已建立草稿" in done.stdout
    after = counts(database)
    assert (after["workplan_plan"], after["workplan_planversion"], after["documents_document"]) == (1, 1, 1)

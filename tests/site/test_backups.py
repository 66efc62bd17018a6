# SPDX-License-Identifier: Apache-2.0
"""Backup and restore by the command line, from one site into an empty one, on the engine that the tests run on."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

pytestmark = [pytest.mark.guarantee, pytest.mark.timeout(300)]
WRITE = """
import django; django.setup()
from django.core.management import call_command
from kechuang.commons.documents.actions import store_document
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.journal import seal_journal
call_command("migrate", verbosity=0)
for name in ("甲.txt", "乙.txt"):
    store_document(None, Actor.system("test"), name=name, data=name.encode())
seal_journal()
"""
READ = """
import django; django.setup()
from kechuang.commons.documents.models import Document
from kechuang.commons.documents.storage import content
from kechuang.commons.kernel.journal import personal_digest
from kechuang.commons.kernel.models import Seal
from kechuang.commons.kernel.verification import verify_journal
for one in Document.objects.order_by("id"):
    print(one.name, content(one.sha256).decode())
print(personal_digest("13800000000"), verify_journal())
try:
    Seal.objects.all().delete()
except Exception as refused:
    print(refused)
"""
RESTORE = """
import sys, django; django.setup()
from django.core.management import CommandError, call_command
for file in sys.argv[1:]:
    try:
        call_command("restore", file)
        print("restored")
    except CommandError as problem:
        print(problem)
"""


class Place:
    """A site of its own: folder, database, command line."""

    def __init__(self, var: Path, url: str) -> None:
        self.var = var
        self.env = {**os.environ, "KECHUANG_VAR": str(var), "KECHUANG_DATABASE_URL": url, "PYTHONPATH": "src"}

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *map(str, words)]
        return subprocess.run(
            command, env=self.env, cwd=settings.ROOT, capture_output=True, text=True, check=False
        )

    def kechuang(self, *words: object) -> str:
        told = self.run("-m", "kechuang.site.cli", *words)
        assert told.returncode == 0, told.stderr
        return told.stdout

    def refused(self, *words: object) -> str:
        told = self.run("-m", "kechuang.site.cli", *words)
        assert told.returncode == 1
        return told.stderr


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Callable[[str], Place]]:
    """Make an empty site by name; on PostgreSQL with a database beside the one of the tests."""
    made: list[str] = []

    def administer(statement: str) -> None:
        import psycopg  # noqa: PLC0415 - only where there is a server

        given = connection.settings_dict
        host = given["HOST"] or given["OPTIONS"].get("host")
        with psycopg.connect(host=host, user=given["USER"], dbname="postgres", autocommit=True) as server:
            server.execute(statement)

    def make(name: str) -> Place:
        var = tmp_path / name
        var.mkdir()
        if connection.vendor == "sqlite":
            return Place(var, "")
        administer(f"CREATE DATABASE site_{name}")
        made.append(name)
        given = os.environ["KECHUANG_DATABASE_URL"]
        return Place(var, given.replace("/kechuang?", f"/site_{name}?"))

    yield make
    for name in made:
        with suppress(Exception):
            administer(f"DROP DATABASE site_{name} WITH (FORCE)")


def test_what_was_backed_up_comes_back_whole(place: Callable[[str], Place], tmp_path: Path) -> None:
    file, site, other = tmp_path / "backup.tar", place("lived_in"), place("other")
    assert site.run("-c", WRITE).returncode == 0
    site.kechuang("backup", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not file.with_name("backup.tar.part").exists()

    other.kechuang("restore", file)
    found = other.run("-c", READ).stdout
    assert found == site.run("-c", READ).stdout
    assert found.startswith("甲.txt 甲.txt\n乙.txt 乙.txt\nhmac:")
    assert "sealed=2, unsealed=0, faults=[]" in found
    assert "append-only" in found

    assert "KECHUANG_VAR" in other.run("-c", RESTORE, file).stdout
    assert other.run("-c", READ).stdout == found
    assert "Traceback" not in site.refused("backup", tmp_path / "no" / "such" / "folder.tar")
    assert list(tmp_path.glob("**/*.part")) == []


def test_what_is_no_backup_is_told_and_leaves_nothing(place: Callable[[str], Place], tmp_path: Path) -> None:
    site, wrong, foreign = place("empty"), tmp_path / "wrong.tar", tmp_path / "foreign.tar"
    wrong.write_bytes(b"\x00\xff no tar" * 100)
    with tarfile.open(foreign, "w") as archive:
        archive.add(__file__, "something.else")
    told = site.run("-c", RESTORE, wrong, foreign, tmp_path / "none.tar")
    assert told.returncode == 0, told.stderr
    assert len(told.stdout.splitlines()) == 3
    assert "restored" not in told.stdout
    assert not (site.var / "kechuang.sqlite3").exists()
    assert not (site.var / "uploads").exists()

# SPDX-License-Identifier: Apache-2.0
"""Backup and restore (备份与恢复): the database and the uploads in one tar file."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from kechuang.commons.kernel.problems import Problem

SQLITE, POSTGRES, UPLOADS, KEY = "database.sqlite3", "database.dump", "uploads", "secret.key"


def back_up(to: Path) -> None:
    """Write everything that must not be lost to ``to``, complete or not at all; safe while the product runs."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / (SQLITE if connection.vendor == "sqlite" else POSTGRES)
        if connection.vendor == "sqlite":
            _copy_sqlite(Path(connection.settings_dict["NAME"]), kept)
        else:
            _run("pg_dump", "--format=custom", f"--file={kept}", *_server())
        partial = to.with_name(f"{to.name}.part")
        try:
            partial.touch(mode=0o600)  # the secret key is in it
            with tarfile.open(partial, "w") as archive:
                archive.add(kept, kept.name)
                for name in (UPLOADS, KEY):
                    if (settings.VAR / name).exists():
                        archive.add(settings.VAR / name, name)
            partial.replace(to)
        finally:
            partial.unlink(missing_ok=True)


def restore(source: Path) -> None:
    """Bring a backup into an empty site, whole or not at all. Raises Problem where something is already there."""
    _require_empty()
    with _opened(source) as archive, tempfile.TemporaryDirectory(dir=settings.VAR) as folder:
        archive.extractall(folder, filter="data")
        if connection.vendor == "sqlite":
            (Path(folder) / SQLITE).replace(connection.settings_dict["NAME"])
        else:
            dump = str(Path(folder) / POSTGRES)
            _run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", *_server(), dump)
        for name in (UPLOADS, KEY):  # the key too: what was digested with it must stay provable
            if (Path(folder) / name).exists():
                (Path(folder) / name).replace(settings.VAR / name)


def _opened(source: Path) -> tarfile.TarFile:
    try:
        archive = tarfile.open(source)  # noqa: SIM115 -- closed by who asked for it
    except tarfile.TarError:
        raise Problem(_("这不是备份文件，或文件已损坏。"), remedy=_("请换用另一份备份。")) from None
    if (SQLITE if connection.vendor == "sqlite" else POSTGRES) not in archive.getnames():
        archive.close()
        raise Problem(
            _("备份文件与当前数据库类型不符。"), remedy=_("请设置与备份相同的 KECHUANG_DATABASE_URL。")
        )
    return archive


def _require_empty() -> None:
    embedded = connection.vendor == "sqlite"
    if (
        Path(connection.settings_dict["NAME"]).exists()
        if embedded
        else connection.introspection.table_names()
    ):
        raise Problem(
            _("目标位置已有数据库。"),
            remedy=_("请先移走原有的数据库，或把 KECHUANG_VAR、KECHUANG_DATABASE_URL 指向空的位置。"),
        )
    if any((settings.VAR / UPLOADS).glob("*")):
        raise Problem(_("目标位置已有上传文件。"), remedy=_("请先移走 KECHUANG_VAR 中的 uploads 目录。"))


def _copy_sqlite(database: Path, to: Path) -> None:
    with sqlite3.connect(database) as source, sqlite3.connect(to) as copy:
        source.backup(copy)


def _server() -> list[str]:
    """How the PostgreSQL programs reach the server and the database."""
    given = connection.settings_dict
    words = [f"--dbname={given['NAME']}"]
    words += [f"--host={given['HOST']}"] if given["HOST"] else []
    words += [f"--port={given['PORT']}"] if given["PORT"] else []
    return words + ([f"--username={given['USER']}"] if given["USER"] else [])


def _run(*command: str) -> None:
    env = {**os.environ, "PGPASSWORD": str(connection.settings_dict["PASSWORD"])}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=env)  # noqa: S603 -- fixed programs
    if done.returncode:
        raise Problem(
            _("%(program)s 失败：%(error)s") % {"program": command[0], "error": done.stderr.strip()[-300:]},
            remedy=_("请确认已安装 PostgreSQL 客户端程序并能连接数据库。"),
        )

# SPDX-License-Identifier: Apache-2.0
"""A closed network: everything comes from the one file that KECHUANG_BUNDLE names."""

from __future__ import annotations

import os
import shutil
import tarfile
from pathlib import Path

from tools.processes import SetUpError, say
from tools.stamps import BUILD, done, write

BUNDLE = BUILD / "bundle"


def offline() -> list[str]:
    """Options of pip and uv that take every wheel from the unpacked bundle, where one is given."""
    return ["--no-index", "--find-links", str(BUNDLE / "wheels")] if os.environ.get("KECHUANG_BUNDLE") else []


def unpack_bundle() -> None:
    """Lay out the bundle that KECHUANG_BUNDLE names, once."""
    given = os.environ.get("KECHUANG_BUNDLE")
    if not given:
        return
    source = Path(given).resolve()
    if not source.is_file():
        raise SetUpError(f"KECHUANG_BUNDLE={given}: no such file")
    key = f"{source} {source.stat().st_size} {source.stat().st_mtime_ns}"
    if done(BUNDLE / ".stamp", key):
        return
    say("unpacking the offline bundle")
    shutil.rmtree(BUNDLE, ignore_errors=True)
    with tarfile.open(source) as archive:
        archive.extractall(BUNDLE)  # noqa: S202 - made by dev.py bundle; its wheels are checked against the locks
    for name in ("vendor", "chromium"):
        if (BUNDLE / name).exists():
            shutil.rmtree(BUILD / name, ignore_errors=True)
            (BUNDLE / name).rename(BUILD / name)
    write(BUNDLE / ".stamp", key)

# SPDX-License-Identifier: Apache-2.0
"""One file with everything that would be fetched, for a closed network."""

from __future__ import annotations

import shutil
import sys
import sysconfig
import tarfile

from tools.packages import pip
from tools.processes import ROOT, call, say
from tools.product import prepare
from tools.stamps import BUILD


def bundle(words: list[str]) -> int:
    """All that `run` (with --tests: `test` too) would fetch, for this system and Python, in one file."""
    kinds = ["run", *(["test"] if "--tests" in words else [])]
    prepare("run")
    if "test" in kinds:
        prepare("test", browser=True)
    work = BUILD / "bundling"
    shutil.rmtree(work, ignore_errors=True)
    for kind in ("uv", *kinds):
        say(f"wheels ({kind})")
        wanted = ["--require-hashes", "--only-binary", ":all:", "-r", ROOT / f"requirements/{kind}.txt"]
        call(*pip(), "download", "-q", "--disable-pip-version-check", "-d", work / "wheels", *wanted)
    target = (
        BUILD / f"bundle-{sysconfig.get_platform()}-py{sys.version_info.major}{sys.version_info.minor}.tar"
    )
    with tarfile.open(target, "w") as archive:
        archive.add(work / "wheels", "wheels")
        for name in ("vendor", *(["chromium"] if "test" in kinds else [])):
            archive.add(BUILD / name, name)
    shutil.rmtree(work)
    say(f"{target}: {target.stat().st_size / 1e6:.0f} MB")
    say(f"there: KECHUANG_BUNDLE={target.name} python3 dev.py run")
    return 0

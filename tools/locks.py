# SPDX-License-Identifier: Apache-2.0
"""The locks: hash-pinned, and without the name of any host."""

from __future__ import annotations

import json
import os

from tools.front import node
from tools.packages import uv
from tools.processes import ROOT, SetUpError, call
from tools.stamps import write


def lock(words: list[str]) -> int:
    """Make the locks again, from the index alone: no other source's files or names get in."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("UV_", "PIP_"))}
    compile_ = [uv(), "pip", "compile", "-q", "--universal", "--python-version", "3.11", "--generate-hashes"]
    compile_ += ["--no-header", "--no-annotate", *words]
    folder = ROOT / "requirements"
    groups = ["--extra", "pg", "--group", "dev", "--group", "e2e", "-c", folder / "run.txt"]
    call(*compile_, "pyproject.toml", "--extra", "pg", "-o", folder / "run.txt", env=env)
    call(*compile_, "pyproject.toml", *groups, "-o", folder / "test.txt", env=env)
    for name in ("uv", "node", "bench"):
        wanted = folder / f"{name}.in"
        call(*compile_, wanted, "-o", folder / f"{name}.txt", env=env)
    npm, npm_env = node()
    call(*npm, "install", "--package-lock-only", "--loglevel=error", env=npm_env)
    locked = json.loads((ROOT / "package-lock.json").read_text())
    for package in locked["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    write(ROOT / "package-lock.json", json.dumps(locked, indent=2) + "\n")
    named = [
        path.name for path in (*folder.glob("*.txt"), ROOT / "package-lock.json") if "://" in path.read_text()
    ]
    if named:
        raise SetUpError(f"these locks name a host: {', '.join(named)}")
    return 0

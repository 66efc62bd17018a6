# SPDX-License-Identifier: Apache-2.0
"""What a measurement was made on."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path


def machine() -> str:
    """Cores, model, memory."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = named[0] if named else platform.machine()
    return f"machine: {os.cpu_count()} cores {model}, {memory:.0f} GB, {platform.system()}"


def versions() -> str:
    """Python, SQLite, Django."""
    return f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, Django {version('django')}"

# SPDX-License-Identifier: Apache-2.0
"""Organisations and qualifications by the million: pages at four sizes, and a list of 200,000 taken in beside a writer.

python3 dev.py bench parties_million
python bench/parties_million.py [--engine sqlite|postgresql] [--sizes 1000,10000,100000,1000000] [--rows 200000]

Each engine in a process and a folder of its own; PostgreSQL durable. Pages through Django's client, warm, signed in;
every page may take 15 queries at most. The writer commits a small change again and again while the list is read and
taken, as an official at a desk would; how long it ever waited is printed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from _machine import machine, versions

ROOT = Path(__file__).resolve().parents[1]
SIZES, ROWS = "1000,10000,100000,1000000", 200_000
sys.path.insert(0, str(ROOT / "tests"))


def on(engine: str, sizes: str, rows: int) -> int:
    folder = Path(tempfile.mkdtemp(prefix="kechuang-bench-", dir="/tmp"))
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "kechuang.site.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}",
        "KECHUANG_VAR": str(folder),
    }
    command = [sys.executable, str(ROOT / "bench/_parties_lane.py"), str(folder), sizes, str(rows)]
    try:
        if engine == "sqlite":
            return subprocess.run(command, env=env, check=False).returncode
        from postgres import server  # noqa: PLC0415 -- only where a server is wanted

        with server(durable=True) as url:
            return subprocess.run(command, env={**env, "KECHUANG_DATABASE_URL": url}, check=False).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--rows", type=int, default=ROWS)
    asked = parser.parse_args()
    print(f"{machine()}\n{versions()}", flush=True)
    engines = [asked.engine] if asked.engine else ["sqlite", "postgresql"]
    return max(on(engine, asked.sizes, asked.rows) for engine in engines)


if __name__ == "__main__":
    sys.exit(main())

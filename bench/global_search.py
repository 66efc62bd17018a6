# SPDX-License-Identifier: Apache-2.0
"""The global search at four sizes: making the index, asking it while typing, how soon a change is findable.

python3 dev.py bench global_search

SQLite, one process a size, warm. A question is what a person causes while typing: grams asked of the index, who may
open what, the words of the hits read from the database. "findable" is from the commit of a change until it is found,
without the tenth of a second in which changes gather.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

SIZES = (1_000, 10_000, 100_000, 300_000)
HEAD = "documents  build s  disk MB  p50 ms  p95 ms  p99 ms  found  findable p50 ms    max"


def main() -> None:
    """One database and one folder a size."""
    print(f"{HEAD:>86}", flush=True)
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            env = {
                **os.environ,
                "KECHUANG_VAR": folder,
                "DJANGO_SETTINGS_MODULE": "kechuang.site.settings",
                "PYTHONPATH": str(Path(__file__).parent),
            }
            work = f"import django; django.setup(); import _search_lane; _search_lane.measure({size})"
            subprocess.run([sys.executable, "-c", work], env=env, check=True)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sets up whatever is needed and starts it: standard library only, nothing to install or activate first.

python3 dev.py run [--host H] [--port N] [--no-demo] [--no-serve]   the product on http://127.0.0.1:8000
python3 dev.py test [pytest arguments]   the suite: SQLite, guarantees on PostgreSQL, journeys in a browser
python3 dev.py check             format, lint, laws, types, content, migrations
python3 dev.py format            write the format
python3 dev.py bench [name ...]  the benchmarks of bench/
python3 dev.py lock [--upgrade]  make requirements/*.txt and package-lock.json again
python3 dev.py bundle [--tests]  one file for a closed network; there: KECHUANG_BUNDLE=file python3 dev.py run
python3 dev.py env               only what ./kechuang needs

Mirrors set for pip and npm are used. What is done is stamped and not done again; a stamp is written last.
"""

from __future__ import annotations

import signal
import sys
from typing import NoReturn

if sys.version_info < (3, 11):  # noqa: UP036 - this script says so; nothing else could
    sys.exit("Kechuang needs Python 3.11 or newer; this is " + sys.version.split()[0])

from tools import bundles, locks, product, suite
from tools.processes import SetUpError, say, stop_all

COMMANDS = {
    "run": product.run,
    "env": product.environment,
    "test": suite.test,
    "check": suite.check,
    "format": suite.write_format,
    "bench": suite.bench,
    "lock": locks.lock,
    "bundle": bundles.bundle,
}


def interrupted(number: int, _frame: object) -> NoReturn:
    """Turn a signal into an end that cleans up."""
    raise SystemExit(128 + number)


def main() -> int:
    """Do the named command; leave nothing running."""
    name, words = (sys.argv[1:2] or ["help"])[0], sys.argv[2:]
    if name not in COMMANDS:
        print(__doc__)
        return 0 if name in {"-h", "--help", "help"} else 2
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupted)
    try:
        return COMMANDS[name](words)
    except SetUpError as problem:
        say(f"FAILED: {problem}")
        return 1
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop_all()


if __name__ == "__main__":
    sys.exit(main())

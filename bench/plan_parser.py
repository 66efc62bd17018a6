# SPDX-License-Identifier: Apache-2.0
"""How well and how fast plans are read: precision and recall over the documents of the tests, seconds by size."""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from engines.plandoc import scoring  # noqa: E402 -- the path is set first
from kechuang.engines.plandoc import parse_plan  # noqa: E402 -- the path is set first

MEGABYTES = (0.25, 0.5, 1, 2)


def main() -> None:
    documents = sys.argv[1:] or scoring.names()
    print(
        f"{len(documents)} documents\n{'field':<18}{'right':>6}{'proposed':>9}{'expected':>9}{'P':>8}{'R':>8}"
    )
    wrong = []
    for field, score in scoring.scores(documents).items():
        counts = f"{score.right:>6}{score.proposed:>9}{score.expected:>9}"
        print(f"{field:<18}{counts}{score.precision:>8.1%}{score.recall:>8.1%}")
        wrong += [f"{field}: {line}" for line in score.wrong]
    print("\n".join(sorted(wrong, key=lambda line: line.split(": ")[1])))
    text = scoring.text_of("one-long-line").strip()
    for size in MEGABYTES:
        line = text * (int(size * 1_000_000 / len(text.encode())) + 1)
        begin = process_time()
        tasks = len(parse_plan(line).tasks)
        print(f"one line of {size} MB: {process_time() - begin:.1f} s, {tasks} tasks")


if __name__ == "__main__":
    main()

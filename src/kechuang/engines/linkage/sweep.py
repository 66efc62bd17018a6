# SPDX-License-Identifier: Apache-2.0
"""Many wanted names against a stream of known ones, in one pass (一遍比对): the wanted are few, the known are many.

The wanted stand in an index of pairs of letters; each known name looks up only those it shares enough pairs with.
A key of two or three letters is found only where a pair of it is whole.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz

from kechuang.engines.linkage.names import block_key
from kechuang.engines.linkage.register import ALIKE, MOST_CANDIDATES, Candidate


def similar_names(
    wanted: Iterable[str],
    known: Iterable[tuple[int, str]],
    *,
    least: int = ALIKE,
    most: int = MOST_CANDIDATES,
) -> dict[str, list[Candidate]]:
    """For each wanted name the known ones (key, block key) at least so alike, the most alike first.

    ``known`` gives block keys, not names, so that nothing is worked out again for each of a million.
    """
    keys = {name: block_key(name) for name in wanted}
    texts = sorted({key for key in keys.values() if key})
    index: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for pair in _pairs(text):
            index[pair].append(place)
    found = _found(texts, index, known, least, most)
    return {name: found.get(text, []) for name, text in keys.items()}


def _found(
    texts: list[str], index: dict[str, list[int]], known: Iterable[tuple[int, str]], least: int, most: int
) -> dict[str, list[Candidate]]:
    sizes = [len(_pairs(text)) for text in texts]
    best: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for key, text in known:
        shared: Counter[int] = Counter()
        pairs = _pairs(text)
        for pair in pairs:
            if pair in index:
                shared.update(index[pair])
        for place, count in shared.items():
            if count * 2 < min(len(pairs), sizes[place]) - 2:  # alike by four fifths share half their pairs
                continue
            alike = round(fuzz.ratio(texts[place], text, score_cutoff=least - 0.5))
            if alike >= least:
                heapq.heappush(best[place], (alike, -key))
                if len(best[place]) > most:
                    heapq.heappop(best[place])
    return {
        texts[place]: [Candidate(-key, alike) for alike, key in sorted(kept, reverse=True)]
        for place, kept in best.items()
    }


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text}

# SPDX-License-Identifier: Apache-2.0
"""Journal verbs in words (动作的中文名): each app names its own in ``AppConfig.ready``; a test misses none."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise

_WORDS: dict[str, str | Promise] = {}


def name_verbs(words: Mapping[str, str | Promise]) -> None:
    """Give journal verbs their Chinese names."""
    _WORDS.update(words)


def verb_words(verb: str) -> str:
    """The name of a verb, or the verb itself."""
    return str(_WORDS.get(verb, verb))


def named_verbs() -> set[str]:
    """The verbs that have names."""
    return set(_WORDS)

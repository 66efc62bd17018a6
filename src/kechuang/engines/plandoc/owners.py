# SPDX-License-Identifier: Apache-2.0
"""From statements to office mentions (责任落实到处室): rules said once, the catalogue, collective parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kechuang.engines.plandoc.characters import fold_read
from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.parties import (
    RULE_EVERYWHERE,
    RULE_FIRST_LEADS,
    RULE_SINGLE_LEADS,
    Party,
    is_collective,
)
from kechuang.engines.plandoc.proposal import OfficeMention, OfficeName, Role
from kechuang.engines.plandoc.statements import Statement


class Catalogue:
    """Names and aliases of known offices, folded; `knows` is None for every name while the catalogue is empty."""

    def __init__(self, offices: Sequence[OfficeName]) -> None:
        self._names = {fold_read(name): o.name for o in offices for name in (*o.aliases, o.name)}

    @property
    def names(self) -> frozenset[str]:
        """All folded names."""
        return frozenset(self._names)

    def office(self, name: str) -> str | None:
        """Catalogue name of a name as written."""
        return self._names.get(fold_read(name).replace(" ", ""))

    def knows(self, name: str) -> bool | None:
        """Whether the name is in the catalogue."""
        return self.office(name) is not None if self._names else None


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules a document says once, for all tasks."""

    first_is_lead: bool
    single_is_lead: bool
    notes: tuple[str, ...]


def rules_of(manuscript: Manuscript) -> Rules:
    """列第一位者为牵头单位 · 无牵头单位的，责任单位即为牵头单位 · 以下均需各市落实，不再列出."""
    read = manuscript.read
    found = [next(p.finditer(read), None) for p in (RULE_FIRST_LEADS, RULE_SINGLE_LEADS, RULE_EVERYWHERE)]
    notes = tuple(manuscript.written(*match.span()).strip("，。；、（） ") for match in found if match)
    return Rules(found[0] is not None, found[1] is not None, notes)


def mentions_of(
    manuscript: Manuscript, statements: Sequence[Statement], catalogue: Catalogue, rules: Rules
) -> list[OfficeMention]:
    """Mentions in order of writing, each name once; a lead stays lead where it is named again."""
    found: dict[str, OfficeMention] = {}
    for statement in statements:
        for party in by_rule(statement.parties, rules):
            mention = mention_of(manuscript, party, catalogue)
            if not mention.name:
                continue
            earlier = found.get(mention.name)
            if earlier is None or (mention.role == "lead" and earlier.role != "lead"):
                found[mention.name] = mention
    return list(found.values())


def by_rule(parties: Sequence[Party], rules: Rules) -> list[Party]:
    """Apply the document's rules to a single list without roles."""
    listed = [party for party in parties if party.role != "leader"]
    if not listed or any(party.role != "responsible" for party in listed):
        return list(parties)
    leads = rules.first_is_lead or (rules.single_is_lead and len(listed) == 1)
    if not leads:
        return list(parties)

    def role(party: Party) -> Role:
        return "leader" if party.role == "leader" else "lead" if party is listed[0] else "co"

    return [replace(party, role=role(party)) for party in parties]


def mention_of(manuscript: Manuscript, party: Party, catalogue: Catalogue) -> OfficeMention:
    """The mention of one party, looked up in the catalogue."""
    start, end = manuscript.trim(*party.span)
    name = manuscript.written(start, end)
    return OfficeMention(
        name,
        manuscript.span(start, end),
        party.role,
        party.verb,
        catalogue.knows(name),
        catalogue.office(name),
        is_collective(manuscript.read[start:end]),
    )

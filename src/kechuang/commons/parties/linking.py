# SPDX-License-Identifier: Apache-2.0
"""Which organisation each line of a list means (比对): weighed by the linkage, doubts left to a person.

A line is weighed against the organisations that share a code or a name with it; a line without a valid code also
against those of similar names, which are found in one pass over all names once the whole list has been read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from kechuang.commons.parties.models import (
    Organization,
    OrganizationCode,
    OrganizationKind,
    OrganizationName,
    PartyList,
    PartyRow,
    Region,
)
from kechuang.commons.parties.queries.identity import PARTY, survivors
from kechuang.commons.parties.queries.likeness import whole
from kechuang.commons.parties.queries.places import regions_by_name
from kechuang.commons.parties.queries.stock import HOLDER
from kechuang.commons.parties.reading import Read, named_things
from kechuang.commons.parties.statements import described
from kechuang.engines.linkage.codes import USCC, contained
from kechuang.engines.linkage.evidence import DOUBTFUL, Description, Evidence, weigh
from kechuang.engines.linkage.names import block_key, likeness, normalised
from kechuang.engines.linkage.sweep import similar_names

Match, Decision = PartyRow.Match, PartyRow.Decision
CERTAIN, RENAMED, MOST_CANDIDATES, CHUNK = 95, 60, 5, 5000


@dataclass(slots=True)
class Finding:
    """What a line was taken for: match, decision or suggestion, organisation, candidates with likeness and reasons."""

    match: str
    decision: str
    organization: int | None = None
    suggestion: str = ""
    candidates: dict[str, list[object]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


def description_of(texts: Mapping[str, str], codes: Mapping[str, str]) -> Description:
    """A line as the linkage weighs it."""
    former = texts.get("former", "")
    names = (texts.get("name", ""), *(name for name in former.replace("；", "、").split("、") if name))
    facts = ("region", "representative", "address", "founded")
    return Description(names, codes, {name: texts[name] for name in facts if texts.get(name)})


def sharing(rows: Sequence[Read]) -> dict[int, list[Organization]]:
    """By line number the organisations that share a code or a name with it, of now or before (few queries)."""
    keys: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for mark in _marks(row):
            keys[mark].add(row.line)
    names = {mark[5:] for mark in keys if mark.startswith("name:")}
    codes = {mark[5:] for mark in keys if mark.startswith("code:")}
    lines: dict[int, set[int]] = defaultdict(set)
    present = Organization.objects.filter(Q(name_key__in=names) | Q(uscc__in=codes) | Q(inner_code__in=codes))
    for party, name, uscc, inner in present.annotate(party=PARTY).values_list(
        "party", "name_key", "uscc", "inner_code"
    ):
        lines[party] |= keys[f"name:{name}"] | keys[f"code:{uscc}"] | keys[f"code:{inner}"]
    former = OrganizationName.objects.filter(name_key__in=names).annotate(party=HOLDER)
    for party, name in former.values_list("party", "name_key"):
        lines[party] |= keys[f"name:{name}"]
    old = OrganizationCode.objects.filter(value__in=codes).annotate(party=HOLDER)
    for party, value in old.values_list("party", "value"):
        lines[party] |= keys[f"code:{value}"]
    found: dict[int, list[Organization]] = defaultdict(list)
    for organization in whole(survivors().filter(pk__in=lines)):
        for line in lines[organization.pk]:
            found[line].append(organization)
    return found


def _marks(row: Read) -> Iterable[str]:
    """What a line can be found by."""
    if USCC in row.codes:
        yield f"code:{contained(row.codes[USCC])}"
    yield from (f"code:{code}" for code in row.codes.values())
    names = (row.name, *row.texts.get("former", "").replace("；", "、").split("、"))
    yield from (f"name:{key}" for name in names if (key := block_key(name)))


def judged(row: Read, among: Sequence[Organization]) -> Finding:
    """What a line means among the organisations that may be meant."""
    own = description_of(row.texts, row.codes)
    weighed = [(organization, weigh(own, described(organization))) for organization in among]
    fit = sorted(
        ((one, found) for one, found in weighed if not found.forbidden and found.likeness >= DOUBTFUL),
        key=lambda pair: (-pair[1].likeness, pair[0].pk),
    )[:MOST_CANDIDATES]
    finding = _decided(row, fit)
    finding.candidates = {str(one.pk): [found.likeness, list(found.reasons)] for one, found in fit}
    namesakes = [one for one, found in weighed if found.reasons == ("codes_differ",) and _same_name(one, row)]
    if namesakes and finding.decision == Decision.NEW:
        finding.words.append(
            _("系统里有同名机构，代码不同（%(code)s）；不同的有效代码不会合并。")
            % {"code": namesakes[0].uscc or ""}
        )
    if row.texts.get(USCC) and USCC not in row.codes and finding.decision != Decision.SKIP:
        _leave_open(finding)  # a wrong code: whose it is, a person says
    return finding


def _same_name(organization: Organization, row: Read) -> bool:
    return bool(row.name) and normalised(organization.name) == normalised(row.name)


def _decided(row: Read, fit: Sequence[tuple[Organization, Evidence]]) -> Finding:
    if not row.name and not row.codes:
        return Finding(Match.ERROR, Decision.SKIP, words=[_("没有名称，也没有有效代码。")])
    if not fit:
        if not row.name:
            return Finding(Match.ERROR, Decision.SKIP, words=[_("没有名称，系统里也没有这个代码。")])
        return Finding(Match.NEW, Decision.NEW)
    first, evidence = fit[0]
    if evidence.likeness == 100:  # noqa: PLR2004 -- a shared code
        return _by_code(row, first)
    certain = [one for one, found in fit if found.likeness >= CERTAIN]
    if len(certain) == 1 and USCC not in row.codes:
        return Finding(Match.NAME, Decision.TAKE, first.pk)
    finding = Finding(Match.DOUBT, Decision.OPEN, words=[_doubt(certain)])
    if len(certain) == 1:
        finding.suggestion = Decision.TAKE
    return finding


def _by_code(row: Read, organization: Organization) -> Finding:
    former = [one.name for one in organization.former_names.all()]
    alike = (
        max((likeness(row.name, name) for name in (organization.name, *former)), default=0)
        if row.name
        else 100
    )
    words = {"name": organization.name}
    if alike == 100:  # noqa: PLR2004 -- equal names
        return Finding(Match.CODE, Decision.TAKE, organization.pk)
    if alike >= RENAMED:
        said = _("代码一致，登记名称为“%(name)s”，疑似更名。") % words
        return Finding(Match.CODE, Decision.TAKE, organization.pk, words=[said])
    said = _("代码与“%(name)s”相同，名称却相差很大：是更名，还是代码填错？") % words
    return Finding(Match.DOUBT, Decision.OPEN, words=[said])


def _doubt(certain: Sequence[Organization]) -> str:
    if len(certain) == 1:
        return _("系统里有同名机构，尚无代码：确认是同一家后，将补上代码。")
    if certain:
        return _("系统里有 %(count)s 家同名机构。") % {"count": len(certain)}
    return _("系统里有名称相近的机构。")


def _leave_open(finding: Finding) -> None:
    if finding.decision == Decision.OPEN:
        return
    finding.suggestion, finding.decision, finding.match = finding.decision, Decision.OPEN, Match.ERROR
    finding.organization = None


def repeated(listed: PartyList, rows: Sequence[Read]) -> dict[int, int]:
    """Lines that name an organisation an earlier line of the list names already: line -> the earlier one."""
    codes = {row.codes[USCC] for row in rows if USCC in row.codes}
    names = {block_key(row.name) for row in rows if USCC not in row.codes and row.name}
    earlier = listed.rows.filter(Q(uscc__in=codes) | Q(name_key__in=names, valid=False))
    seen_codes: dict[str, int] = {}
    seen_names: dict[str, int] = {}
    for line, uscc, name, valid in earlier.order_by("line").values_list("line", "uscc", "name", "valid"):
        if valid:
            seen_codes.setdefault(uscc, line)
        else:
            seen_names.setdefault(normalised(name), line)
    found: dict[int, int] = {}
    for row in rows:
        code, name = row.codes.get(USCC, ""), normalised(row.name)
        seen, key = (seen_codes, code) if code else (seen_names, name)
        if key and key in seen:
            found[row.line] = seen[key]
        elif key:
            seen[key] = row.line
    return found


def similar(rows: Sequence[PartyRow]) -> dict[int, list[int]]:
    """By row key the organisations of similar names: one pass over every name, of now and before."""
    wanted = {row.name for row in rows}
    known = _all_names()
    found = similar_names(wanted, known, most=MOST_CANDIDATES)
    return {row.pk: [one.key for one in found[row.name]] for row in rows if found[row.name]}


def _all_names() -> Iterable[tuple[int, str]]:
    present = Organization.objects.annotate(party=PARTY).values_list("party", "name_key")
    yield from present.order_by().iterator(chunk_size=CHUNK)
    former = OrganizationName.objects.annotate(party=HOLDER)
    yield from former.values_list("party", "name_key").iterator(chunk_size=CHUNK)


def read_again(row: PartyRow) -> Read:
    """A stored row as it was read."""
    return Read(row.line, dict(row.data["texts"]), dict(row.data["codes"]), list(row.data["faults"]))


def weighed_again(row: PartyRow, among: Iterable[Organization]) -> Finding:
    """The finding of a row that is weighed against further organisations."""
    return judged(read_again(row), list(among))


def kinds_by_name() -> dict[str, str]:
    """The codes of what organisations can be, by their names."""
    return {name: code for code, name in OrganizationKind.objects.values_list("code", "name")}


def matched(listed: PartyList, reads: Sequence[Read]) -> list[PartyRow]:
    """Lines as rows, each with what it was taken for; nothing is stored, so that nobody waits for it."""
    regions, zones = regions_by_name(Region.Kind.DIVISION), regions_by_name(Region.Kind.ZONE)
    kinds = kinds_by_name()
    for read in reads:
        named_things(read, regions, zones, kinds)
    near, again = sharing(reads), repeated(listed, reads)
    return [_row(listed, read, near.get(read.line, ()), again.get(read.line)) for read in reads]


def _row(listed: PartyList, read: Read, near: Sequence[Organization], earlier: int | None) -> PartyRow:
    row = PartyRow(
        listed=listed,
        line=read.line,
        name=read.name,
        uscc=(read.codes.get(USCC) or read.texts.get(USCC, ""))[:40],
        valid=USCC in read.codes,
        data={"texts": read.texts, "codes": read.codes, "faults": read.faults},
    )
    if earlier is None:
        put(row, judged(read, near))
    else:
        words = _("与第 %(line)s 行是同一家机构，不重复登记。") % {"line": earlier}
        put(row, Finding(Match.ERROR, Decision.SKIP, suggestion=Decision.SKIP, words=[words]))
    return row


def put(row: PartyRow, finding: Finding) -> None:
    """Write a finding into a row."""
    row.match, row.decision, row.suggestion = finding.match, finding.decision, finding.suggestion
    row.organization_id, row.candidates = finding.organization, finding.candidates
    row.problem = "".join([*finding.words, *row.data["faults"]])

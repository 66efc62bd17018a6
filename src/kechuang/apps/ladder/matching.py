# SPDX-License-Identifier: Apache-2.0
"""Which organisation each line means (比对): by code, by name, with doubts; two valid codes never become one. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kechuang.apps.ladder.models import ListRow
from kechuang.apps.ladder.queries import Holdings
from kechuang.apps.ladder.reading import Entry
from kechuang.engines.linkage.names import SAME, likeness, normalised
from kechuang.engines.linkage.register import NameRegister

Match, Decision = ListRow.Match, ListRow.Decision
RENAMED = 70
MOST_SEARCHES = 5_000


@dataclass(slots=True)
class Finding:
    """What a line was taken for: the match, what is decided or suggested, the organisation (key), candidates, words."""

    match: str
    decision: str
    organization: int | None = None
    suggestion: str = ""
    candidates: list[tuple[int, int]] = field(default_factory=list)
    problem: str = ""


@dataclass(slots=True)
class Register:
    """What is known: organisations by key, code and name; what is registered of this kind."""

    names: dict[int, str]
    codes: dict[int, str]
    by_code: dict[str, int]
    by_name: NameRegister
    held: Holdings
    searches: int = 0

    @classmethod
    def of(cls, known: Iterable[tuple[int, str, str | None]], held: Holdings) -> Register:
        """From (key, name, code) and what is registered."""
        rows = list(known)
        return cls(
            {key: name for key, name, _code in rows},
            {key: code for key, _name, code in rows if code},
            {code: key for key, _name, code in rows if code},
            NameRegister.of((key, name) for key, name, _code in rows),
            held,
        )

    def similar(self, name: str) -> list[tuple[int, int]] | None:
        """The organisations of similar names; None after so many searches that the next would take too long."""
        self.searches += 1
        if self.searches > MOST_SEARCHES:
            return None
        return [(one.key, one.likeness) for one in self.by_name.similar(name)]


def match_entries(entries: Sequence[Entry], register: Register) -> list[Finding]:
    """A finding for each line, in order; a line also looks at those before it in the same list."""
    seen_numbers: dict[str, int] = {}
    seen_codes: dict[str, int] = {}
    seen_names: dict[str, int] = {}
    findings = []
    for entry in entries:
        finding = _repeated(entry, seen_numbers) or _registered(entry, register) or _meant(entry, register)
        finding = _held_already(entry, finding, register) or finding
        if finding.decision != Decision.SKIP:
            _beside_earlier(entry, finding, seen_codes, seen_names)
        _explain(entry, finding)
        findings.append(finding)
        if entry.number:
            seen_numbers.setdefault(entry.number, entry.line)
        if entry.uscc_valid:
            seen_codes.setdefault(entry.uscc, entry.line)
        elif entry.name:
            seen_names.setdefault(normalised(entry.name), entry.line)
    return findings


def _error(problem: str, decision: str = Decision.SKIP) -> Finding:
    return Finding(Match.ERROR, decision, suggestion=Decision.SKIP, problem=problem)


def _repeated(entry: Entry, seen: Mapping[str, int]) -> Finding | None:
    """The same number twice in one list: the first counts."""
    if entry.number and entry.number in seen:
        return _error(_("编号与第 %(line)s 行重复，不重复登记。") % {"line": seen[entry.number]})
    return None


def _registered(entry: Entry, register: Register) -> Finding | None:
    """The number is registered already, for this firm or for another one."""
    holder = register.held.numbers.get(entry.number) if entry.number else None
    if holder is None:
        return None
    key, name = holder
    same = register.by_code.get(entry.uscc) == key if entry.uscc_valid else likeness(entry.name, name) == SAME
    if same:
        return _error(_("这个编号已经登记过，不重复登记。"))
    return _error(_("这个编号已登记在“%(name)s”名下，不能再登记给另一家企业；请核对名单。") % {"name": name})


def _held_already(entry: Entry, finding: Finding, register: Register) -> Finding | None:
    """A line without a number: the firm holds this kind from that very day."""
    if entry.number or (finding.organization, entry.valid_from) not in register.held.since:
        return None
    return _error(
        _("这家企业自 %(day)s 起的这项资质已经登记过，不重复登记。") % {"day": entry.valid_from.isoformat()}
    )


def _meant(entry: Entry, register: Register) -> Finding:
    if not entry.name and not entry.uscc:
        return _error(_("没有企业名称和统一社会信用代码。"))
    if entry.uscc_valid:
        return _by_code(entry, register)
    return _by_name(entry, register)


def _by_code(entry: Entry, register: Register) -> Finding:
    key = register.by_code.get(entry.uscc)
    if key is None:
        return _unknown_code(entry, register)
    alike = likeness(entry.name, register.names[key]) if entry.name else SAME
    if alike == SAME:
        return Finding(Match.EXACT, Decision.TAKE, key)
    words = {"name": register.names[key]}
    if alike >= RENAMED:
        return Finding(
            Match.EXACT, Decision.TAKE, key, problem=_("代码一致，登记名称为“%(name)s”，疑似更名。") % words
        )
    return Finding(
        Match.DOUBT,
        Decision.OPEN,
        suggestion="",
        candidates=[(key, alike)],
        problem=_("代码与“%(name)s”相同，名称却相差很大：是更名，还是代码填错？") % words,
    )


def _unknown_code(entry: Entry, register: Register) -> Finding:
    """A code not seen before: a new firm, unless one of that name waits without a code."""
    if not entry.name:
        return _error(_("代码有效，但没有企业名称，系统里也没有这个代码。"))
    namesakes = register.by_name.equal(entry.name)
    codeless = [key for key in namesakes if key not in register.codes]
    if codeless:
        return Finding(
            Match.DOUBT,
            Decision.OPEN,
            suggestion=Decision.TAKE if len(codeless) == 1 else "",
            candidates=[(key, SAME) for key in codeless],
            problem=_("系统里有同名企业，尚无代码：确认是同一家后，将补上代码。"),
        )
    if namesakes:
        code = register.codes[namesakes[0]]
        return Finding(
            Match.DOUBT,
            Decision.OPEN,
            suggestion=Decision.NEW,
            candidates=[(key, SAME) for key in namesakes],
            problem=_("系统里有同名企业，但代码不同（%(code)s）；不同的有效代码不会合并。") % {"code": code},
        )
    return Finding(Match.NEW, Decision.NEW)


def _by_name(entry: Entry, register: Register) -> Finding:
    """No valid code: the equal name if it is the only one, else the similar ones for a person to choose from."""
    wrong_code = bool(entry.uscc)
    equal = register.by_name.equal(entry.name)
    if len(equal) == 1 and not wrong_code:
        return Finding(Match.NAME, Decision.TAKE, equal[0])
    near = [(key, SAME) for key in equal] or register.similar(entry.name)
    finding = Finding(Match.ERROR if wrong_code else Match.DOUBT, Decision.OPEN, candidates=near or [])
    if len(equal) == 1:
        finding.suggestion = Decision.TAKE
    elif near == [] and not wrong_code:
        finding.suggestion = Decision.NEW
    if not wrong_code:
        finding.problem = _doubt_words(equal, near)
    return finding


def _doubt_words(equal: Sequence[int], near: Sequence[tuple[int, int]] | None) -> str:
    if near is None:
        return _("没有代码，系统里没有同名企业；没有代码的行太多，这一行没有再与相近的名称比对。")
    if equal:
        return _("没有代码，系统里有 %(count)s 家同名企业。") % {"count": len(equal)}
    if near:
        return _("没有代码，系统里有名称相近的企业。")
    return _("没有代码，系统里也没有同名或相近的企业。")


def _beside_earlier(
    entry: Entry, finding: Finding, codes: Mapping[str, int], names: Mapping[str, int]
) -> None:
    """The same firm twice in one list under two numbers: a person decides."""
    line = (
        codes.get(entry.uscc)
        if entry.uscc_valid
        else names.get(normalised(entry.name))
        if entry.name
        else None
    )
    if line is None:
        return
    if finding.organization is not None:
        finding.candidates = [(finding.organization, SAME)]
    finding.match, finding.organization = Match.DOUBT, None
    finding.decision, finding.suggestion = Decision.OPEN, Decision.SKIP
    words = _("与第 %(line)s 行是同一家企业，编号不同。") % {"line": line}
    finding.problem = f"{words}{finding.problem}"


def _explain(entry: Entry, finding: Finding) -> None:
    """What could not be read is shown, and where it matters a person decides."""
    if not entry.problems:
        return
    finding.problem = "".join([finding.problem, *entry.problems])
    if finding.match in {Match.EXACT, Match.NAME, Match.NEW}:
        if finding.organization is not None:
            finding.candidates = [(finding.organization, SAME)]
        finding.suggestion, finding.decision = finding.decision, Decision.OPEN
        finding.match, finding.organization = Match.ERROR, None

# SPDX-License-Identifier: Apache-2.0
"""Reading lists: their lines, what is still open, what is known of firms."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from kechuang.apps.ladder.models import ListImport, ListRow
from kechuang.commons.access.actors import USER_KIND
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse
from kechuang.commons.parties.models import Organization, Qualification
from kechuang.commons.parties.queries import HOLDER, standing

_WAITING = ListRow.objects.filter(list=OuterRef("pk"), decision=ListRow.Decision.OPEN).order_by()
_OPEN_COUNT = Coalesce(Subquery(_WAITING.values("list").annotate(count=Count("pk")).values("count")), 0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that a line may mean, with how alike the names are (0 to 100)."""

    organization: Organization
    likeness: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A list that is not confirmed: how many lines wait, and whether the viewer uploaded it or settled a line."""

    listed: ListImport
    waiting: int
    touched: bool


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is registered of a kind: number -> (organisation, its name); (organisation, first day)."""

    numbers: dict[str, tuple[int, str]]
    since: set[tuple[int, dt.date]]


def lists_published_by(day: dt.date) -> QuerySet[ListImport]:
    """Lists published up to a day, with the number of lines that wait for a decision."""
    return (
        ListImport.objects.filter(issued_on__lte=day)
        .select_related("kind", "document")
        .annotate(open_count=_OPEN_COUNT)
    )


def drafts_on(day: dt.date, actor: Actor) -> list[Draft]:
    """The drafts with what they wait for; one query."""
    touched = _by("uploaded", actor) | Exists(
        ListRow.objects.filter(_by("settled", actor), list=OuterRef("pk"))
    )
    found = ListImport.objects.filter(issued_on__lte=day, state=ListImport.State.DRAFT).select_related("kind")
    rows = found.annotate(open_count=_OPEN_COUNT, touched=touched)
    return [Draft(row, row.open_count, row.touched) for row in rows]


def open_rows(listed: ListImport) -> QuerySet[ListRow]:
    """The lines that wait for a decision."""
    return listed.rows.filter(decision=ListRow.Decision.OPEN)


def has_uploaded(listed: ListImport, actor: Actor) -> bool:
    """Whether the actor, or who acted for him or for whom he acts, uploaded the list."""
    return ListImport.objects.filter(_by("uploaded", actor), pk=listed.pk).exists()


def has_settled(listed: ListImport, actor: Actor) -> bool:
    """Whether the actor, or who acted for him or for whom he acts, decided any line of the list."""
    return listed.rows.filter(_by("settled", actor)).exists()


def _by(did: str, actor: Actor) -> Q:
    """By one of the actor's persons, himself or in his name."""
    persons = {f"{USER_KIND}:{key}" for key in actor.persons}
    return Q(**{f"{did}_by_id__in": actor.persons}) | Q(**{f"{did}_for__in": persons})


def counts_of(listed: ListImport) -> tuple[list[tuple[str, str, int]], list[tuple[str, str, int]]]:
    """How many lines by match and by decision, as (code, words, count); one query."""
    by_match: Counter[str] = Counter()
    by_decision: Counter[str] = Counter()
    rows = listed.rows.order_by().values_list("match", "decision").annotate(count=Count("pk"))
    for match, decision, count in rows:
        by_match[match] += count
        by_decision[decision] += count
    return (
        [(code, str(words), by_match[code]) for code, words in ListRow.Match.choices],
        [(code, str(words), by_decision[code]) for code, words in ListRow.Decision.choices],
    )


def ready_to_confirm(listed: ListImport) -> Verdict:
    """Whether nothing stands in the way of confirming: it is a draft, and no line waits."""
    if listed.state != ListImport.State.DRAFT:
        return refuse(_("这份名单的状态是“%(state)s”，不能再确认。") % {"state": listed.get_state_display()})
    waiting = open_rows(listed).count()
    if waiting:
        return refuse(
            _("还有 %(count)s 行没有决定：请逐行选择“登记到已有企业”“登记为新企业”或“不登记”，再确认。")
            % {"count": waiting}
        )
    return ALLOWED


def candidates_of(rows: Iterable[ListRow]) -> dict[int, list[Candidate]]:
    """The candidates of some lines by line key; one query."""
    wanted = list(rows)
    keys = {key for row in wanted for key, _likeness in row.candidates}
    known = Organization.objects.select_related("region").in_bulk(keys)
    return {
        row.pk: [Candidate(known[key], alike) for key, alike in row.candidates if key in known]
        for row in wanted
    }


def next_open(row: ListRow) -> ListRow | None:
    """The next line of the list that waits, from the one after this round to the ones before."""
    waiting = open_rows(row.list).exclude(pk=row.pk).order_by("line")
    return waiting.filter(line__gt=row.line).first() or waiting.first()


def holdings_of(kind: str) -> Holdings:
    """Who holds which number of a kind, and who holds it from which day; one query."""
    rows = (
        standing(kind)
        .annotate(holder=HOLDER)
        .values_list("number", "holder", "organization__name", "valid_from")
    )
    found = list(rows)
    return Holdings(
        {number: (key, name) for number, key, name, _start in found if number},
        {(key, start) for _number, key, _name, start in found},
    )


def qualifications_of(listed: ListImport) -> QuerySet[Qualification]:
    """What the list registered."""
    return Qualification.objects.filter(source_kind=ListImport._meta.label_lower, source_id=str(listed.pk))


def same_file(kind: str, sha256: str) -> ListImport | None:
    """A list of this kind from the very same file that is neither dropped nor withdrawn."""
    alive = (ListImport.State.DRAFT, ListImport.State.CONFIRMED)
    return ListImport.objects.filter(kind=kind, document__sha256=sha256, state__in=alive).first()

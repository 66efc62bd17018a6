# SPDX-License-Identifier: Apache-2.0
"""Reading lists: their lines, what is still open, what is known of firms."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from kechuang.apps.ladder.models import ListImport, ListRow
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse
from kechuang.commons.parties.models import Organization, Qualification, Region
from kechuang.commons.parties.queries import standing

_OPEN = Q(rows__decision=ListRow.Decision.OPEN)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that a line may mean, with how alike the names are (0 to 100)."""

    organization: Organization
    likeness: int


def lists_published_by(day: dt.date) -> QuerySet[ListImport]:
    """Lists published up to a day, with the number of lines that wait for a decision."""
    return (
        ListImport.objects.filter(issued_on__lte=day)
        .select_related("kind", "document")
        .annotate(open_count=Count("rows", filter=_OPEN))
    )


def open_rows(listed: ListImport) -> QuerySet[ListRow]:
    """The lines that wait for a decision."""
    return listed.rows.filter(decision=ListRow.Decision.OPEN)


def has_settled(listed: ListImport, actor: Actor) -> bool:
    """Whether the actor decided any line of the list."""
    return listed.rows.filter(settled_by_id=actor.id).exclude(settled_by_id="").exists()


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


def numbers_held(kind: str) -> dict[str, tuple[int, str]]:
    """Who holds which number of a kind: number -> (organisation, its name); one query."""
    rows = standing(kind).values_list("number", "organization_id", "organization__name")
    return {number: (key, name) for number, key, name in rows}


def regions_by_name() -> dict[str, int]:
    """Regions under every name a list may use (with and without 区, 县, 市)."""
    known: dict[str, int] = {}
    for pk, name in Region.objects.order_by("-kind", "code").values_list("pk", "name"):
        for spoken in (name, name.rstrip("区县市")):
            if len(spoken) > 1:
                known.setdefault(spoken, pk)
    return known


def qualifications_of(listed: ListImport) -> QuerySet[Qualification]:
    """What the list registered."""
    return Qualification.objects.filter(source_kind=ListImport._meta.label_lower, source_id=str(listed.pk))


def same_file(kind: str, sha256: str) -> ListImport | None:
    """A list of this kind from the very same file that is not withdrawn."""
    lists = ListImport.objects.filter(kind=kind, document__sha256=sha256)
    return lists.exclude(state=ListImport.State.UNDONE).first()

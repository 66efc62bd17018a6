# SPDX-License-Identifier: Apache-2.0
"""Reading comments, and finding the people a text names."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.grants import holds, working
from kechuang.commons.access.models import User
from kechuang.commons.comments.models import Comment
from kechuang.commons.kernel.refs import Ref, visible_to

LONGEST_NAME = 40
_AT = re.compile(
    r"(?<![A-Za-z0-9_.@])@([^\s@,，。；;：:、！!？?“”\"'()（）<>]+)(?:[(（]([^\s()（）]+)[)）])?"
)
_BEGUN = re.compile(r"(?<![A-Za-z0-9_.@])@([^\s@,，。；;：:、！!？?“”\"'()（）<>]{0,40})$")


def comments_on(ref: Ref) -> QuerySet[Comment]:
    """What was said about a record, in order, with the terms of instructions."""
    return Comment.objects.filter(ref_kind=ref.kind, ref_id=ref.id).select_related("instruction")


def edit_ends(comment: Comment) -> dt.datetime:
    """Until when its author may still edit a comment."""
    return comment.at + dt.timedelta(minutes=settings.COMMENT_EDIT_MINUTES)


@dataclass(frozen=True, slots=True)
class Named:
    """A place in a text that names people: as written, and everyone it may mean."""

    written: str
    users: tuple[User, ...]


def named_in(text: str) -> list[Named]:
    """Whom a text names (one query): ``@name`` or ``@name(account)``; the longest name that fits is meant.

    Several people of one name are all given: the caller asks which. What names nobody is plain text.
    """
    places = [(match[1][:LONGEST_NAME], match[2] or "") for match in _AT.finditer(text)]
    wanted = {run[:end] for run, _account in places for end in range(1, len(run) + 1)}
    wanted |= {account for _run, account in places if account}
    if not wanted:
        return []
    known: dict[str, list[User]] = defaultdict(list)
    working_today = User.objects.filter(working(timezone.localdate(), ""))
    for user in working_today.filter(Q(display_name__in=wanted) | Q(username__in=wanted)).order_by("pk"):
        for name in dict.fromkeys((user.display_name, user.username)):
            known[name].append(user)
    return list(_named(places, known))


def _named(places: list[tuple[str, str]], known: dict[str, list[User]]) -> Iterator[Named]:
    for run, account in places:
        by_account = [user for user in known.get(account, ()) if user.username == account]
        if by_account and run in {by_account[0].display_name, by_account[0].username}:
            yield Named(f"{run}({account})", tuple(by_account))
            continue
        longest = next((run[:end] for end in range(len(run), 0, -1) if run[:end] in known), "")
        if longest:
            yield Named(longest, tuple(known[longest]))


def begun_name(text: str) -> str | None:
    """The name being typed at the end of a text after its ``@``, if one is."""
    match = _BEGUN.search(text)
    return match[1] if match else None


def can_be_named(user: User, ref: Ref) -> bool:
    """Whether a person may read comments on a record, so that naming him there reaches him."""
    actor = actor_of(user)
    return bool(holds(actor, "comments.view_comment")) and ref in visible_to(actor, [ref])


def people_to_name(begun: str, ref: Ref, *, most: int = 8) -> list[tuple[User, str]]:
    """People whose name or account begins so and who may read comments on the record, each with how to write him."""
    rows = User.objects.filter(working(timezone.localdate(), ""))
    if begun:
        rows = rows.filter(Q(display_name__startswith=begun) | Q(username__startswith=begun))
    found = [user for user in rows.order_by("display_name", "pk")[: 2 * most] if can_be_named(user, ref)][
        :most
    ]
    alike = Counter(
        rows.filter(display_name__in=[user.display_name for user in found]).values_list(
            "display_name", flat=True
        )
    )
    return [
        (user, str(user) if alike[user.display_name] == 1 else f"{user}({user.username})") for user in found
    ]

# SPDX-License-Identifier: Apache-2.0
"""The shapes of answers: a page of things, and a problem (RFC 9457)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Refused
from kechuang.commons.kernel.verdicts import refuse

T = TypeVar("T")
Number = Annotated[int, Field(ge=1, le=100_000)]
Size = Annotated[int, Field(ge=1, le=200)]
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Page(Schema, Generic[T]):
    """One page: what is on it, how many there are in all, which page, how many a page."""

    items: list[T]
    total: int
    page: int
    size: int


class ProblemDetails(Schema):
    """What went wrong, in words for a person: what, where, the remedy."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    remedy: str = ""
    field: str = ""


FAULTS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422), ProblemDetails)


def answers(shape: Any) -> dict[int, Any]:
    """What an operation may answer: the shape, or a problem."""
    return {200: shape, **FAULTS}


def page_of(
    rows: QuerySet[Any] | Sequence[Any], shown: Callable[[Any], Any], page: int, size: int
) -> dict[str, Any]:
    """One page of rows, each as ``shown`` gives it: a count and a query."""
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    start = (page - 1) * size
    return {
        "items": [shown(row) for row in rows[start : start + size]],
        "total": total,
        "page": page,
        "size": size,
    }


def caller(request: HttpRequest, permission: str) -> Actor:
    """The actor of a request, who must hold a permission. Raises Refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.limit is not None and permission not in actor.limit:
        raise Refused(
            refuse(_("这个令牌没有带权限 %(permission)s，请另签一个令牌。") % {"permission": permission})
        )
    verdict = holds(actor, permission)
    if not verdict:
        raise Refused(verdict)
    return actor

# SPDX-License-Identifier: Apache-2.0
"""How far a grant reaches (范围): which records each scope may name; the rooms above offer theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from kechuang.commons.access.models import Grant
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.ports import Port
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class ScopeObjects:
    """The records of a scope: their kind ("parties.unit"), and all that may be named, with their names."""

    kind: str
    choices: Callable[[], Iterable[tuple[str, str]]]


unmasking: Port[Callable[[Any, Actor], Verdict]] = Port("access.unmasking")
"""By kind of record who may see its sensitive fields whole, where more than the record itself decides."""

scope_objects: Port[ScopeObjects] = Port("access.scope_objects")


def scopes_offered() -> list[tuple[str, str]]:
    """The scopes of the form, with their names: those that need no object, and those whose rooms offer some."""
    free = {Grant.Scope.OWN.value, Grant.Scope.ALL.value}
    return [
        (value, str(label))
        for value, label in Grant.Scope.choices
        if value in free or scope_objects.get(value) is not None
    ]


def objects_of(scope: str) -> list[tuple[str, str]]:
    """What a scope may name, as (ref, name)."""
    offered = scope_objects.get(scope)
    return list(offered.choices()) if offered is not None else []


def checked_over(scope: str, over: str) -> str:
    """The record a scope names. Raises Problem where it is missing, of another kind, or gone."""
    over = over.strip()
    if scope == Grant.Scope.ALL and over:
        raise _problem(_("范围为“全部”时不指定对象。"))
    if scope in {Grant.Scope.ALL, Grant.Scope.OWN} and not over:
        return ""
    if not over:
        raise _problem(_("这个范围须指定对象。"))
    if not _is_there(over, scope_objects.get(scope)):
        words = {"over": _name_of(over), "scope": Grant.Scope(scope).label}
        raise _problem(_("范围“%(scope)s”里没有“%(over)s”。") % words)
    return over


def _name_of(over: str) -> str:
    """What a person called it: a record offered for another scope by its name, else what was written."""
    names = {ref: name for scope in Grant.Scope.values for ref, name in objects_of(scope)}
    return names.get(over, over[:60])


def _is_there(over: str, offered: ScopeObjects | None) -> bool:
    try:
        ref = Ref.parse(over)
        return ref.fetch() is not None and (offered is None or ref.kind == offered.kind)
    except (ValueError, LookupError, OverflowError, ObjectDoesNotExist):
        return False


def _problem(what: str) -> Problem:
    return Problem(what, remedy=_("请从列表中选择处室、区县等对象。"), field="over")

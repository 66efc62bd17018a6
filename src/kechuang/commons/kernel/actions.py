# SPDX-License-Identifier: Apache-2.0
"""The one write path (动作): every change of business data is a function under ``@action``.

Order of a call: transaction, idempotency key, lock and re-read, expected version, permission, body, version + 1,
journal entry, outbox; messages run after commit. A refusal is journaled outside the rolled-back transaction.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from kechuang.commons.kernel import clock, outbox
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.journal import Personal, record, written_form
from kechuang.commons.kernel.models import Entry, IdempotencyKey
from kechuang.commons.kernel.problems import Problem, Refused, Stale
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import Verdict

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")


class Permission(Protocol):
    """``can_verb_noun(thing, actor) -> Verdict``."""

    __name__: str

    def __call__(self, thing: Any, actor: Actor, /) -> Verdict:
        """Whether the actor may do it to the thing."""


@dataclass(slots=True)
class _Running:
    data: dict[str, Any] = field(default_factory=dict)


_RUNNING: ContextVar[_Running | None] = ContextVar("kechuang_running_action", default=None)
ACTIONS: dict[str, Callable[..., Any]] = {}


def note(**data: Any) -> None:
    """Add facts (old and new values) to the journal entry of the running action."""
    running = _RUNNING.get()
    if running is not None:
        running.data.update({key: written_form(value) for key, value in data.items()})


def action(
    verb: str, *, permission: Permission, personal: tuple[str, ...] = (), silent: tuple[str, ...] = ()
) -> Callable[[Callable[Concatenate[T, Actor, P], R]], Callable[..., R]]:
    """Make ``verb_noun(thing, actor, …)`` the write path for the journal verb ``app.thing.verbed``.

    Arguments named in ``personal`` enter the journal as keyed digests, those in ``silent`` not at all.
    Callers may add ``expected_version`` and ``idempotency_key``.
    Raises Refused, Stale, Problem.
    """

    def decorate(body: Callable[Concatenate[T, Actor, P], R]) -> Callable[..., R]:
        signature = inspect.signature(body)

        @functools.wraps(body)
        def run(
            thing: T,
            actor: Actor,
            /,
            *args: Any,
            expected_version: int | None = None,
            idempotency_key: str | None = None,
            **kwargs: Any,
        ) -> R:
            actor = actor.fresh()
            try:
                with transaction.atomic():
                    first = _first_result(idempotency_key, verb, actor)
                    if first is not None:
                        return first  # type: ignore[return-value]
                    _lock(thing, expected_version)
                    _require(permission(thing, actor))
                    about = _ref(thing)  # kept for a thing that the body removes
                    given = _arguments(signature, thing, actor, *args, **kwargs)
                    running = _Running(_kept(given, personal, silent))
                    token = _RUNNING.set(running)
                    try:
                        result = body(thing, actor, *args, **kwargs)
                    finally:
                        _RUNNING.reset(token)
                    _raise_version(thing)
                    given = running.data | _of(thing, result)
                    entry = record(verb, actor, _ref(result) or _ref(thing) or about, given)
                    _remember(idempotency_key, entry)
                    outbox.post(entry)
                    return result
            except Refused as refusal:
                refusal.verb = refusal.verb or verb
                if _RUNNING.get() is None:  # the outermost action journals it, its own work being rolled back
                    record(verb, actor, _ref(thing), {}, outcome=Entry.Outcome.REFUSED, reason=refusal.what)
                raise

        run.verb = verb  # type: ignore[attr-defined]
        run.permission = permission  # type: ignore[attr-defined]
        ACTIONS[verb] = run
        return run

    return decorate


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise Refused(verdict)


def _ref(thing: object) -> Ref | None:
    return Ref.of(thing) if isinstance(thing, models.Model) and thing.pk is not None else None


def _of(thing: object, result: object) -> dict[str, str]:
    """The thing acted on, where the entry points at what was made of it."""
    acted, made = _ref(thing), _ref(result)
    return {"of": str(acted)} if acted and made and acted != made else {}


def _lock(thing: object, expected_version: int | None) -> None:
    """Lock the stored thing, bring the instance up to date, and compare its version."""
    if not isinstance(thing, models.Model) or thing.pk is None:
        return
    try:
        thing.refresh_from_db(from_queryset=type(thing)._base_manager.select_for_update())
    except ObjectDoesNotExist:
        raise Problem(
            _("要办理的内容已不存在，可能已被他人删除。"), remedy=_("请返回列表刷新后再试。")
        ) from None
    version = getattr(thing, "version", None)
    if expected_version is not None and version is not None and version != expected_version:
        raise Stale(_stale_words(thing), remedy=_("您填写的内容仍保留在页面上，请核对最新内容后重新提交。"))


def _stale_words(thing: models.Model) -> str:
    ref = Ref.of(thing)
    about = models.Q(ref_kind=ref.kind, ref_id=ref.id) | models.Q(data__of=str(ref))
    last = Entry.objects.filter(about, outcome=Entry.Outcome.DONE).first()
    if last is None:
        return _("这项内容在您打开之后已被修改。")
    return _("这项内容在您打开之后已被%(who)s于%(when)s修改。") % {
        "who": last.actor_name,
        "when": last.at.astimezone().strftime("%m-%d %H:%M"),
    }


def _raise_version(thing: object) -> None:
    if isinstance(thing, models.Model) and thing.pk is not None and hasattr(thing, "version"):
        thing.version += 1
        thing.save(update_fields=["version"])


def _arguments(signature: inspect.Signature, *args: Any, **kwargs: Any) -> dict[str, Any]:
    """What the action was given beside the thing and the actor, by name."""
    return dict(list(signature.bind(*args, **kwargs).arguments.items())[2:])


def _kept(given: dict[str, Any], personal: tuple[str, ...], silent: tuple[str, ...]) -> dict[str, Any]:
    """The arguments as the journal keeps them."""
    return {
        name: Personal(value) if value and name in personal else written_form(value)
        for name, value in given.items()
        if name not in silent
    }


def _first_result(key: str | None, verb: str, actor: Actor) -> object | None:
    """What the first request under this key made; None when this is the first."""
    if not key:
        return None
    try:
        with transaction.atomic():
            IdempotencyKey.objects.create(key=key, verb=verb, actor_id=actor.id, at=clock.now())
    except IntegrityError:
        seen = IdempotencyKey.objects.get(key=key)
        if (seen.verb, seen.actor_id) != (verb, actor.id):
            raise Problem(_("这个表单已用于另一项办理。"), remedy=_("请刷新页面后重新提交。")) from None
        try:
            return Ref(seen.ref_kind, seen.ref_id).fetch() if seen.ref_id else True
        except ObjectDoesNotExist:  # it removed the thing
            return True
    return None


def _remember(key: str | None, entry: Entry) -> None:
    if key:
        IdempotencyKey.objects.filter(key=key).update(ref_kind=entry.ref_kind, ref_id=entry.ref_id)

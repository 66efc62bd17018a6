# SPDX-License-Identifier: Apache-2.0
"""What somebody with ill intent tries on the whole site: guessed addresses, foreign records, markup in every name.

``tests/pages/test_answers.py`` makes these attacks on the demo year.

Attacks on one room stand beside its other tests: sessions, links, lockout, fixation, roles taken away while signed in
(``commons/access``), formulas in exports (``commons/ui``), hostile files (``commons/documents``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse

from house.test_guards import patterns
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import User
from kechuang.commons.kernel.guarantees import lifted
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.refs import Ref, resolvable_kinds, resolve_many

NUMBERS = (1, 2**63, 10**25)
TEXTS = (
    "access.user:1",
    "parties.organization:abc",
    "commitments.commitment:99999999999999999999",
    "'\"<script>",
    "\x00",
)
GUESSERS = ("office_head", "system_admin")
MARK = "'\"><script>kc()</script>"
WORDS = {
    "name", "title", "short_name", "display_name", "text", "reason", "opinion", "note", "words", "summary", "actor_name",
    "uploaded_by", "drafted_by", "industry", "issuer",
}  # fmt: skip


def browser(user: User) -> Client:
    """A browser of somebody signed in; what goes wrong in the server is an answer 500, not an exception."""
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="kechuang.commons.access.backends.AccountBackend")
    return client


def guesses(pattern: URLPattern, name: str) -> Iterator[str]:
    """Addresses that somebody tries who counts upwards or writes what does not belong there."""
    keys = pattern.pattern.converters
    for place in range(max(len(NUMBERS), len(TEXTS)) if keys else 1):
        whole = {key: "Int" in type(converter).__name__ for key, converter in keys.items()}
        given = {key: (NUMBERS if number else TEXTS) for key, number in whole.items()}
        try:
            yield reverse(name, kwargs={key: tried[place % len(tried)] for key, tried in given.items()})
        except NoReverseMatch:  # what the pattern itself refuses
            continue


def failures_of_guesses(people: dict[str, User]) -> set[tuple[str, str]]:
    """Guessed addresses, read and written to, under which the server fails."""
    failed, left = set(), {"access:sign-out", "demo-become"}
    for role in GUESSERS:
        client = browser(people[role])
        for name, pattern in patterns():
            for place, address in enumerate(dict.fromkeys(guesses(pattern, name))):
                answers = [client.get(address)]
                if place == 0 and name not in left:
                    answers.append(client.post(address, {"idempotency_key": "\x00" * 200}))
                if any(answer.status_code >= 500 for answer in answers):
                    failed.add((role, address))
    return failed


def opened_though_closed(people: dict[str, User]) -> tuple[list[tuple[str, str]], int]:
    """Records whose pointer is closed to a person and whose page opens, and how many closed ones were tried."""
    opened, tried = [], 0
    for role in ("firm", "district", "office_staff", "system_admin"):
        user, client = people[role], browser(people[role])
        for kind in resolvable_kinds():
            keys = apps.get_model(kind)._base_manager.order_by("-pk").values_list("pk", flat=True)[:2]
            refs = [Ref(kind, str(key)) for key in keys]
            everything, own = resolve_many(refs), resolve_many(refs, actor_of(user))
            for ref in refs:
                if not everything[ref].url or own[ref].visible:
                    continue
                tried += 1
                if client.get(everything[ref].url, follow=True).status_code not in {403, 404}:
                    opened.append((role, str(ref)))
    return opened, tried


def reached_of_others(people: dict[str, User]) -> list[tuple[str, int]]:
    """Notices, delegations and tokens of others that somebody reads or acts on; only refusals may enter the journal."""
    user, before = people["office_staff"], Entry.objects.count()
    stranger, reached = browser(user), []
    for name, kind, key in (
        ("notices:notice-open", "notices.receipt", "notice_id"), ("access:delegation-end", "access.delegation", "pk"),
        ("api:token-revoke", "api.apitoken", "pk"),
    ):  # fmt: skip
        model = apps.get_model(kind)
        owner = next(field.name for field in model._meta.fields if field.related_model is User)
        for row in model._base_manager.exclude(**{owner: user})[:3]:
            address = reverse(name, args=[getattr(row, key)])
            codes = {stranger.get(address).status_code, stranger.post(address).status_code}
            reached += [(address, code) for code in codes - {403, 404, 405}]
    fresh = Entry.objects.order_by("-id")[: Entry.objects.count() - before]
    assert {entry.outcome for entry in fresh} <= {Entry.Outcome.REFUSED}
    return reached


def marked_fields() -> Iterator[tuple[type[models.Model], list[models.Field[Any, Any]]]]:
    """Every column that holds words people wrote."""
    for model in apps.get_models():
        fields = [
            field
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
            and field.name in WORDS
            and not field.choices
        ]
        if fields and model._meta.app_label not in {"auth", "contenttypes", "axes"}:
            yield model, fields


def mark_every_word() -> int:
    """Put markup into all words that people wrote, behind every guarantee; returns how many."""
    marked = 0
    connection.check_constraints()  # PostgreSQL alters no table that something still waits to be checked in
    with lifted(connection):
        for model, fields in marked_fields():
            rows = list(model._base_manager.all())
            for row in rows:
                for field in fields:
                    room = (field.max_length or 10**6) - len(MARK)
                    setattr(row, field.attname, f"{str(getattr(row, field.attname) or '')[:room]}{MARK}")
                    marked += 1
            model._base_manager.bulk_update(rows, [field.name for field in fields], batch_size=200)
        connection.check_constraints()
    return marked

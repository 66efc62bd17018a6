# SPDX-License-Identifier: Apache-2.0
"""What the database itself must guarantee (库级保证), declared once on a model, emitted for SQLite and PostgreSQL.

    class Entry(models.Model):
        guarantees = [AppendOnly()]

They are installed after every migration (a table rebuilt on SQLite loses its triggers) and attacked by tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class Guarantee(Protocol):
    """Emits the statements that install and remove itself for a table."""

    def install(self, table: Table, vendor: str) -> list[str]:
        """Statements that put it in force."""

    def remove(self, table: Table, vendor: str) -> list[str]:
        """Statements that lift it."""


@dataclass(frozen=True, slots=True)
class Table:
    """A model's table: its name, primary key column, columns by field name.

    ``unique`` are the columns that may not meet twice, with the comparison: "IS" where NULL equals NULL; ``moments``
    the fields that hold a time and not a day; ``others`` by foreign key the table it points at, its key, its columns.
    """

    name: str
    key: str
    columns: dict[str, str]
    unique: tuple[tuple[tuple[str, ...], str], ...]
    moments: frozenset[str] = frozenset()
    others: Mapping[str, tuple[str, str, Mapping[str, str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, model: type[models.Model]) -> Table:
        """The table of a model."""
        meta = model._meta
        columns = {one.name: str(one.column) for one in meta.local_concrete_fields}
        single = [((columns[one.name],), "=") for one in meta.local_concrete_fields if one.unique]
        several = [
            (
                tuple(columns[name] for name in constraint.fields),
                "IS" if constraint.nulls_distinct is False else "=",
            )
            for constraint in meta.constraints
            if isinstance(constraint, models.UniqueConstraint)
            and constraint.fields
            and constraint.condition is None
        ]
        assert meta.pk is not None
        moments = (one.name for one in meta.local_concrete_fields if isinstance(one, models.DateTimeField))
        unique = (*single, *several)
        return cls(meta.db_table, columns[meta.pk.name], columns, unique, frozenset(moments), _others(model))


def _others(model: type[models.Model]) -> dict[str, tuple[str, str, dict[str, str]]]:
    found = {}
    for one in model._meta.local_concrete_fields:
        other = one.related_model
        if isinstance(other, type) and issubclass(other, models.Model) and other._meta.pk is not None:
            columns = {each.name: str(each.column) for each in other._meta.local_concrete_fields}
            found[one.name] = (other._meta.db_table, columns[other._meta.pk.name], columns)
    return found


def _trigger(name: str, table: Table, moment: str, when: str, message: str) -> list[str]:
    """A SQLite trigger that refuses."""
    condition = f"WHEN {when} " if when else ""
    return [
        f'DROP TRIGGER IF EXISTS "{name}"',
        (
            f'CREATE TRIGGER "{name}" BEFORE {moment} ON "{table.name}" {condition}'
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        ),
    ]


@dataclass(frozen=True, slots=True)
class AppendOnly:
    """Rows are added and never changed: no update, delete, replace or truncate."""

    def install(self, table: Table, vendor: str) -> list[str]:
        """Triggers on both engines; on SQLite also against INSERT OR REPLACE, which deletes in silence."""
        message = f"append-only: {table.name}"
        if vendor == "sqlite":
            taken = " OR ".join(
                f'EXISTS (SELECT 1 FROM "{table.name}" WHERE '  # noqa: S608 -- names of our own models
                + " AND ".join(f'"{column}" {same} NEW."{column}"' for column in columns)
                + ")"
                for columns, same in table.unique
            )
            return [
                *_trigger(f"{table.name}_no_update", table, "UPDATE", "", message),
                *_trigger(f"{table.name}_no_delete", table, "DELETE", "", message),
                *_trigger(f"{table.name}_no_replace", table, "INSERT", taken, message),
            ]
        function = f"{table.name}_append_only"
        return [
            (
                f'CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS '
                f"$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            ),
            *self._pg_drops(table),
            (
                f'CREATE TRIGGER "{table.name}_no_change" BEFORE UPDATE OR DELETE ON "{table.name}" '
                f'FOR EACH ROW EXECUTE FUNCTION "{function}"()'
            ),
            (
                f'CREATE TRIGGER "{table.name}_no_truncate" BEFORE TRUNCATE ON "{table.name}" '
                f'FOR EACH STATEMENT EXECUTE FUNCTION "{function}"()'
            ),
        ]

    def _pg_drops(self, table: Table) -> list[str]:
        return [
            f'DROP TRIGGER IF EXISTS "{table.name}_{what}" ON "{table.name}"'
            for what in ("no_change", "no_truncate")
        ]

    def remove(self, table: Table, vendor: str) -> list[str]:
        """Drop the triggers."""
        if vendor == "sqlite":
            return [
                f'DROP TRIGGER IF EXISTS "{table.name}_{what}"'
                for what in ("no_update", "no_delete", "no_replace")
            ]
        return self._pg_drops(table)


@dataclass(frozen=True, slots=True)
class NoOverlap:
    """Among rows equal in ``by``, the half-open periods [start, end) never overlap; a NULL end is open.

    Days or moments. Rows whose ``ended`` is filled (a booking given back) are out of it.
    """

    by: tuple[str, ...]
    start: str
    end: str
    ended: str = ""

    def install(self, table: Table, vendor: str) -> list[str]:
        """An exclusion constraint on PostgreSQL (btree_gist), triggers on SQLite."""
        start, end = table.columns[self.start], table.columns[self.end]
        ended = table.columns[self.ended] if self.ended else ""
        if vendor == "postgresql":
            equal = ", ".join(f'"{table.columns[name]}" WITH =' for name in self.by)
            kind = "tstzrange" if self.start in table.moments else "daterange"
            where = f' WHERE ("{ended}" IS NULL)' if ended else ""
            return [
                "CREATE EXTENSION IF NOT EXISTS btree_gist",
                *self.remove(table, vendor),
                (
                    f'ALTER TABLE "{table.name}" ADD CONSTRAINT "{table.name}_no_overlap" EXCLUDE USING gist '
                    f'({equal}, {kind}("{start}", "{end}", \'[)\') WITH &&){where}'
                ),
            ]
        equal = " AND ".join(f'o."{table.columns[name]}" = NEW."{table.columns[name]}"' for name in self.by)
        both = f' AND o."{ended}" IS NULL AND NEW."{ended}" IS NULL' if ended else ""
        clash = (
            f'EXISTS (SELECT 1 FROM "{table.name}" o '  # noqa: S608 -- names of our own models
            f'WHERE {equal} AND o."{table.key}" IS NOT NEW."{table.key}"{both} '
            f'AND o."{start}" < COALESCE(NEW."{end}", \'9999-12-31\') '
            f'AND NEW."{start}" < COALESCE(o."{end}", \'9999-12-31\'))'
        )
        message = f"overlap: {table.name}"
        return [
            *_trigger(f"{table.name}_overlap_insert", table, "INSERT", clash, message),
            *_trigger(f"{table.name}_overlap_update", table, "UPDATE", clash, message),
        ]

    def remove(self, table: Table, vendor: str) -> list[str]:
        """Drop the constraint or the triggers."""
        if vendor == "postgresql":
            return [f'ALTER TABLE "{table.name}" DROP CONSTRAINT IF EXISTS "{table.name}_no_overlap"']
        return [f'DROP TRIGGER IF EXISTS "{table.name}_overlap_{moment}"' for moment in ("insert", "update")]


@dataclass(frozen=True, slots=True)
class AtMost:
    """A row's ``number`` is never above what the row it belongs to allows: seat 41 of a session with 40."""

    number: str
    of: str
    most: str

    def _exceeds(self, table: Table) -> str:
        other, key, columns = table.others[self.of]
        number, of = table.columns[self.number], table.columns[self.of]
        most = f'SELECT "{columns[self.most]}" FROM "{other}" WHERE "{key}" = NEW."{of}"'  # noqa: S608 -- our own names
        return f'NEW."{number}" > ({most})'

    def install(self, table: Table, vendor: str) -> list[str]:
        """Triggers on both engines."""
        name, message, exceeds = f"{table.name}_at_most", f"at most: {table.name}", self._exceeds(table)
        if vendor == "sqlite":
            return [
                *_trigger(f"{name}_insert", table, "INSERT", exceeds, message),
                *_trigger(f"{name}_update", table, "UPDATE", exceeds, message),
            ]
        return [
            (
                f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
                f"IF {exceeds} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; "
                "END IF; RETURN NEW; END $$"
            ),
            *self.remove(table, vendor),
            (
                f'CREATE TRIGGER "{name}" BEFORE INSERT OR UPDATE ON "{table.name}" '
                f'FOR EACH ROW EXECUTE FUNCTION "{name}"()'
            ),
        ]

    def remove(self, table: Table, vendor: str) -> list[str]:
        """Drop the triggers."""
        if vendor == "sqlite":
            return [
                f'DROP TRIGGER IF EXISTS "{table.name}_at_most_{moment}"' for moment in ("insert", "update")
            ]
        return [f'DROP TRIGGER IF EXISTS "{table.name}_at_most" ON "{table.name}"']


@dataclass(frozen=True, slots=True)
class OneOpen:
    """Among rows equal in ``by``, at most one has ``closed`` NULL; a ``name`` where a table has several of it."""

    by: tuple[str, ...]
    closed: str
    name: str = "one_open"

    def install(self, table: Table, vendor: str) -> list[str]:
        """A partial unique index, the same on both engines."""
        columns = ", ".join(f'"{table.columns[name]}"' for name in self.by)
        return [
            *self.remove(table, vendor),
            (
                f'CREATE UNIQUE INDEX "{table.name}_{self.name}" ON "{table.name}" ({columns}) '
                f'WHERE "{table.columns[self.closed]}" IS NULL'
            ),
        ]

    def remove(self, table: Table, vendor: str) -> list[str]:
        """Drop the index."""
        del vendor
        return [f'DROP INDEX IF EXISTS "{table.name}_{self.name}"']


def declared() -> Iterator[tuple[type[models.Model], Guarantee]]:
    """Every guarantee declared on an installed model."""
    for model in apps.get_models():
        for guarantee in getattr(model, "guarantees", ()):
            yield model, guarantee


def install_guarantees(connection: BaseDatabaseWrapper) -> None:
    """Put every declared guarantee in force on tables that exist (after each migration)."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model, guarantee in declared():
            if model._meta.db_table in tables:
                for statement in guarantee.install(Table.of(model), connection.vendor):
                    cursor.execute(statement)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Lift every guarantee, for a test that must empty the tables; never used by the product."""
    with connection.cursor() as cursor:
        for model, guarantee in declared():
            for statement in guarantee.remove(Table.of(model), connection.vendor):
                cursor.execute(statement)
    try:
        yield
    finally:
        install_guarantees(connection)

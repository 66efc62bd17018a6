# SPDX-License-Identifier: Apache-2.0
"""What the database itself must guarantee (库级保证), declared once on a model, emitted for SQLite and PostgreSQL.

    class Entry(models.Model):
        guarantees = [AppendOnly()]

They are installed after every migration (a table rebuilt on SQLite loses its triggers) and attacked by tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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

    ``unique`` are the columns that may not meet twice, with the comparison: "IS" where NULL equals NULL.
    """

    name: str
    key: str
    columns: dict[str, str]
    unique: tuple[tuple[tuple[str, ...], str], ...]

    @classmethod
    def of(cls, model: type[models.Model]) -> Table:
        """The table of a model."""
        meta = model._meta
        columns = {field.name: str(field.column) for field in meta.local_concrete_fields}
        single = [((columns[field.name],), "=") for field in meta.local_concrete_fields if field.unique]
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
        return cls(meta.db_table, columns[meta.pk.name], columns, (*single, *several))


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
    """Among rows equal in ``by``, the half-open periods [start, end) never overlap; a NULL end is open."""

    by: tuple[str, ...]
    start: str
    end: str

    def install(self, table: Table, vendor: str) -> list[str]:
        """An exclusion constraint on PostgreSQL (btree_gist), triggers on SQLite."""
        start, end = table.columns[self.start], table.columns[self.end]
        if vendor == "postgresql":
            equal = ", ".join(f'"{table.columns[name]}" WITH =' for name in self.by)
            return [
                "CREATE EXTENSION IF NOT EXISTS btree_gist",
                *self.remove(table, vendor),
                (
                    f'ALTER TABLE "{table.name}" ADD CONSTRAINT "{table.name}_no_overlap" EXCLUDE USING gist '
                    f'({equal}, daterange("{start}", "{end}", \'[)\') WITH &&)'
                ),
            ]
        equal = " AND ".join(f'o."{table.columns[name]}" = NEW."{table.columns[name]}"' for name in self.by)
        clash = (
            f'EXISTS (SELECT 1 FROM "{table.name}" o '  # noqa: S608 -- names of our own models
            f'WHERE {equal} AND o."{table.key}" IS NOT NEW."{table.key}" '
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
class OneOpen:
    """Among rows equal in ``by``, at most one has ``closed`` NULL."""

    by: tuple[str, ...]
    closed: str

    def install(self, table: Table, vendor: str) -> list[str]:
        """A partial unique index, the same on both engines."""
        columns = ", ".join(f'"{table.columns[name]}"' for name in self.by)
        return [
            *self.remove(table, vendor),
            (
                f'CREATE UNIQUE INDEX "{table.name}_one_open" ON "{table.name}" ({columns}) '
                f'WHERE "{table.columns[self.closed]}" IS NULL'
            ),
        ]

    def remove(self, table: Table, vendor: str) -> list[str]:
        """Drop the index."""
        del vendor
        return [f'DROP INDEX IF EXISTS "{table.name}_one_open"']


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

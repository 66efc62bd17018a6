# SPDX-License-Identifier: Apache-2.0
"""Clauses of records without a number were called by the register's code and a key: they get the record's name."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def name_by_record(apps: Any, editor: Any) -> None:
    """Only what was called so is renamed; the number of the clause stays."""
    del editor
    record_of = apps.get_model("registers", "Record").objects
    sources = apps.get_model("commitments", "Source").objects.filter(
        ref_kind="registers.record", commitment__kind="clause"
    )
    for source in sources.select_related("commitment").iterator():
        record = record_of.filter(pk=source.ref_id).first()
        commitment = source.commitment
        if record is not None and commitment.code.startswith(f"{record.register[:24]}-{record.pk}-"):
            number = commitment.code.rsplit("-", 1)[1]
            commitment.code = f"{(record.number or record.title)[:34]}-{number}"
            commitment.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial"), ("commitments", "0001_initial")]
    operations = [migrations.RunPython(name_by_record, migrations.RunPython.noop)]

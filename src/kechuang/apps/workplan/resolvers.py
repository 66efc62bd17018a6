# SPDX-License-Identifier: Apache-2.0
"""How pointers to plans, their lines, and the commitments they name are shown: by title, leading to the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from kechuang.apps.workplan.models import Area, Item, ItemOffice, Plan, PlanVersion
from kechuang.commons.access.grants import holds
from kechuang.commons.commitments.models import (
    Call,
    Commitment,
    Disagreement,
    Extension,
    LightOverride,
    Merge,
    Milestone,
    Receipt,
    Report,
    Responsibility,
)
from kechuang.commons.facts.models import Target
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Resolved, Resolver, resolver

VIEW = "workplan.view_plan"


def _visible(viewer: Actor | None) -> bool:
    return viewer is None or bool(holds(viewer, VIEW))


def _task_page(commitment: Commitment) -> str:
    """The page of the task that a commitment is, or stands under; a headline target has one of its own."""
    return reverse("workplan:task-detail", args=[(commitment.parent or commitment).pk])


def _version_page(version: PlanVersion) -> str:
    return reverse("workplan:version-detail", args=[version.pk])


@resolver("workplan.plan")
def plans(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The title; the page of the plan."""
    visible = _visible(viewer)
    return {
        str(plan.pk): Resolved(plan.title, reverse("workplan:plan-detail", args=[plan.pk]), visible)
        for plan in Plan.objects.filter(pk__in=ids)
    }


@resolver("workplan.planversion")
def versions(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """Plan and version; the version's page."""
    visible = _visible(viewer)
    rows = PlanVersion.objects.filter(pk__in=ids).select_related("plan")
    return {str(row.pk): Resolved(str(row), _version_page(row), visible) for row in rows}


@resolver("workplan.item")
def items(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """Number and title; the task's page once tracked, else its place in the version."""
    visible = _visible(viewer)
    rows = Item.objects.filter(pk__in=ids).select_related("plan_version__plan", "commitment__parent")
    return {
        str(row.pk): Resolved(
            str(row),
            _task_page(row.commitment) if row.commitment else f"{_version_page(row.plan_version)}#i{row.pk}",
            visible,
        )
        for row in rows
    }


@resolver("workplan.area")
def areas(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The title; the version."""
    visible = _visible(viewer)
    rows = Area.objects.filter(pk__in=ids).select_related("plan_version__plan")
    return {str(row.pk): Resolved(row.title, _version_page(row.plan_version), visible) for row in rows}


@resolver("workplan.itemoffice")
def offices(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The name as written; the version."""
    visible = _visible(viewer)
    rows = ItemOffice.objects.filter(pk__in=ids).select_related("item__plan_version__plan")
    return {str(row.pk): Resolved(row.name, _version_page(row.item.plan_version), visible) for row in rows}


def _of_commitment(rows: QuerySet[Any], path: str, viewer: Actor | None) -> Mapping[str, Resolved]:
    """The commitment that each row is about, however far away."""
    visible = _visible(viewer)
    found = {}
    for row in rows:
        commitment: object = row
        for step in path.split("__") if path else ():
            commitment = getattr(commitment, step)
        assert isinstance(commitment, Commitment)
        found[str(row.pk)] = Resolved(commitment.title, _task_page(commitment), visible)
    return found


@resolver("commitments.commitment")
def commitments(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The title; the task's page."""
    return _of_commitment(Commitment.objects.filter(pk__in=ids).select_related("parent"), "", viewer)


@resolver("commitments.responsibility")
def responsibilities(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The commitment an office has a part of."""
    rows = Responsibility.objects.filter(pk__in=ids).select_related("commitment__parent")
    return _of_commitment(rows, "commitment", viewer)


@resolver("commitments.report")
def reports(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The commitment reported on."""
    rows = Report.objects.filter(pk__in=ids).select_related("responsibility__commitment__parent")
    return _of_commitment(rows, "responsibility__commitment", viewer)


@resolver("commitments.merge")
def merges(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The commitment merged."""
    rows = Merge.objects.filter(pk__in=ids).select_related("commitment__parent")
    return _of_commitment(rows, "commitment", viewer)


def _by_commitment(model: type[Model], path: str) -> Resolver:
    """Shows what belongs to a commitment, ``path`` away, by the commitment."""

    def show(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
        rows = model._default_manager.filter(pk__in=ids).select_related(f"{path}__parent")
        return _of_commitment(rows, path, viewer)

    return show


_PATHS: dict[type[Model], str] = {
    **dict.fromkeys((Milestone, Extension, Disagreement, LightOverride), "commitment"),
    **dict.fromkeys((Receipt, Call), "responsibility__commitment"),
}
for belonging, path in _PATHS.items():
    resolver(belonging._meta.label_lower)(_by_commitment(belonging, path))


@resolver("facts.target")
def targets(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The name; the page of what promises it."""
    rows = Target.objects.filter(pk__in=ids, commitment__isnull=False).select_related("commitment__parent")
    return _of_commitment(rows, "commitment", viewer)

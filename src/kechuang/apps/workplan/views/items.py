# SPDX-License-Identifier: Apache-2.0
"""A line of a draft and everything that can be done with it; one address for each act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kechuang.apps.workplan import actions
from kechuang.apps.workplan.forms import items as forms
from kechuang.apps.workplan.models import Item, PlanVersion
from kechuang.apps.workplan.permissions import can_accept_lead, can_edit_plan
from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.journal import history_of
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.ui.forms import ActionForm, IdempotentForm

Form = Any
Perform = Callable[[Item, Actor, Form], object]


class Act(NamedTuple):
    """An act on a line: its name, how its form is made, what it calls, and on which lines it is offered."""

    label: Any
    form: Callable[..., IdempotentForm]
    perform: Perform
    offered: Callable[[Item], bool]


def _edit(item: Item, actor: Actor, form: Form) -> object:
    data = form.cleaned_data
    facts = {
        name: data[name] for name in ("number", "title", "text", "area", "parent", "due") if name in data
    }
    return actions.edit_item(item, actor, **facts, **form.action_arguments())


def _decide(item: Item, actor: Actor, form: Form) -> object:
    return actions.decide_promise(
        item, actor, kind=Item.Kind.TARGET, number=form.number(), **form.action_arguments()
    )


def _deliver(item: Item, actor: Actor, form: Form) -> object:
    return actions.decide_promise(item, actor, kind=Item.Kind.DELIVERABLE, **form.action_arguments())


def _plain(form: type[IdempotentForm]) -> Callable[..., IdempotentForm]:
    """A form that needs nothing of the line but what stands in ``initial``."""

    def make(*args: Any, item: Item, **kwargs: Any) -> IdempotentForm:
        del item
        return form(*args, **kwargs)

    return make


_PROMISE, _TARGET, _TASK, _DELIVERABLE = (
    Item.Kind.PROMISE, Item.Kind.TARGET, Item.Kind.TASK, Item.Kind.DELIVERABLE,
)  # fmt: skip
ACTS: dict[str, Act] = {
    "edit": Act(_("标题与原文"), forms.ItemForm, _edit, lambda _item: True),
    "accept": Act(
        _("核对无误"),
        _plain(ActionForm),
        lambda item, actor, form: actions.accept_item(item, actor, **form.action_arguments()),
        lambda item: item.state == Item.State.PROPOSED and item.kind != _PROMISE,
    ),
    "offices": Act(
        _("责任处室"),
        forms.OfficesForm,
        lambda item, actor, form: actions.set_offices(
            item, actor, offices=form.lines(), **form.action_arguments()
        ),
        lambda item: item.kind in {_TASK, _DELIVERABLE},
    ),
    "target": Act(
        _("目标数值"),
        _plain(forms.TargetForm),
        lambda item, actor, form: actions.correct_target(
            item, actor, number=form.number(), **form.action_arguments()
        ),
        lambda item: item.kind == _TARGET,
    ),
    "promote": Act(_("列为目标"), _plain(forms.TargetForm), _decide, lambda item: item.kind == _PROMISE),
    "deliver": Act(
        _("列为举措"),
        _plain(ActionForm),
        _deliver,
        lambda item: item.kind == _PROMISE and item.parent_id is not None,
    ),
    "split": Act(
        _("拆分"),
        _plain(forms.SplitForm),
        lambda item, actor, form: actions.split_item(
            item, actor, pieces=form.pieces(), **form.action_arguments()
        ),
        lambda item: item.kind in {_TASK, _DELIVERABLE},
    ),
    "merge": Act(
        _("合并"),
        forms.MergeItemForm,
        lambda item, actor, form: actions.merge_item(
            item, actor, into=form.cleaned_data["into"], **form.action_arguments()
        ),
        lambda item: item.kind in {_TASK, _DELIVERABLE},
    ),
    "exclude": Act(
        _("不纳入"),
        _plain(forms.ExcludeForm),
        lambda item, actor, form: actions.exclude_item(
            item, actor, reason=form.cleaned_data["reason"], **form.action_arguments()
        ),
        lambda _item: True,
    ),
    "restore": Act(
        _("恢复"),
        _plain(ActionForm),
        lambda item, actor, form: actions.restore_item(item, actor, **form.action_arguments()),
        lambda item: item.state == Item.State.EXCLUDED,
    ),
}


def item_act(name: str) -> Callable[..., HttpResponseBase]:
    """The view of one act: shows the line's page, or carries the act out."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        item = get_object_or_404(Item.objects.select_related("plan_version__plan", "parent", "area"), pk=pk)
        actor = request.actor  # type: ignore[attr-defined]
        verdict = can_edit_plan(item, actor)
        if not verdict:
            raise Refused(verdict)
        tried: IdempotentForm | None = None
        if request.method == "POST":
            tried = _form(name, item, request.POST)
            if tried.is_valid():
                try:
                    ACTS[name].perform(item, actor, tried)
                except Problem as problem:
                    item = Item.objects.select_related("plan_version__plan", "parent", "area").get(pk=pk)
                    tried.fields["expected_version"].initial = item.version
                    tried.blame(problem)
                else:
                    return redirect(_place_of(item))
        return _page(request, item, name, tried)

    view.__name__ = f"item_{name}"
    return guarded("workplan.edit_plan")(view)


def _place_of(item: Item) -> str:
    return f"{reverse('workplan:version-detail', args=[item.plan_version_id])}#i{item.pk}"


def _form(name: str, item: Item, data: Any = None) -> IdempotentForm:
    return ACTS[name].form(
        data, item=item, version=item.version, initial=_initial(name, item), auto_id=f"{name}_%s"
    )


def _initial(name: str, item: Item) -> dict[str, Any]:
    if name in {"edit", "split"}:
        return {
            "number": item.number, "title": item.title, "text": item.text, "area": item.area_id,
            "parent": item.parent_id, "due": item.due,
        }  # fmt: skip
    if name in {"target", "promote"} and hasattr(item, "target"):
        number = item.target
        names = ("word", "comparator", "value", "value_max", "unit", "kind", "aspire")
        return {name: getattr(number, name) for name in names} | {"indicator": number.indicator_id}
    return {"comparator": ">="} if name == "promote" else {}


def _is_offered(act: str, item: Item) -> bool:
    """A line left out can only be taken back."""
    return (act == "restore") == (item.state == Item.State.EXCLUDED)


def _page(request: HttpRequest, item: Item, name: str, tried: IdempotentForm | None) -> HttpResponse:
    version = item.plan_version
    offered = [act for act, one in ACTS.items() if _is_offered(act, item) and one.offered(item)]
    context = {
        "item": item,
        "version": version,
        "act": name,
        "label": ACTS[name].label,
        "acts": [(act, ACTS[act].label, reverse(f"workplan:item-{act}", args=[item.pk])) for act in offered],
        "offered": name in offered,
        "form": tried or _form(name, item),
        "deliver": _form("deliver", item) if name == "promote" and "deliver" in offered else None,
        "around": version.text[max(0, item.start - 60) : item.start] if item.end else "",
        "source": version.text[item.start : item.end],
        "after": version.text[item.end : item.end + 60] if item.end else "",
        "back": _place_of(item),
        "history": [(entry, verb_words(entry.verb)) for entry in history_of(Ref.of(item))[:20]],
    }
    status = 422 if tried is not None and tried.errors else 200
    return render(request, "workplan/item_edit.html", context, status=status)


@guarded("workplan.view_plan")
def lead_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle which office leads, in a draft or in the plan in force (确定牵头)."""
    item = get_object_or_404(Item.objects.select_related("plan_version__plan"), pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    verdict = can_accept_lead(item, actor)
    if not verdict:
        raise Refused(verdict)
    offices = list(item.offices.select_related("unit"))
    form = forms.LeadForm(request.POST or None, version=item.version, offices=offices)
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen()
        try:
            actions.settle_lead(item, actor, office=chosen, **form.action_arguments())
        except Problem as problem:
            form.blame(problem)
        else:
            words = {"office": chosen, "item": item.title}
            messages.success(request, gettext("已确定%(office)s牵头：%(item)s") % words)
            in_force = item.plan_version.state == PlanVersion.State.ISSUED and item.commitment_id
            return (
                redirect("workplan:task-detail", item.commitment_id)
                if in_force
                else redirect(_place_of(item))
            )
    context = {"item": item, "offices": offices, "form": form, "back": _place_of(item)}
    return render(request, "workplan/lead_settle.html", context, status=422 if form.errors else 200)

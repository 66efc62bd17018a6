# SPDX-License-Identifier: Apache-2.0
"""Two entries side by side, with what speaks for and against their being one; merged, and taken apart (合并)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel.verdicts import refuse
from kechuang.commons.parties import actions
from kechuang.commons.parties.forms.organizations import OtherForm, ReasonForm
from kechuang.commons.parties.models import Organization, OrganizationMerge
from kechuang.commons.parties.queries.likeness import likely_same, whole
from kechuang.commons.parties.statements import described
from kechuang.commons.parties.views.organizations import page_of
from kechuang.commons.parties.views.sending import Act, answer, named
from kechuang.commons.parties.wording import reason_words, side_by_side
from kechuang.engines.linkage.evidence import weigh

MERGE = "parties.merge_organizations"


def _entry(pk: int) -> Organization:
    return get_object_or_404(whole(Organization.objects.all()), pk=pk)


@guarded(MERGE)
def merge_choose(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Which other entry may be this organisation: the likeliest ones, or one that is named."""
    organization = _entry(pk)
    form = OtherForm(request.GET if "other" in request.GET else None)
    found = form.cleaned_data["other"] if form.is_bound and form.is_valid() else None
    if found is not None:
        return merge_compare(request, pk, found.pk)
    alike = [(one, reason_words(one.evidence.reasons)) for one in likely_same(organization)]
    context = {"organization": organization, "form": form, "alike": alike}
    return render(request, "parties/merge_choose.html", context, status=422 if form.errors else 200)


@guarded(MERGE)
def merge_compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Merge the one entry into the other (合并), which keeps its number."""
    absorbed, survivor = _entry(pk), _entry(other)
    evidence = weigh(described(absorbed), described(survivor))
    form = ReasonForm(request.POST or None, version=absorbed.version)
    act = Act(
        _("合并机构"),
        _("“%(one)s”并入“%(other)s”") % {"one": absorbed, "other": survivor},
        page_of(absorbed),
        _("合并"),
        _("已合并。"),
        action=actions.merge_organizations,
        thing=absorbed,
        given=lambda data: {"survivor": survivor, "reason": data["reason"]},
        to=lambda _merge: page_of(survivor),
        back_label=absorbed.name,
        template="parties/merge_compare.html",
        context={
            "absorbed": absorbed,
            "survivor": survivor,
            "evidence": evidence,
            "refusal": refuse(_("不同的有效代码属于不同的机构，分支与总部分别登记；如登记有误，请先更正。")),
            "reasons": reason_words(evidence.reasons),
            "lines": side_by_side(absorbed, survivor),
        },
    )
    return answer(request, form, act)


@guarded(MERGE)
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a merge back (撤销合并)."""
    merge = get_object_or_404(OrganizationMerge.objects.select_related("absorbed", "survivor"), pk=pk)
    form = ReasonForm(request.POST or None)
    act = Act(
        _("撤销合并"),
        _("“%(one)s”不再并入“%(other)s”") % {"one": merge.absorbed, "other": merge.survivor},
        page_of(merge.survivor),
        _("撤销合并"),
        _("已撤销合并，两条各自独立。"),
        action=actions.undo_merge,
        thing=merge,
        given=named("reason"),
        to=lambda _merge: page_of(merge.absorbed),
        note=_("撤销后，两条各自保有原来的资质、记录与文书：合并时没有改写过任何内容。"),
        back_label=merge.survivor.name,
    )
    return answer(request, form, act)

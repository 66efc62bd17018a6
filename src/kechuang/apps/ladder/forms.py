# SPDX-License-Identifier: Apache-2.0
"""Forms of the ladder: dropping in a list, settling a line, withdrawing a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kechuang.apps.ladder.models import ListRow
from kechuang.apps.ladder.queries import Candidate
from kechuang.commons.parties.models import Organization, QualificationKind
from kechuang.commons.parties.queries import organization_meant
from kechuang.commons.ui.forms import IdempotentForm

OTHER = "other"


class UploadForm(IdempotentForm, forms.Form):
    """A published list and what its publication says (公告拖入)."""

    file = forms.FileField(
        label=_("名单文件"),
        max_length=200,
        help_text=_(
            "Excel（.xlsx、.xls）或 CSV（UTF-8、GB18030），不超过 20 MB、20,000 行；可以直接拖到这里。"
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )
    kind = forms.ModelChoiceField(
        label=_("资质类别"), queryset=QualificationKind.objects.order_by("code"), empty_label=_("请选择")
    )
    issued_on = forms.DateField(
        label=_("公告日期"), widget=forms.DateInput, help_text=_("名单里没有日期的行，从这一天起计算有效期。")
    )
    document_number = forms.CharField(label=_("文号"), max_length=80, required=False)
    title = forms.CharField(
        label=_("标题"), max_length=200, required=False, help_text=_("不填时取文件里表头以上的第一行。")
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse what is too long before it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.LONGEST_UPLOAD:
            most = settings.LONGEST_UPLOAD // 1024 // 1024
            raise forms.ValidationError(
                gettext("文件超过 %(most)s MB，请删去图片或拆分后再上传。") % {"most": most}
            )
        return file


class SettleForm(IdempotentForm, forms.Form):
    """What a line means (处理存疑行): one of the firms that come into question, another one, a new one, or none."""

    decision = forms.ChoiceField(label=_("这一行是"), widget=forms.RadioSelect)
    other = forms.CharField(
        label=_("另一家企业"),
        max_length=120,
        required=False,
        help_text=_("选“登记到另一家企业”时填写：它的统一社会信用代码，或与登记一致的全称。"),
    )

    def __init__(self, *args: Any, row: ListRow, candidates: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, version=row.version, **kwargs)
        candidates = [one for one in candidates if not _is_another(row, one.organization)]
        self.firms = {f"take:{one.organization.pk}": one.organization for one in candidates}
        field = self.fields["decision"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            *((f"take:{one.organization.pk}", _candidate_words(one)) for one in candidates),
            (OTHER, gettext("登记到另一家企业（在下面填写）")),
            (ListRow.Decision.NEW.value, gettext("登记为新企业")),
            (ListRow.Decision.SKIP.value, gettext("不登记这一行")),
        ]

    def clean(self) -> dict[str, Any]:
        """The decision and the organisation it needs."""
        data = super().clean() or self.cleaned_data
        decision = data.get("decision", "")
        data["organization"] = self.firms.get(decision)
        if decision == OTHER:
            data["organization"] = self._other(data.get("other", ""))
        if decision in self.firms or decision == OTHER:
            data["decision"] = ListRow.Decision.TAKE.value
        return data

    def _other(self, words: str) -> Organization | None:
        found = organization_meant(words)
        if len(found) == 1:
            return found[0]
        if found:
            self.add_error("other", gettext("有不止一家企业叫这个名称，请填写统一社会信用代码。"))
        else:
            self.add_error(
                "other", gettext("没有找到这家企业，请核对代码或全称；确实没有时选“登记为新企业”。")
            )
        return None


def _is_another(row: ListRow, firm: Organization) -> bool:
    """Whether two valid codes say that it cannot be this firm."""
    return row.uscc_valid and bool(firm.uscc) and firm.uscc != row.uscc


def _candidate_words(candidate: Candidate) -> str:
    firm = candidate.organization
    return gettext("登记到“%(name)s”（%(code)s，%(region)s，名称相似度 %(alike)s%%）") % {
        "name": firm.name,
        "code": firm.uscc or gettext("无代码"),
        "region": firm.region or gettext("未注明区县"),
        "alike": candidate.likeness,
    }


class UndoForm(IdempotentForm, forms.Form):
    """Why a confirmed list is withdrawn (撤回)."""

    reason = forms.CharField(
        label=_("撤回原因"), max_length=200, help_text=_("写明依据，例如更正公告的日期与文号。")
    )

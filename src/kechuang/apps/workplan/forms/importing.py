# SPDX-License-Identifier: Apache-2.0
"""Forms for importing, issuing and discarding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kechuang.apps.workplan.actions.importing import YEARS
from kechuang.apps.workplan.models import Plan
from kechuang.apps.workplan.readers import MOST_BYTES, check_size
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.ui.forms import IdempotentForm, Look

SAMPLES = Path(settings.CONTENT_ROOT) / "samples"


class ImportForm(IdempotentForm, forms.Form):
    """A file or pasted text, and what is not to be taken from it (导入计划)."""

    file = forms.FileField(
        label=_("文件"),
        required=False,
        help_text=_("%(kinds)s，不超过 %(most)s MB。扫描件和加密文件不能读取。")
        % {"kinds": ".txt（UTF-8、GBK）、.docx、.pdf", "most": MOST_BYTES // 1024 // 1024},
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf"}),
    )
    text = forms.CharField(
        label=_("或者粘贴正文"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": "8"}),
        help_text=_("可以从网页、WPS 或邮件中复制；表格按行粘贴即可。"),
    )
    plan = forms.ModelChoiceField(
        label=_("导入为"),
        queryset=Plan.objects.all(),
        required=False,
        empty_label=_("一份新的计划"),
        help_text=_("修订后的文件请选择原来的计划，作为它的新版本。"),
    )
    title = forms.CharField(
        label=_("标题"), required=False, max_length=200, help_text=_("留空则从文件中识别。")
    )
    issuer = forms.CharField(label=_("发文机关"), required=False, max_length=120)
    year = forms.IntegerField(
        label=_("年度"), required=False, min_value=YEARS.start, max_value=YEARS.stop - 1
    )

    def clean(self) -> dict[str, Any]:
        """Exactly one source; a file too large is refused before it is read."""
        data: dict[str, Any] = super().clean() or {}
        file, text = data.get("file"), (data.get("text") or "").strip()
        if file and text:
            raise forms.ValidationError(gettext("文件和粘贴的正文只能选一种。"))
        if not file and not text and "file" not in self.errors:
            self.add_error("file", gettext("请选择文件，或在下方粘贴正文。"))
        if file:
            try:
                check_size(file.name, file.size)
            except Problem as problem:
                self.blame(problem)
        return data

    def source(self) -> tuple[str, bytes]:
        """Name and content of what was handed in; call after ``is_valid()``."""
        file = self.cleaned_data["file"]
        if file:
            return file.name, file.read()
        return f"{gettext('粘贴的正文')}.txt", self.cleaned_data["text"].encode("utf-8", "replace")


class IssueForm(IdempotentForm, forms.Form):
    """Number and day of issuing, the deadline of tasks that name none (签发)."""

    number = forms.CharField(
        label=_("文号"), required=False, max_length=80, help_text=_("没有文号的可以留空。")
    )
    day = forms.DateField(label=_("签发日期"), widget=forms.DateInput)
    due = forms.DateField(
        label=_("没有写明时限的任务，完成时限按"),
        required=False,
        widget=forms.DateInput,
        help_text=_("清空则不设时限，这些任务不亮灯。"),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class DiscardForm(IdempotentForm, forms.Form):
    """Why a draft is thrown away (作废)."""

    reason = forms.CharField(label=_("作废原因"), max_length=200)


class PlanForm(IdempotentForm, forms.Form):
    """Title, issuer and year of a plan (标题信息)."""

    title = forms.CharField(label=_("标题"), max_length=200)
    issuer = forms.CharField(label=_("发文机关"), max_length=120, required=False)
    year = forms.IntegerField(label=_("年度"), min_value=YEARS.start, max_value=YEARS.stop - 1)


class AgainstForm(Look, forms.Form):
    """Which version another is compared with."""

    against = forms.IntegerField(required=False)

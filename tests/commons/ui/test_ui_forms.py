# SPDX-License-Identifier: Apache-2.0
"""Forms: label, help, error and mark of a field; the two fields of a form that calls an action."""

from __future__ import annotations

import re
import uuid

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from kechuang.commons.kernel.problems import Problem, Stale
from kechuang.commons.ui.forms import ActionForm, IdempotentForm

pytestmark = pytest.mark.usefixtures("plain_words")


class ReportForm(IdempotentForm, forms.Form):
    text = forms.CharField(label="进展", help_text="200 字以内", max_length=5)
    due = forms.DateField(label="时限", required=False, widget=forms.DateInput)
    kind = forms.ChoiceField(label="类型", choices=[("a", "月报")], widget=forms.RadioSelect)
    public = forms.BooleanField(label="公开", required=False)


def shown(source: str, form: forms.Form) -> str:
    return Template(source).render(Context({"form": form}))


def test_field_ties_label_help_and_error_to_its_control() -> None:
    drawn = shown("{% field form.text %}", ReportForm({"text": "太长的进展说明", "kind": "a"}))
    assert (
        '<label class="form-label" for="id_text">进展 <span class="kc-required">必填</span></label>' in drawn
    )
    assert 'aria-describedby="id_text_helptext id_text_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'class="form-control is-invalid"' in drawn
    assert '<div class="form-hint" id="id_text_helptext">200 字以内</div>' in drawn
    assert re.search(r'<div class="kc-field-error" id="id_text_error">[^<]*5', drawn)


def test_field_shows_dates_choices_and_boxes_in_their_own_way() -> None:
    form = ReportForm(initial={"due": "2019-10-15"})
    assert 'type="date"' in shown("{% field form.due %}", form)
    assert "必填" not in shown("{% field form.due %}", form)
    assert shown("{% field form.kind %}", form).startswith(
        '<fieldset class="kc-field kc-choices"><legend>类型'
    )
    assert '<label class="form-check" for="id_public">' in shown("{% field form.public %}", form)
    assert 'data-kc="1"' in shown('{% field form.text data_kc="1" %}', form)


def test_form_errors_lead_to_the_fields_and_say_that_nothing_is_lost() -> None:
    form = ReportForm({"kind": "a"})
    assert '<a href="#id_text">进展</a>：' in shown("{% form_errors form %}", form)
    assert "您填写的内容已保留" in shown("{% form_errors form %}", form)
    assert shown("{% form_errors form %}", ReportForm()) == ""


def test_problem_of_an_action_is_shown_at_its_field_or_above() -> None:
    form = ReportForm({"text": "好", "kind": "a"})
    assert form.is_valid()
    form.blame(Problem("没有数字。", remedy="请写明数值。", field="text"))
    form.blame(Problem("已被修改。", field="elsewhere"))
    assert form.errors["text"] == ["没有数字。请写明数值。"]
    assert form.non_field_errors() == ["已被修改。"]


def test_action_arguments_carry_key_and_version() -> None:
    key = uuid.uuid4()
    form = ActionForm({"idempotency_key": str(key), "expected_version": "3"})
    assert form.is_valid()
    assert form.action_arguments() == {"expected_version": 3, "idempotency_key": str(key)}


def test_overtaken_form_keeps_what_was_typed_and_may_be_sent_again_over_the_newer_version() -> None:
    form = ReportForm(QueryDict("text=好&kind=a&expected_version=3"), version=4)
    assert form.is_valid()
    form.blame(Stale("这项内容在您打开之后已被乙修改。"))
    drawn = shown("{% form_fields form %}", form)
    assert "已被乙修改" in drawn
    assert 'name="expected_version" value="4"' in drawn
    assert 'name="text" value="好"' in drawn


def test_fresh_form_has_a_new_key_and_the_version_shown() -> None:
    drawn = shown("{% form_fields form %}", ActionForm(version=7))
    assert 'name="expected_version" value="7"' in drawn
    assert re.search(r'name="idempotency_key" value="[0-9a-f-]{36}"', drawn)
    assert drawn != shown("{% form_fields form %}", ActionForm(version=7))


def test_bad_hidden_values_are_an_error_not_a_crash() -> None:
    form = ActionForm({"idempotency_key": "x", "expected_version": "-1"})
    assert not form.is_valid()
    assert "kc-note-bad" in shown("{% form_errors form %}", form)

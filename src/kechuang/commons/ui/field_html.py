# SPDX-License-Identifier: Apache-2.0
"""A form field as HTML: label, control, help, error (字段)."""

from __future__ import annotations

from django.forms import BaseForm, BoundField, CheckboxInput, RadioSelect, Select
from django.forms.widgets import CheckboxSelectMultiple, Widget
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

_GROUPS = (RadioSelect, CheckboxSelectMultiple)
_CONTROL, _SELECT, _BOX, _CHOICE = "form-control", "form-select", "form-check-input", "kc-choice"


def control_class(widget: Widget) -> str:
    """The class that gives a control its look."""
    if isinstance(widget, _GROUPS):
        return _CHOICE
    if isinstance(widget, CheckboxInput):
        return _BOX
    return _SELECT if isinstance(widget, Select) else _CONTROL


def field(bound: BoundField, **attrs: str | bool) -> SafeString:
    """The whole field; hidden fields are only their control."""
    if bound.is_hidden:
        return bound.as_widget()
    widget = bound.field.widget
    errors = bound.errors
    classes = f"{widget.attrs.get('class') or control_class(widget)}{' is-invalid' if errors else ''}"
    control = bound.as_widget(
        attrs={"class": classes, **{key.replace("_", "-"): value for key, value in attrs.items()}}
    )
    help_text = (
        format_html('<div class="form-hint" id="{}_helptext">{}</div>', bound.auto_id, bound.help_text)
        if bound.help_text
        else ""
    )
    error = (
        format_html(
            '<div class="kc-field-error" id="{}_error">{}</div>',
            bound.auto_id,
            format_html_join(" ", "{}", ((message,) for message in errors)),
        )
        if errors
        else ""
    )
    mark = format_html('<span class="kc-required">{}</span>', _("必填")) if bound.field.required else ""
    if isinstance(widget, _GROUPS):
        return format_html(
            '<fieldset class="kc-field kc-choices"><legend>{} {}</legend>{}{}{}</fieldset>',
            bound.label,
            mark,
            control,
            help_text,
            error,
        )
    if isinstance(widget, CheckboxInput):
        return format_html(
            '<div class="kc-field"><label class="form-check" for="{}">{} <span>{} {}</span></label>'
            "{}{}</div>",
            bound.id_for_label,
            control,
            bound.label,
            mark,
            help_text,
            error,
        )
    return format_html(
        '<div class="kc-field"><label class="form-label" for="{}">{} {}</label>{}{}{}</div>',
        bound.id_for_label,
        bound.label,
        mark,
        control,
        help_text,
        error,
    )


def form_errors(form: BaseForm) -> SafeString:
    """The errors of the whole form first, then the fields in question as links."""
    if not form.errors:
        return SafeString("")
    own = format_html_join("", "<p>{}</p>", ((message,) for message in form.non_field_errors()))
    fields = format_html_join(
        "",
        '<li><a href="#{}">{}</a>：{}</li>',
        (
            (
                form[name].id_for_label or form[name].auto_id,
                form[name].label,
                " ".join(str(one) for one in errors),
            )
            for name, errors in form.errors.items()
            if name in form.fields
        ),
    )
    listed = (
        format_html("<p>{}</p><ul>{}</ul>", _("请更正下列各项，您填写的内容已保留："), fields)
        if fields
        else ""
    )
    return format_html('<div class="kc-note kc-note-bad" role="alert" tabindex="-1">{}{}</div>', own, listed)


def form_fields(form: BaseForm) -> SafeString:
    """Errors, hidden fields, visible fields."""
    parts = [(form_errors(form),), *((field(bound),) for bound in form.hidden_fields())]
    parts.extend((field(bound),) for bound in form.visible_fields())
    return format_html_join("", "{}", parts)

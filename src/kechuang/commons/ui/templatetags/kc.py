# SPDX-License-Identifier: Apache-2.0
"""The tag library ``kc``, built in: no ``{% load %}`` is needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kechuang.commons.kernel.verdicts import Verdict
from kechuang.commons.ui import field_html, icons, marks, numbers

register = template.Library()

register.simple_tag(marks.light)
register.simple_tag(marks.chip)
register.simple_tag(marks.figure)
register.simple_tag(marks.progress)
register.simple_tag(marks.spark)
register.simple_tag(icons.icon)
register.filter(marks.light_words)
register.filter(numbers.thousands)
register.filter(numbers.percent)
register.filter(numbers.wan)
register.filter(numbers.yuan)
register.filter(numbers.cn_date)
register.filter(numbers.iso_date)
register.filter(numbers.iso_moment)


@register.simple_tag
def why(verdict: Verdict | str, label: object) -> SafeString:
    """A disabled button that says why: ``{% why verdict "签发" %}``; nothing where the verdict allows."""
    if isinstance(verdict, Verdict):
        return SafeString("") if verdict.allowed else marks.why(verdict.reason, label)
    return marks.why(verdict, label)


@register.simple_tag
def diff(segments: Iterable[Sequence[str]]) -> SafeString:
    """A readable difference of ``(op, text)`` segments."""
    return marks.diff(segments)


@register.simple_tag
def field(bound: BoundField, **attrs: str | bool) -> SafeString:
    """A form field with label, help, error and required mark; more attributes go to its control."""
    return field_html.field(bound, **attrs)


@register.simple_tag
def form_errors(form: BaseForm) -> SafeString:
    """What is wrong with the whole form, with links to the fields that need mending."""
    return field_html.form_errors(form)


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """All of a form: errors, hidden fields and visible fields in their order."""
    return field_html.form_fields(form)


@register.simple_tag
def crumb(label: object, url: str = "") -> SafeString:
    """One step of the breadcrumbs."""
    inner = format_html('<a href="{}">{}</a>', url, label) if url else format_html("{}", label)
    return format_html('<li class="breadcrumb-item">{}</li>', inner)


class AgainNode(Node):
    """Renders a block of the template family a second time."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Context) -> SafeString:
        """The block as the most specific template defines it; nothing where none does."""
        blocks: Any = context.render_context.get(BLOCK_CONTEXT_KEY)
        block = blocks.get_block(self.name) if blocks is not None else None
        return SafeString("") if block is None else block.render(context)


@register.tag
def again(_parser: Parser, token: Token) -> AgainNode:
    """``{% again title %}``: the block ``title`` once more (the page's title is also its heading)."""
    return AgainNode(token.split_contents()[1])


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> SafeString:
    """The navigation as HTML, drawn once a page (``{% navigation as sections %}``)."""
    groups = context.get("navigation")
    return render_to_string("ui/_navigation.html", {"groups": groups() if callable(groups) else groups or []})

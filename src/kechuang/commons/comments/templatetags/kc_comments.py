# SPDX-License-Identifier: Apache-2.0
"""``{% comments ref %}``: what is said about a record, on its own page; built in."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from kechuang.commons.comments.permissions import can_see_comments
from kechuang.commons.comments.threads import section_context
from kechuang.commons.kernel.refs import Ref

register = template.Library()


@register.simple_tag(takes_context=True)
def comments(context: Context, ref: Ref) -> SafeString:
    """The section of comments on ``ref``; nothing for who may not read them."""
    request = context["request"]
    if not can_see_comments(ref, request.actor):
        return SafeString("")
    return render_to_string("comments/section.html", section_context(ref, request.actor), request)
